"""Puts the files of an imported course where those of every course lie, in the bucket of media."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings

from accounts.person import Person
from content.rules.files import file_type_of
from content.services import local_files
from core.aws import s3
from lms.enums import LessonType
from lms.exchange.parcel import Attached, ParcelLesson
from lms.models import Course, Lesson
from lms.rules import files as rules
from lms.services import media, transcripts
from lms.services.thumbnails import drawn_anew

FOUND_OUT = frozenset({"mime", "size", "s3_version", "name", "width", "height", "sound", "length_known", "files"})
"""Entries of a lesson's content that nobody writes: the portal finds them out of the files themselves."""


def content_of(wanted: ParcelLesson, lesson_id: str, lesson: Lesson | None) -> dict[str, Any]:
    """Its pictures and files are stored by then."""
    if wanted.lesson_type is LessonType.VIDEO:
        before = {name: value for name, value in (lesson.content if lesson else {}).items() if name in FOUND_OUT}
        return before | wanted.content
    known = (lesson.content if lesson else {}).get("files") or {}
    files = {file.name: _stored(file, lesson_id, known.get(file.name)) for file in wanted.files}
    return wanted.content | ({"files": files} if files else {})


def _stored(file: Attached, lesson_id: str, known: dict[str, Any] | None) -> dict[str, Any]:
    if known and known.get("md5") == local_files.digest(file.path):
        return known
    key, mime = rules.key_of(lesson_id, file.name), file_type_of(file.name).mime
    facts = s3.put_file(settings.LMS_MEDIA_BUCKET, key, file.path, mime=mime)
    stored = {"key": key, "mime": mime, "size": facts.size, "md5": local_files.digest(file.path)}
    return stored | ({"version": facts.version} if facts.version else {})


def put_video(course_id: str, lesson_id: str, wanted: ParcelLesson, *, by: Person) -> None:
    """Raises Invalid for a video that browsers do not play, and for captions that cannot be read."""
    if wanted.video is None:
        return
    name = f"video{wanted.video.suffix}"
    media.attach_local(course_id=course_id, lesson_id=lesson_id, path=wanted.video, name=name, by=by)
    for one in wanted.captions:
        transcripts.add_captions(
            course_id=course_id,
            lesson_id=lesson_id,
            language=one.language,
            label="",
            name=one.path.name,
            data=one.path.read_bytes(),
            by=by,
        )


def put_thumbnail(course: Course, path: Path) -> None:
    """The caller saves the course. Raises Invalid for what is no picture."""
    key = f"courses/{course.course_id}/thumbnail.webp"
    s3.put_bytes(settings.LMS_MEDIA_BUCKET, key, drawn_anew(path.name, path.read_bytes()), mime="image/webp")
    course.thumbnail_s3_bucket, course.thumbnail_s3_key = settings.LMS_MEDIA_BUCKET, key
