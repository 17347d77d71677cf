"""The page of one assignment, and what a course's page tells its learner of hers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEntry
from accounts.person import SYSTEM, Person
from accounts.store import audit_of_target, names_of
from core import clock
from core.pages import Action
from lms.due_words import due_words
from lms.enums import AssignmentStatus
from lms.models import Assignment
from lms.pages.assigned import Row, rows_of
from lms.pages.assigned_changes import CHANGES
from lms.rules import dues
from lms.store import assignments as store
from lms.store import learning as rows

WORDS = {
    "assignment.created": (_("assigned it"), "plus", ""),
    "assignment.extended": (_("changed the due date"), "calendar-clock", ""),
    "assignment.waived": (_("waived it"), "circle-minus", "warning"),
    "assignment.cancelled": (_("cancelled it"), "circle-x", "warning"),
    "assignment.moved": (_("moved the due date to another time zone"), "globe", ""),
}


@dataclass(frozen=True)
class AssignmentPage:
    row: Row
    one: Assignment
    assigned_by: str
    due_words: str
    actions: Sequence[Action]
    history: Sequence[dict[str, Any]]


def assignment_page(person: Person, one: Assignment) -> AssignmentPage:
    """Three requests: her progress, the history, and all names."""
    now = clock.now()
    entries = audit_of_target(f"assignment:{one.assignment_id}", limit=20).items
    names = names_of([one.user_id, one.assigned_by_user_id, *(entry.actor_id for entry in entries)])
    progress = rows.progress_towards([(one.user_id, one.target)])
    return AssignmentPage(
        row=rows_of([one], names, now, progress)[0],
        one=one,
        assigned_by=_name(one.assigned_by_user_id, names),
        due_words=due_words(one),
        actions=[] if one.status not in dues.OPEN else _actions(one),
        history=[*_ends(one, names), *(_told(entry, names) for entry in entries)],
    )


def _actions(one: Assignment) -> list[Action]:
    return [
        Action(
            str(change.label),
            reverse("lms:assignment-change", args=[one.user_id, one.assignment_id, what]),
            change.icon,
            "danger quiet" if change.style == "danger" else "secondary",
        )
        for what, change in CHANGES.items()
    ]


def _told(entry: AuditEntry, names: dict[str, str]) -> dict[str, Any]:
    what, icon, tone = WORDS.get(entry.action, (_("changed it"), "pencil", ""))
    return {
        "who": _name(entry.actor_id, names),
        "what": what,
        "icon": icon,
        "tone": tone,
        "when": entry.at,
        "why": entry.reason or "",
    }


def _ends(one: Assignment, names: dict[str, str]) -> list[dict[str, Any]]:
    """What learners do leaves no audit entry; the assignment itself says when it was completed."""
    if one.status != AssignmentStatus.COMPLETED or not one.completed_at:
        return []
    what = gettext("completed it, late") if one.late else gettext("completed it")
    told = {"icon": "circle-check", "tone": "success", "when": one.completed_at, "why": ""}
    return [{"who": _name(one.user_id, names), "what": what, **told}]


def _name(user_id: str, names: dict[str, str]) -> str:
    return names.get(user_id) or (gettext("The portal") if user_id == SYSTEM.user_id else gettext("Former colleague"))


@dataclass(frozen=True)
class Note:
    """What a learner is told of her own assignment."""

    state: AssignmentStatus
    due_at: datetime | None
    due_words: str
    assigned_by: str
    text: str
    reason: str
    late: bool
    completed_at: datetime | None


def note_for(person: Person, target_id: str) -> list[Note]:
    """Two requests: her assignments, and who assigned them. The open ones, else the last that was closed."""
    mine = [one for one in store.assignments_of(person.user_id) if one.course_id == target_id]
    shown = [one for one in mine if one.status in dues.OPEN] or sorted(mine, key=lambda one: one.updated_at)[-1:]
    names = names_of(one.assigned_by_user_id for one in shown)
    return [_note(one, names) for one in shown]


def _note(one: Assignment, names: dict[str, str]) -> Note:
    return Note(
        state=dues.shown_status(one.status, one.due_at, clock.now()),
        due_at=one.due_at,
        due_words=due_words(one),
        assigned_by=_name(one.assigned_by_user_id, names),
        text=one.note,
        reason=one.closed_reason or "",
        late=bool(one.late),
        completed_at=one.completed_at,
    )
