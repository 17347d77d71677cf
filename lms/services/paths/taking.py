"""A person on a path: what she may do next, how far she is, and how that is written down.

Her place follows from what she has done, wherever she did it; what is kept is when she began, which items she has
opened here, and that she has completed it: that stays, whatever is added to the path later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from accounts.person import Person
from content.access import items_for_reading
from content.models import ContentItem
from core import clock
from core.aws.records import Put
from core.errors import NotFound, Refused, Stale
from core.events import Event, telling
from lms import permissions
from lms import store as courses
from lms.enums import CourseStatus, ProgressStatus, StepKind, StepState
from lms.models import Course, CourseProgress, Path, PathProgress
from lms.rules import paths as rules
from lms.rules.paths import Placed, Progress, Standing, Step
from lms.services import assignments
from lms.services.paths.steps import steps_of
from lms.store import learning as rows
from lms.store import paths as store

_TRIES = 4


@dataclass
class Taking:
    """`row` is None before she has begun. `courses` are all that are there, `items` those that she may see."""

    person: Person
    path: Path
    steps: list[Step]
    row: PathProgress | None
    courses: Mapping[str, Course]
    summaries: Mapping[str, CourseProgress]
    items: Mapping[str, ContentItem]

    @cached_property
    def progress(self) -> Progress:
        waived = frozenset([*self.path.waived_steps, *((self.row and self.row.waived) or ())])
        return rules.progress(self.steps, self.standings, waived=waived, sequential=bool(self.path.sequential))

    @property
    def finished(self) -> bool:
        return bool(self.row and self.row.completed_at)

    @property
    def percent(self) -> int:
        """What her bar says. A path that she has completed stays so, whatever was added since."""
        return 100 if self.finished else self.progress.rollup.percent

    def placed(self, number: int) -> Placed:
        """Raises NotFound."""
        if not 1 <= number <= len(self.steps):
            raise NotFound()
        return self.progress.placed[number - 1]

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """By the id of each course and item of the path."""
        read = set((self.row and self.row.read_items) or ())
        known = {
            one: Standing(done=one in read, gone=one not in self.items)
            for one in rules.target_ids(self.steps, StepKind.ITEM)
        }
        return known | {one: self._of_course(one) for one in rules.target_ids(self.steps, StepKind.COURSE)}

    def _of_course(self, course_id: str) -> Standing:
        """Completed earlier, or elsewhere, counts while it is valid."""
        course, summary = self.courses.get(course_id), self.summaries.get(course_id)
        is_open = course is not None and (course.status == CourseStatus.PUBLISHED or summary is not None)
        if summary is None:
            return Standing(gone=not is_open)
        return Standing(
            done=_counts(summary, clock.now()),
            begun=True,
            gone=not is_open,
            percent=int(summary.progress_percentage),
        )


def _counts(summary: CourseProgress, now: datetime) -> bool:
    """Also what she is taking again before its validity is over."""
    rounds = [summary]
    if not summary.completed_at and int(summary.cycle) > 1:
        rounds += rows.cycles_over(summary.user_id, summary.course_id)
    return any(one.completed_at and (not one.valid_until or one.valid_until > now) for one in rounds)


def load(person: Person, path_id: str, *, fresh: bool = False) -> Taking:
    """Raises NotFound. What was withdrawn stays open to those who had begun."""
    path = store.path_by_id(path_id, fresh=fresh)
    row = rows.path_progress(person.user_id, path_id, fresh=fresh)
    withdrawn = path.status in (CourseStatus.UNPUBLISHED, CourseStatus.ARCHIVED)
    if not permissions.can_read(person, path) and not (row and withdrawn):
        raise NotFound()
    steps = steps_of(path)
    return Taking(
        person=person,
        path=path,
        steps=steps,
        row=row,
        courses={one.course_id: one for one in courses.courses_by_ids(list(path.course_ids))},
        summaries=rows.courses_begun_of(person.user_id, list(path.course_ids)),
        items={one.content_id: one for one in items_for_reading(person, rules.target_ids(steps, StepKind.ITEM))},
    )


def begin(*, path_id: str, by: Person) -> Taking:
    """Notes that she is on this path. Her assignments of it are begun with it."""
    return _record(path_id, by)


def read_item(*, path_id: str, number: int, content_id: str, by: Person) -> Taking:
    """She opened a must-read item here. Raises NotFound; Refused for a step that waits for another."""
    taking = load(by, path_id)
    placed = taking.placed(number)
    if content_id not in taking.items or content_id not in {one.target_id for one in placed.step.targets}:
        raise NotFound()
    if placed.state is StepState.LOCKED:
        raise Refused("This step opens when the one that it waits for is done.")
    return _record(path_id, by, read=content_id)


def settle(taking: Taking) -> Taking:
    """Writes down what follows from what she did elsewhere, once she has begun."""
    if taking.row is None or taking.finished:
        return taking
    rollup = taking.progress.rollup
    if rollup.percent == taking.row.progress_percentage and not rollup.complete:
        return taking
    return _record(taking.path.path_id, taking.person, opened=False)


def course_completed(*, person: Person, course_id: str) -> None:
    """Each path of hers that has the course in it: those she has begun, and those she was assigned."""
    begun = {row.path_id for row in rows.paths_begun(person.user_id) if not row.completed_at}
    assigned = assignments.open_paths(person.user_id)
    for path in store.paths_by_ids(sorted(begun | assigned)):
        if course_id in path.course_ids:
            try:
                _record(path.path_id, person)
            except NotFound:
                continue  # withdrawn before she began


def _record(path_id: str, by: Person, *, read: str = "", opened: bool = True) -> Taking:
    for tried in range(_TRIES):
        taking = load(by, path_id, fresh=True)
        try:
            _write(taking, read, opened=opened)
        except Stale:
            if tried == _TRIES - 1:
                raise
            continue
        return taking
    raise Stale()


def _write(taking: Taking, read: str, *, opened: bool) -> None:
    now, is_new = clock.now(), taking.row is None
    row = taking.row or PathProgress(
        user_id=taking.person.user_id,
        key=rows.path_key(taking.path.path_id),
        path_id=taking.path.path_id,
        status=ProgressStatus.IN_PROGRESS.value,
        started_at=now,
        last_accessed_at=now,
    )
    if opened:
        row.last_accessed_at = now
    if read:
        row.read_items = sorted({*(row.read_items or ()), read})
    taking.row = row
    for known in ("standings", "progress"):
        taking.__dict__.pop(known, None)
    completes = not row.completed_at and taking.progress.rollup.complete
    if completes:
        row.status, row.completed_at = ProgressStatus.COMPLETED.value, now
    if not row.completed_at or completes:
        row.progress_percentage = taking.progress.rollup.percent
    names = [name for name, is_so in (("path.opened", is_new), ("path.completed", completes)) if is_so]
    with telling(*(Event(name, row.path_id, row.user_id) for name in names)):
        rows.save(Put(row))
        target = f"{assignments.PATH}:{row.path_id}"
        if is_new:
            assignments.begin(user_id=row.user_id, target=target)
        if completes:
            assignments.complete(user_id=row.user_id, target=target, at=now)
