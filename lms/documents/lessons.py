"""What the derived index holds of lessons: what learners of the published course read, or hear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from core import markup
from core.index.documents import Document, Term
from lms import store
from lms.documents.courses import course_terms
from lms.enums import CourseStatus, LessonType
from lms.models import Course
from lms.rules.embedding import item_ids, without
from lms.rules.media import media_key_of
from lms.rules.outline import Entry
from lms.services import transcripts
from lms.services.checklist import named_in
from metadata.store import labels

LESSON = "lesson"
TAKEN_OVER = {"status", "author", "course", "product_suite", "product", "product_concept", "tag"}
"""Terms of the course that its lessons have, too: those that decide who may see it, and where people look for it."""
_APART = "."
"""Between the parts of an id: all are letters and digits."""


@dataclass(frozen=True)
class Key:
    """Names a lesson as a version has it, so that whoever finds it knows where to read it."""

    course_id: str
    lesson_id: str
    version: int

    def __str__(self) -> str:
        return _APART.join((self.course_id, self.lesson_id, str(self.version)))

    @classmethod
    def read(cls, doc_id: str) -> Key:
        course_id, lesson_id, version = doc_id.split(_APART)
        return cls(course_id, lesson_id, int(version))


def lesson_documents(course: Course, known: Mapping[str, str]) -> Iterator[Document]:
    """None but of what is published: nobody finds a lesson in a course that she cannot begin."""
    if course.status != CourseStatus.PUBLISHED or not course.version:
        return
    outline = store.outline_of(course.course_id, int(course.version))
    terms = [term for term in course_terms(course) if term.name in TAKEN_OVER]
    for entry in outline.lessons:
        lesson = store.published_lesson(course.course_id, outline.version, entry.lesson_id)
        yield Document(
            kind=LESSON,
            doc_id=str(Key(course.course_id, entry.lesson_id, outline.version)),
            title=entry.title,
            summary=entry.description or outline.title,
            keywords=" ".join([outline.title, *_words(terms, known)]),
            body=_body(entry, lesson),
            terms=(*terms, *(Term("embeds", one) for one in named_in(entry.lesson_type, lesson["content"]))),
            updated_at=course.published_at or course.updated_at,
        )


def _words(terms: list[Term], known: Mapping[str, str]) -> list[str]:
    return [known[term.value] for term in terms if term.value in known]


def _body(entry: Entry, lesson: Mapping[str, Any]) -> str:
    """Questions of a quiz stay out: their words would give answers away. So do the titles of library items."""
    content = lesson["content"]
    if entry.lesson_type is LessonType.VIDEO:
        return transcripts.text_of(entry.lesson_id, media_key_of(lesson))
    if entry.lesson_type is LessonType.QUIZ:
        return ""
    text = str(content.get("body") or content.get("note") or "")
    return markup.plain(without(text, item_ids(text), ""))


def every_lesson_document() -> Iterator[Document]:
    known = labels()
    for course in store.every_course():
        yield from lesson_documents(course, known)
