"""A course of ours as a parcel, as its author has it now; its files are fetched into a folder."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

from django.conf import settings

from core.aws import s3
from core.errors import NotFound
from lms import store
from lms.enums import LessonType
from lms.exchange.parcel import Attached, Captions, Note, Parcel, ParcelLesson, ParcelSection
from lms.models import Course, Lesson
from lms.rules import captions
from lms.rules.outline import in_order
from lms.rules.quizzes import Quiz
from lms.services import courses, lessons
from lms.store import transcripts
from metadata.store import labels

_SAME = ("title", "description", "duration_override", "self_marking", "certificate", "validity_months")
_OPTIONS = ("product_suite", "product", "product_concept", "badge")


def parcel_of(course_id: str, scratch: Path) -> Parcel:
    """Raises NotFound."""
    course = store.course_by_id(course_id, fresh=True)
    return _Packing(course, scratch).parcel()


class _Packing:
    def __init__(self, course: Course, scratch: Path) -> None:
        self.course, self.scratch = course, scratch
        self.notes: list[Note] = []
        self.fetched = 0

    def parcel(self) -> Parcel:
        sections = courses.sections_of(self.course)
        there = in_order(sections, store.lessons_of(self.course.course_id, fresh=True))
        packed = [(lesson.section_id, self._lesson(lesson)) for lesson in there]
        known = labels()
        page = courses.fields_of(self.course)
        values: dict[str, Any] = {name: getattr(page, name) for name in _SAME}
        values |= {name: known.get(getattr(page, name) or "", "") for name in _OPTIONS}
        return Parcel(
            key=self.course.import_key or self.course.course_id,
            outcomes=tuple(page.outcomes),
            tags=tuple(known[tag] for tag in page.tags if tag in known),
            difficulty_level=page.difficulty_level or "",
            prerequisite_ids=tuple(page.prerequisite_ids),
            related_item_ids=tuple(page.related_item_ids),
            renewal_window_days=int(page.renewal_window_days),
            thumbnail=self._thumbnail(),
            sections=tuple(
                ParcelSection(one.section_id, one.title, tuple(lesson for at, lesson in packed if at == one.section_id))
                for one in sections
            ),
            notes=tuple(self.notes),
            **values,
        )

    def _lesson(self, lesson: Lesson) -> ParcelLesson:
        kind, given = LessonType(lesson.lesson_type), lessons.fields_of(lesson)
        return ParcelLesson(
            key=lesson.lesson_id,
            title=given.title,
            lesson_type=kind,
            content=_content(kind, given.content),
            description=_plain(given.description),
            required=given.required,
            duration_seconds=given.duration_seconds,
            files=tuple(self._files(lesson)),
            video=self._video(lesson) if kind is LessonType.VIDEO else None,
            captions=tuple(self._captions(lesson)) if kind is LessonType.VIDEO else (),
        )

    def _files(self, lesson: Lesson) -> list[Attached]:
        found = []
        for name, file in sorted((lesson.content.get("files") or {}).items()):
            if name.split("/")[-1] == name and (
                path := self._fetch(lesson.title, name, file["key"], file.get("version"))
            ):
                found.append(Attached(name, path))
        return found

    def _video(self, lesson: Lesson) -> Path | None:
        if not lesson.video_s3_key:
            return None
        return self._fetch(lesson.title, "its video", lesson.video_s3_key, lesson.content.get("s3_version"))

    def _captions(self, lesson: Lesson) -> list[Captions]:
        found = []
        for transcript in transcripts.of_lesson(lesson.lesson_id, fresh=True):
            if transcript.segments and "#" not in transcript.language:
                path = self._new_path(".vtt")
                path.write_text(captions.to_vtt(captions.from_data(transcript.segments)))
                found.append(Captions(transcript.language, path))
        return found

    def _thumbnail(self) -> Path | None:
        key = self.course.thumbnail_s3_key
        return self._fetch(self.course.title, "its thumbnail", key, None) if key else None

    def _fetch(self, where: str, what: str, key: str, version: str | None) -> Path | None:
        path = self._new_path(Path(key).suffix)
        try:
            s3.get_file(settings.LMS_MEDIA_BUCKET, key, version, path)
        except NotFound:
            self.notes.append(Note(where, f"{what} is not in the bucket any more."))
            return None
        return path

    def _new_path(self, ending: str) -> Path:
        self.fetched += 1
        return self.scratch / f"{self.fetched:05d}{ending}"


def _content(kind: LessonType, content: dict[str, Any]) -> dict[str, Any]:
    """Only what its author wrote."""
    if kind is LessonType.QUIZ:
        return Quiz.from_content(content).to_content()
    if kind is LessonType.VIDEO:
        return {"chapters": [[int(at), str(title)] for at, title in content.get("chapters") or ()]}
    written = {
        LessonType.TEXT: ("body",),
        LessonType.DOCUMENT: ("content_id", "note"),
        LessonType.LINK: ("url", "note"),
    }
    return {name: _plain(str(content.get(name) or "")) for name in written[kind]}


def _plain(text: str) -> str:
    """Line ends as files have them; browsers send others."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


assert {field.name for field in fields(Parcel)} >= {*_SAME, *_OPTIONS}
