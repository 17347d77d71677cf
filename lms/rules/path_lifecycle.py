"""The lifecycle of a path: the same table as that of a course, but that what is published is changed at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from core.errors import Refused
from lms.enums import COURSE_STATUS_LABELS, CourseMove, CourseStatus
from lms.rules import course_lifecycle
from lms.rules.course_lifecycle import Transition

TRANSITIONS: Mapping[tuple[CourseStatus, CourseMove], Transition] = {
    (status, move): replace(found, event=found.event.replace("course.", "path."))
    for (status, move), found in course_lifecycle.TRANSITIONS.items()
    if (status, move) != (CourseStatus.PUBLISHED, CourseMove.PUBLISH)
}


def transition(move: CourseMove, status: CourseStatus, *, ever_published: bool) -> Transition:
    """Raises Refused. What comes back without ever having been published is a draft again."""
    found = TRANSITIONS.get((status, move))
    if found is None:
        raise Refused(f"It is {COURSE_STATUS_LABELS[status].lower()}, so this cannot be done now.")
    if move is CourseMove.BRING_BACK and not ever_published:
        return replace(found, to=CourseStatus.DRAFT)
    return found


def moves_from(status: CourseStatus) -> list[tuple[CourseMove, Transition]]:
    return [(move, found) for (state, move), found in TRANSITIONS.items() if state is status]
