"""Keeps the documents of courses in the derived index current, and completes those whom a publication left complete."""

from __future__ import annotations

from core.errors import NotFound
from core.events import Event, listens_to
from core.index import index
from core.index.registry import register
from lms import store
from lms.documents.courses import COURSE, course_document, every_course_document
from metadata.store import labels

register(COURSE, every_course_document)

_CHANGES_NOTHING = {"course.opened", "course.completed"}


@listens_to("course.*", unless=_CHANGES_NOTHING, last_is_enough=True)
def keep_index_current(event: Event) -> None:
    try:
        index().put([course_document(store.course_by_id(event.object_id, fresh=True), labels())])
    except NotFound:
        index().remove(COURSE, [event.object_id])
