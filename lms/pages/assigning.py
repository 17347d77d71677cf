"""The way from a course or a path to those who are to take it: who was chosen, and what would become of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from itertools import islice
from typing import Any

from django.core import signing
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.person import Person
from accounts.store import names_of
from core import clock, sheets
from core.errors import Invalid
from lms.forms.assigning import FILE, PEOPLE, ROLE, AssignForm
from lms.services import assignments
from lms.services.assignments import Order, Outcome, Target, When, files, people

MOST_ROWS = 500
"""Of a file, or new assignments of one press of the button; more is `manage.py import_assignments`, or once more."""
MOST_SHOWN = 100
_SALT = "assigning"
_DAY = 24 * 60 * 60

TOLD: Mapping[Outcome, tuple[str | Promise, str, str]] = {
    # label, tone, icon
    Outcome.ASSIGNED: (_("Assigned"), "success", "circle-check"),
    Outcome.COMPLETED: (_("Completed before"), "info", "award"),
    Outcome.UNCHANGED: (_("Assigned already"), "", "circle-minus"),
    Outcome.REFUSED: (_("Refused"), "error", "circle-alert"),
}


@dataclass(frozen=True)
class Plan:
    """All that was entered, as it is carried from the preview to the deed. `text` is that of a file."""

    kind: str
    target_id: str
    whom: str
    people: tuple[str, ...] = ()
    role: str = ""
    text: str = ""
    day: str = ""
    at: str = ""
    zone: str = ""
    note: str = ""
    must_redo: bool = False

    def sealed(self) -> str:
        return signing.dumps(asdict(self) | {"text": ""}, salt=_SALT, compress=True)

    @classmethod
    def unsealed(cls, sealed: str, text: str, target: Target) -> Plan:
        """Raises Invalid where it is not about this target."""
        try:
            found = signing.loads(sealed, salt=_SALT, max_age=_DAY)
        except signing.BadSignature as error:
            raise Invalid(gettext("This page is too old to be used. Start again.")) from error
        plan = cls(**found | {"people": tuple(found["people"]), "text": text})
        if (plan.kind, plan.target_id) != (target.kind, target.target_id):
            raise Invalid(gettext("This was prepared for something else. Start again."))
        return plan

    def order(self, target: Target) -> Order:
        when = When(
            date.fromisoformat(self.day) if self.day else None, clock.parse(self.at) if self.at else None, self.zone
        )
        return Order(target, when, self.note, self.must_redo)


@dataclass
class Outcomes:
    """`rows` are the first of them; `more` says that there is more to do than was done at once."""

    counts: Counter[Outcome] = field(default_factory=Counter)
    rows: list[files.Answer] = field(default_factory=list)
    more: bool = False

    def add(self, one: files.Answer) -> None:
        self.counts[one.outcome] += 1
        if len(self.rows) < MOST_SHOWN:
            self.rows.append(one)

    @property
    def new(self) -> int:
        return self.counts[Outcome.ASSIGNED] + self.counts[Outcome.COMPLETED]


def plan_of(form: AssignForm, target: Target, chosen: Sequence[str]) -> Plan:
    """Raises Invalid where nobody was chosen."""
    data, when = form.cleaned_data, form.when
    plan = Plan(
        kind=target.kind,
        target_id=target.target_id,
        whom=data["whom"],
        day=when.day.isoformat() if when.day else "",
        at=clock.iso(when.at) if when.at else "",
        zone=when.zone,
        note=data["note"],
        must_redo=data["must_redo"],
    )
    if plan.whom == PEOPLE:
        if not chosen:
            raise Invalid(fields={"find": gettext("Choose at least one person.")})
        return replace(plan, people=tuple(chosen))
    if plan.whom == ROLE:
        return replace(plan, role=form.chosen_role.value if form.chosen_role else "")
    if not data["file"]:
        raise Invalid(fields={"file": gettext("Choose a file.")})
    return replace(plan, text=sheets.decoded(data["file"].read()))


def carry_out(plan: Plan, target: Target, *, by: Person, dry_run: bool) -> Outcomes:
    """Raises Invalid for a file that cannot be read."""
    outcomes = Outcomes()
    for one in _answers(plan, plan.order(target), by, dry_run):
        if not dry_run and outcomes.new >= MOST_ROWS:
            outcomes.more = True
            break
        outcomes.add(one)
    return outcomes


def _answers(plan: Plan, order: Order, by: Person, dry_run: bool) -> Iterator[files.Answer]:
    if plan.whom == FILE:
        yield from _of_file(plan, order, by, dry_run)
        return
    user_ids: Iterable[str] = plan.people
    if plan.whom == ROLE:
        user_ids = people.with_role(Role(plan.role) if plan.role else None, by=by)
    for number, one in enumerate(assignments.assign(user_ids=user_ids, order=order, by=by, dry_run=dry_run), start=1):
        yield files.Answer(number, one.outcome, one.why, one.user_id, one.assignment_id)


def _of_file(plan: Plan, order: Order, by: Person, dry_run: bool) -> Iterator[files.Answer]:
    found = sheets.rows(plan.text.encode(), columns=files.COLUMNS, optional=files.OPTIONAL)
    rows = list(islice(found, MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise Invalid(
            gettext("A file can have %d rows here. For longer ones there is `manage.py import_assignments`.")
            % MOST_ROWS
        )
    zone = timezone.get_current_timezone_name()
    yield from files.assign_rows(
        rows=rows,
        order_of=lambda row: files.with_row(order, row, zone),
        directory=people.Directory(len(rows)),
        by=by,
        dry_run=dry_run,
    )


def shown(outcomes: Outcomes) -> dict[str, Any]:
    names = names_of(one.user_id for one in outcomes.rows)
    return {
        "outcomes": outcomes,
        "counts": [(*TOLD[outcome], count) for outcome in Outcome if (count := outcomes.counts[outcome])],
        "rows": [(one, names.get(one.user_id, ""), *TOLD[one.outcome]) for one in outcomes.rows],
        "details": any(one.why for one in outcomes.rows),
        "left_out": outcomes.counts.total() - len(outcomes.rows),
    }
