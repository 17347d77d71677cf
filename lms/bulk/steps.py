"""What is changed of many courses: where they are found, who owns them, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace

from accounts.person import Person
from bulk.kinds import Change, Wanted
from bulk.labels import TAGS, Values, changes_between, relabelled, standing
from bulk.owning import Owners
from core.errors import Invalid, Refused
from lms import permissions
from lms.enums import CourseMove, CourseStatus
from lms.models import Course
from lms.rules.course_lifecycle import TRANSITIONS
from lms.services import courses, giving, publishing

READY = "ready"
"""Asks Approvers to publish it. Publishing is done one by one, by who has read the checklist."""
SERVICES: Mapping[CourseMove, Callable[..., Course]] = {
    CourseMove.UNPUBLISH: publishing.unpublish,
    CourseMove.ARCHIVE: publishing.archive,
    CourseMove.BRING_BACK: publishing.bring_back,
}
MOVES = (READY, *(move.value for move in SERVICES))


class Labels:
    """A course is found by them at once: no publication holds them."""

    names = TAGS | frozenset(courses.SINGLE)

    def plan(self, thing: Course, wanted: Wanted, by: Person) -> Sequence[Change]:
        before = standing(asdict(courses.fields_of(thing)), courses.SINGLE)
        after = relabelled(before, wanted, courses.SINGLE)
        if changes := changes_between(before, after):
            permissions.check_author(by, thing)
            for name, value in after.items():
                setattr(thing, name, value)
        return changes

    def do(self, ref: str, wanted: Wanted, by: Person) -> None:
        course = courses.authored(ref, by)
        fields = courses.fields_of(course)
        new = relabelled(standing(asdict(fields), courses.SINGLE), wanted, courses.SINGLE)
        courses.edit(course_id=ref, fields=_with(fields, new), seen_rev=int(course.rev), by=by)


class Moves:
    names = frozenset({"move"})

    def plan(self, thing: Course, wanted: Wanted, by: Person) -> Sequence[Change]:
        if wanted["move"] == READY:
            return self._ask(thing, by)
        move, state = CourseMove(wanted["move"]), CourseStatus(thing.status)
        if is_done(move, state):
            return ()
        found = publishing.check_move(thing, move, by)
        if move is CourseMove.ARCHIVE:
            publishing.check_nobody_waits(thing.course_id)
        thing.status = found.to.value
        return [Change("status", state.value, found.to.value)]

    def _ask(self, thing: Course, by: Person) -> Sequence[Change]:
        if thing.ready_at:
            return ()
        permissions.check_author(by, thing)
        if thing.status == CourseStatus.PUBLISHED and not thing.draft_changed:
            raise Refused("It is published, and nothing was changed since.")
        if problems := publishing.problems_now(thing):
            raise Invalid(" ".join(problems.values()))
        return [Change("ready", "", READY)]

    def do(self, ref: str, wanted: Wanted, by: Person) -> None:
        if wanted["move"] == READY:
            publishing.ask(course_id=ref, ready=True, by=by)
        else:
            SERVICES[CourseMove(wanted["move"])](course_id=ref, by=by)


def is_done(move: CourseMove, status: CourseStatus) -> bool:
    """It stands already where the move would take it, so that a list given twice is no mistake."""
    arrivals = {found.to for (_, other), found in TRANSITIONS.items() if other is move}
    return status in arrivals and (status, move) not in TRANSITIONS


def give(course_id: str, to_user: Person, by: Person) -> None:
    giving.give(course_id=course_id, to_user=to_user, by=by)


OWNERS = Owners(check=permissions.check_give, give=give)


def _with(fields: courses.Fields, values: Values) -> courses.Fields:
    return replace(fields, **{**values, "tags": tuple(values["tags"])})
