"""What the derived index holds of assignments: nothing of people but their ids, and the fields that lists filter by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from core.index.documents import Document, Term
from lms.enums import AssignmentStatus
from lms.models import Assignment
from lms.rules.dues import OPEN
from lms.store import assignments as store
from lms.store.courses import every_id

ASSIGNMENT = "assignment"
_NEVER = "~"
_WEEK, _MONTH = timedelta(days=7), timedelta(days=30)
_INSTANT = timedelta(microseconds=1)
"""What is due now is not overdue yet."""


def doc_id(user_id: str, assignment_id: str) -> str:
    return f"{user_id}~{assignment_id}"


def key_of(document_id: str) -> tuple[str, str]:
    user_id, _, assignment_id = document_id.rpartition("~")
    return user_id, assignment_id


def assignment_document(one: Assignment) -> Document:
    """Its title is when it is due: so lists by title are lists by due date, with those that have none at the end."""
    return Document(
        kind=ASSIGNMENT,
        doc_id=doc_id(one.user_id, one.assignment_id),
        title=(one.due_date or _NEVER) if one.status in OPEN else _NEVER,
        summary="",
        keywords=one.title,
        body="",
        terms=tuple(_terms(one)),
        updated_at=one.assigned_at,
    )


def _terms(one: Assignment) -> Iterator[Term]:
    yield Term("target", one.target)
    yield Term("assignee", one.user_id)
    yield Term("assigner", one.assigned_by_user_id)
    yield from _states(one)
    if one.status in OPEN:
        yield from _dues(one)


def _states(one: Assignment) -> Iterator[Term]:
    """Overdue begins by the clock alone."""
    if one.status not in OPEN or one.due_at is None:
        yield Term("state", one.status)
        return
    yield Term("state", one.status, until=one.due_at + _INSTANT)
    yield Term("state", AssignmentStatus.OVERDUE.value, since=one.due_at + _INSTANT)


def _dues(one: Assignment) -> Iterator[Term]:
    if one.due_at is None:
        yield Term("due", "none")
        return
    yield Term("due", "week", since=one.due_at - _WEEK, until=one.due_at + _INSTANT)
    yield Term("due", "month", since=one.due_at - _MONTH, until=one.due_at + _INSTANT)
    yield Term("due", "later", until=one.due_at - _MONTH)
    yield Term("due", "past", since=one.due_at + _INSTANT)


def every_assignment_document() -> Iterator[Document]:
    targets = (target_id for noun in ("course", "path") for target_id in every_id(noun))
    return (assignment_document(one) for one in store.every_assignment(targets))
