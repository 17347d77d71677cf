"""Keeps people's places on paths in step with the courses they complete, and the documents of paths current."""

from __future__ import annotations

from accounts.enums import Role
from accounts.person import Person
from core.errors import NotFound
from core.events import Event, listens_to
from core.index import index
from core.index.registry import register
from lms.documents.paths import PATH, every_path_document, path_document
from lms.services import paths
from lms.store.paths import path_by_id
from metadata.store import labels

register(PATH, every_path_document)

_CHANGES_NOTHING = {"path.opened", "path.completed"}


@listens_to("path.*", unless=_CHANGES_NOTHING, last_is_enough=True)
def keep_index_current(event: Event) -> None:
    try:
        index().put([path_document(path_by_id(event.object_id, fresh=True), labels())])
    except NotFound:
        index().remove(PATH, [event.object_id])


@listens_to("course.completed")
def come_further_on_paths(event: Event) -> None:
    """Whoever completes a course may at least read: that suffices to say what of a path she could still begin."""
    paths.course_completed(person=Person(event.actor_id, "", Role.VIEWER), course_id=event.object_id)
