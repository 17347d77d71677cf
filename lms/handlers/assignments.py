"""Keeps assignments in step with what their people do, and their documents in the derived index current."""

from __future__ import annotations

from django.conf import settings

from core.events import Event, listens_to
from core.index import index
from core.index.registry import register
from lms.documents.assignments import ASSIGNMENT, assignment_document, doc_id, every_assignment_document
from lms.services import assignments
from lms.store import assignments as store

register(ASSIGNMENT, every_assignment_document)

_CHANGES_NOTHING = {"assignment.became_overdue", "assignment.reminder_due"}


@listens_to("assignment.*", unless=_CHANGES_NOTHING, last_is_enough=True)
def keep_index_current(event: Event) -> None:
    user_id = str(event.props["user_id"])
    found = store.find_assignment(user_id, event.object_id, fresh=True)
    if found:
        index().put([assignment_document(found)])
    else:
        index().remove(ASSIGNMENT, [doc_id(user_id, event.object_id)])


@listens_to("course.opened")
def begin_with_the_course(event: Event) -> None:
    """Not where somebody else opened it to her anew: that is asking, and no beginning."""
    if event.props.get("user_id", event.actor_id) == event.actor_id:
        assignments.begin(user_id=event.actor_id, target=f"course:{event.object_id}")


@listens_to("course.completed")
def complete_what_was_assigned_meanwhile(event: Event) -> None:
    """The completing transaction met all that was assigned before it; this is for what was in that very moment."""
    cycle = int(event.props.get("cycle") or 1)
    assignments.complete(user_id=event.actor_id, target=f"course:{event.object_id}", at=event.at, cycle=cycle)


@listens_to("person.time_zone_changed")
def move_what_is_due(event: Event) -> None:
    """To her own zone, or back to the organisation's when she gave hers up."""
    zone = str(event.props["zone"] or settings.ORGANISATION_TIME_ZONE)
    assignments.move_with_zone(user_id=event.object_id, zone=zone)
