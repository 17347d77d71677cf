"""Who may do what with courses and paths. One rule answers both "may she see it?" and "which ones may she see?"."""

from __future__ import annotations

from accounts.permissions import Permission, can
from accounts.person import Person
from core.errors import Refused
from core.index.documents import Clause, Fields
from lms.enums import CourseStatus
from lms.models import Course, Path

Authored = Course | Path


def clauses_for(person: Person) -> tuple[Clause, ...]:
    """What she may see, as the index understands it; any one clause suffices."""
    if can(person, Permission.COURSES_AUTHOR_ALL):
        return (Clause({}, "Approvers and Admins see every course and path."),)
    clauses = []
    if can(person, Permission.CONTENT_READ):
        clauses.append(
            Clause({"status": frozenset({CourseStatus.PUBLISHED.value})}, "Everybody sees what is published.")
        )
    if can(person, Permission.COURSES_AUTHOR):
        clauses.append(Clause({"author": frozenset({person.user_id})}, "Authors see their own."))
    return tuple(clauses)


def fields_of(thing: Authored) -> Fields:
    """The fields that clauses ask for."""
    return {"status": (thing.status,), "author": (thing.owner_user_id,)}


def can_read(person: Person, thing: Authored) -> bool:
    fields = fields_of(thing)
    return any(clause.holds_for(fields) for clause in clauses_for(person))


def can_author(person: Person, thing: Authored) -> bool:
    if can(person, Permission.COURSES_AUTHOR_ALL):
        return True
    return thing.owner_user_id == person.user_id and can(person, Permission.COURSES_AUTHOR)


def check_author(person: Person, thing: Authored) -> None:
    """Raises Refused."""
    if not can_author(person, thing):
        raise Refused("Only its owner, Approvers and Admins can edit this.")
    if thing.status == CourseStatus.ARCHIVED:
        raise Refused("It is archived. Bring it back first to make changes.")


def check_give(person: Person, thing: Authored) -> None:
    """Raises Refused. Who owns what is live Approvers decide; a draft its owner may give away, too."""
    if can(person, Permission.COURSES_AUTHOR_ALL):
        return
    if not can_author(person, thing):
        raise Refused("Only its owner, Approvers and Admins can give it to somebody else.")
    if thing.status != CourseStatus.DRAFT:
        raise Refused("It has been published: an Approver decides who owns it.")
