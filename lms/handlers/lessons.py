"""Keeps the documents of lessons in the derived index current: they follow what learners read, not what is drafted."""

from __future__ import annotations

from core import clock
from core.errors import NotFound
from core.events import Event, listens_to
from core.index import index
from core.index.documents import Clause, Query
from core.index.registry import register
from lms import store
from lms.documents.lessons import LESSON, every_lesson_document, lesson_documents
from lms.store.courses import MOST_LESSONS
from metadata.store import labels

register(LESSON, every_lesson_document)

_CHANGES_NOTHING = {"course.opened", "course.completed", "course.lesson_added", "course.lesson_edited"}
_EVERYTHING = (Clause({}),)


@listens_to("course.*", unless=_CHANGES_NOTHING, last_is_enough=True)
def follow_the_course(event: Event) -> None:
    _keep_current(event.object_id)


@listens_to("transcript.*")
def follow_the_transcript(event: Event) -> None:
    if course_id := event.props.get("course_id"):
        _keep_current(str(course_id))


def _keep_current(course_id: str) -> None:
    before = _indexed(course_id)
    try:
        documents = list(lesson_documents(store.course_by_id(course_id, fresh=True), labels()))
    except NotFound:
        documents = []
    index().put(documents)
    index().remove(LESSON, sorted(before - {document.doc_id for document in documents}))


def _indexed(course_id: str) -> set[str]:
    """Lessons of this course that the index has, of whatever version."""
    of_course = {"course": frozenset({course_id})}
    query = Query(
        allowed=_EVERYTHING, now=clock.now(), kinds=frozenset({LESSON}), filters=of_course, limit=2 * MOST_LESSONS
    )
    return {hit.doc_id for hit in index().search(query).hits}
