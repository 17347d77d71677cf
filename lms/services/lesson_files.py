"""The pictures and files of lessons: links to them, made at the click for somebody who may read the lesson."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from accounts.person import Person
from content.rules.files import file_type_of
from core.aws import s3
from core.errors import Invalid, NotFound
from lms import store
from lms.rules import files as rules
from lms.services import courses, learning


def learners_link(*, course_id: str, lesson_id: str, name: str, by: Person) -> str:
    """Of what learners read. Raises NotFound, too, where she may not take the course."""
    taken = learning.load(by, course_id)
    taken.entry(lesson_id)
    return _link(store.published_lesson(course_id, taken.outline.version, lesson_id)["content"], name)


def authors_link(*, course_id: str, lesson_id: str, name: str, by: Person) -> str:
    """Of the draft, for those who see it."""
    courses.check_sees_draft(courses.readable(course_id, by), by)
    return _link(store.lesson_by_id(course_id, lesson_id, fresh=True).content, name)


def _link(content: Mapping[str, Any], name: str) -> str:
    """The key is the one that was noted when the file was stored; the name only chooses among those of this lesson."""
    file = rules.file_named(content, name)
    if file is None:
        raise NotFound()
    return s3.get_url(
        settings.LMS_MEDIA_BUCKET,
        str(file["key"]),
        version=file.get("version"),
        mime=str(file.get("mime") or "application/octet-stream"),
        filename=name,
        inline=_is_shown(name),
    )


def _is_shown(name: str) -> bool:
    """Only what a browser cannot execute."""
    try:
        return file_type_of(name).inline
    except Invalid:
        return False
