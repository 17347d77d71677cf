"""The lifecycle of a course as one table. Services, buttons, documentation and tests read it; nothing repeats it.

Its source is the portal's description of publishing: learners read the last snapshot, whatever becomes of the draft.
Unpublished and archived courses stay open to those who had begun them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import Refused
from lms.enums import CourseMove, CourseStatus


@dataclass(frozen=True)
class Transition:
    """`label` names the button, `done` the toast. `event` is published and is the audit's action."""

    to: CourseStatus
    label: str
    done: str
    event: str


S = CourseStatus
M = CourseMove
_ARCHIVE = Transition(S.ARCHIVED, "Archive", "Archived", "course.archived")

TRANSITIONS: Mapping[tuple[CourseStatus, CourseMove], Transition] = {
    (S.DRAFT, M.PUBLISH): Transition(S.PUBLISHED, "Publish", "Published", "course.published"),
    (S.PUBLISHED, M.PUBLISH): Transition(S.PUBLISHED, "Publish changes", "Changes published", "course.published"),
    (S.UNPUBLISHED, M.PUBLISH): Transition(S.PUBLISHED, "Publish again", "Published again", "course.published"),
    (S.PUBLISHED, M.UNPUBLISH): Transition(S.UNPUBLISHED, "Unpublish", "Unpublished", "course.unpublished"),
    (S.DRAFT, M.ARCHIVE): _ARCHIVE,
    (S.PUBLISHED, M.ARCHIVE): _ARCHIVE,
    (S.UNPUBLISHED, M.ARCHIVE): _ARCHIVE,
    (S.ARCHIVED, M.BRING_BACK): Transition(S.UNPUBLISHED, "Bring back", "Brought back", "course.brought_back"),
}


def transition(move: CourseMove, status: CourseStatus, version: int) -> Transition:
    """Raises Refused with the reason. What comes back without ever having been published is a draft again."""
    found = TRANSITIONS.get((status, move))
    if found is None:
        raise Refused(_why_not(move, status))
    if move is M.BRING_BACK and not version:
        return Transition(S.DRAFT, found.label, found.done, found.event)
    return found


def moves_from(status: CourseStatus) -> list[tuple[CourseMove, Transition]]:
    """What the state allows, in the table's order, whoever asks."""
    return [(move, found) for (state, move), found in TRANSITIONS.items() if state is status]


def _why_not(move: CourseMove, status: CourseStatus) -> str:
    allowed = " or ".join(_WORDS[state] for state, other in TRANSITIONS if other is move)
    label = next(found.label for (_, other), found in TRANSITIONS.items() if other is move)
    return f"Only a course that is {allowed} allows “{label}”; this one is {_WORDS[status]}."


_WORDS = {S.DRAFT: "a draft", S.PUBLISHED: "published", S.UNPUBLISHED: "unpublished", S.ARCHIVED: "archived"}
