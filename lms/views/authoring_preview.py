"""The draft as learners would read it. Nothing is recorded, and every page says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.http import Request
from accounts.person import Person
from core.errors import NotFound
from core.pages import page
from lms.enums import LessonType
from lms.models import Course, Lesson
from lms.parts.document import DocumentPart, rows_for
from lms.parts.link import LinkPart
from lms.parts.text import TextPart, blocks_of
from lms.rules.lessons import MOST_BODY
from lms.rules.outline import Outline
from lms.services.lesson_order import arranged
from lms.services.snapshots import outline_for
from lms.views.authoring import for_authors
from lms.words import LESSON_ICONS, lesson_type_label, level_label, minutes_label, seconds_label


@require_safe
def course(request: Request, course_id: str) -> HttpResponse:
    found = for_authors(request, course_id)
    outline, _ = _draft(found)
    context = {
        "course": found,
        "outline": outline,
        "parts": _parts(outline),
        "level": level_label(found.difficulty_level),
        "duration": minutes_label(outline.duration_minutes),
    }
    return page(request, "lms/manage/preview_course.html", context)


@require_safe
def lesson(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    found = for_authors(request, course_id)
    outline, lessons = _draft(found)
    if lesson_id not in outline.by_id:
        raise NotFound()
    entry, shown = outline.by_id[lesson_id], lessons[lesson_id]
    before, after = outline.beside(lesson_id)
    context = {
        "course": found,
        "outline": outline,
        "parts": _parts(outline),
        "entry": entry,
        "before": before,
        "after": after,
        "icon": LESSON_ICONS[entry.lesson_type],
        "kind": lesson_type_label(entry.lesson_type),
        "minutes": seconds_label(entry.duration_seconds),
        "template": _TEMPLATES[entry.lesson_type],
        "part": _PARTS.get(entry.lesson_type, _nothing)(request.user, shown),
    }
    return page(request, "lms/manage/preview_lesson.html", context)


@require_POST
def text(request: Request, course_id: str) -> HttpResponse:
    """Of what stands in the form now, beside it; without JavaScript the text is saved first and looked at then."""
    for_authors(request, course_id)
    body = request.POST.get("body", "")[:MOST_BODY]
    return page(request, "lms/manage/_preview_text.html", {"part": TextPart(blocks_of(request.user, body))})


def _draft(course: Course) -> tuple[Outline, dict[str, Lesson]]:
    _, lessons = arranged(course)
    outline = outline_for(course, lessons, int(course.version) + 1)
    return outline, {lesson.lesson_id: lesson for lesson in lessons}


def _parts(outline: Outline) -> list[dict[str, Any]]:
    lines = {
        entry.lesson_id: {
            "entry": entry,
            "url": reverse("lms:preview-lesson", args=[outline.course_id, entry.lesson_id]),
            "icon": LESSON_ICONS[entry.lesson_type],
            "kind": lesson_type_label(entry.lesson_type),
            "minutes": seconds_label(entry.duration_seconds),
        }
        for entry in outline.lessons
    }
    sections = [(section.title, outline.in_section(section.section_id)) for section in outline.sections]
    return [
        {"title": title, "lines": [lines[one.lesson_id] for one in entries]} for title, entries in sections if entries
    ]


def _text(person: Person, lesson: Lesson) -> TextPart:
    return TextPart(blocks_of(person, str(lesson.content.get("body", ""))))


def _document(person: Person, lesson: Lesson) -> DocumentPart:
    rows = rows_for(person, {"content": lesson.content})
    url = reverse("content:open", args=[rows[0].content_id]) if rows else ""
    return DocumentPart(rows[0] if rows else None, str(lesson.content.get("note", "")), url)


def _link(_person: Person, lesson: Lesson) -> LinkPart:
    url = str(lesson.content.get("url", ""))
    return LinkPart(url, url.partition("//")[2].partition("/")[0], str(lesson.content.get("note", "")), url)


def _video(_person: Person, lesson: Lesson) -> Mapping[str, str]:
    place = [lesson.course_id, lesson.lesson_id]
    return {"src": reverse("lms:video-play", args=place) if lesson.video_s3_key else ""}


def _nothing(_person: Person, lesson: Lesson) -> Mapping[str, str]:
    return {"url": reverse("lms:quiz-preview", args=[lesson.course_id, lesson.lesson_id])}


_PARTS: Mapping[LessonType, Callable[[Person, Lesson], Any]] = {
    LessonType.TEXT: _text,
    LessonType.DOCUMENT: _document,
    LessonType.LINK: _link,
    LessonType.VIDEO: _video,
}
_TEMPLATES = {
    LessonType.TEXT: "lms/lessons/_text.html",
    LessonType.DOCUMENT: "lms/lessons/_document.html",
    LessonType.LINK: "lms/lessons/_link.html",
    LessonType.VIDEO: "lms/manage/_preview_video.html",
    LessonType.QUIZ: "lms/manage/_preview_quiz.html",
}
