"""Assigning by a list in a file: one row, one person and one course or path. A row that cannot be done stops no other,
and a list that is given again changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice

from accounts.permissions import Permission, require
from accounts.person import Person
from core.errors import PortalError, Refused
from core.sheets import Row
from lms.rules import dues
from lms.services.assignments import orders
from lms.services.assignments.giving import Given, Outcome, give
from lms.services.assignments.orders import Order, Target, When
from lms.services.assignments.people import Directory
from lms.store.courses import every_course
from lms.store.paths import every_path
from metadata.rules.names import comparison_key

COLUMNS = ("person",)
OPTIONAL = ("due", "note")
TARGET_COLUMN = "course"
_AT_ONCE = 100

OrderOf = Callable[[Row], Order]
"""What a row asks for; raises PortalError where it cannot be told."""


@dataclass(frozen=True)
class Answer:
    """What became, or would become, of a row; `number` is its line in the file."""

    number: int
    outcome: Outcome
    why: str = ""
    user_id: str = ""
    assignment_id: str = ""


def assign_rows(
    *, rows: Iterable[Row], order_of: OrderOf, directory: Directory, by: Person, dry_run: bool = False
) -> Iterator[Answer]:
    """In the order of the file. Raises Refused before the first."""
    require(by, Permission.LEARNING_ASSIGN)
    return _answers(rows, order_of, directory, by, dry_run)


def _answers(
    rows: Iterable[Row], order_of: OrderOf, directory: Directory, by: Person, dry_run: bool
) -> Iterator[Answer]:
    first: dict[tuple[str, str], int] = {}
    left = iter(rows)
    while some := list(islice(left, _AT_ONCE)):
        read = [_read(row, order_of, directory, first) for row in some]
        wanted = [one for one in read if not isinstance(one, Answer)]
        given = give(wanted=[(user_id, order) for _, user_id, order in wanted], by=by, dry_run=dry_run)
        for one in read:
            yield one if isinstance(one, Answer) else _answer(one[0], next(given))


def _answer(number: int, given: Given) -> Answer:
    return Answer(number, given.outcome, given.why, given.user_id, given.assignment_id)


def _read(
    row: Row, order_of: OrderOf, directory: Directory, first: dict[tuple[str, str], int]
) -> Answer | tuple[int, str, Order]:
    try:
        order = order_of(row)
        user_id = _user_id(row.values["person"], directory)
    except PortalError as error:
        return Answer(row.number, Outcome.REFUSED, error.message)
    line = first.setdefault((user_id, order.target.key), row.number)
    if line != row.number:
        return Answer(row.number, Outcome.REFUSED, f"The same person stands in line {line}.", user_id)
    return row.number, user_id, order


def _user_id(text: str, directory: Directory) -> str:
    if not text:
        raise Refused("There is no person in this row.")
    user = directory.find(text)
    if user is None:
        raise Refused("Nobody signs in with this address, and nobody has this id.")
    if not user.enabled:
        raise Refused("This account is disabled.")
    return user.user_id


def with_row(order: Order, row: Row, zone: str) -> Order:
    """The order, as far as the row does not say otherwise."""
    due, note = row.values.get("due", ""), row.values.get("note", "")
    return replace(order, when=when_of(due, zone) if due else order.when, note=note or order.note)


def when_of(text: str, zone: str) -> When:
    """`2026-11-27`, or `2026-11-27 15:00` by the clock of whoever gives the list. Raises Refused."""
    is_day = len(text) <= len("2026-11-27")
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        raise Refused(f"“{text[:40]}” is no date. Write it as 2026-11-27, or 2026-11-27 15:00.") from None
    if problem := dues.problem_with_day(local.date()):
        raise Refused(problem)
    if is_day:
        return When(day=local.date())
    at = local.astimezone(UTC) if local.tzinfo else dues.due_at(local, zone).at
    return When(at=at, zone=zone)


class Targets:
    """Courses and paths by their id, import key or title, read once. Never within a request: it reads them all."""

    def __init__(self) -> None:
        self._by_key: dict[str, list[Target]] = {}
        for course in every_course():
            self._add(orders.of_course(course), course.course_id, str(course.import_key or ""))
        for path in every_path():
            self._add(orders.of_path(path), path.path_id)

    def named(self, text: str) -> Target:
        """Raises Refused. Titles are compared without regard to case, accents' spelling and spaces."""
        found = self._by_key.get(text) or self._by_key.get(f"~{comparison_key(text)}", [])
        open_ones = [one for one in found if one.is_open]
        if not found:
            raise Refused("There is no course or path with this title, id or import key.")
        if not open_ones:
            raise Refused(f"“{found[0].title}” is not published, so that nobody could begin it.")
        if len(open_ones) > 1:
            raise Refused(f"{len(open_ones)} courses or paths are called so. Write the id instead.")
        return open_ones[0]

    def _add(self, target: Target, *keys: str) -> None:
        for key in (*keys, f"~{comparison_key(target.title)}"):
            if key:
                self._by_key.setdefault(key, []).append(target)
