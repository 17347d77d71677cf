"""The draft as learners would read it. Nothing is recorded, and every page says so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.http import Request
from core.errors import NotFound
from core.pages import page
from lms.enums import LessonType
from lms.models import Course, Lesson
from lms.parts import document, link
from lms.parts import text as texts
from lms.rules.lessons import MOST_BODY
from lms.rules.outline import Entry, Outline
from lms.services.learning import Learning
from lms.services.lesson_order import arranged
from lms.services.snapshots import lesson_data, outline_for
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
        "part": _part(request, Learning(request.user, found, outline, None, {}), entry, shown),
    }
    return page(request, "lms/manage/preview_lesson.html", context)


@require_POST
def text(request: Request, course_id: str) -> HttpResponse:
    """Of what stands in the form now, beside it; without JavaScript the text is saved first and looked at then."""
    found = for_authors(request, course_id)
    outline, _ = _draft(found)
    body = request.POST.get("body", "")[:MOST_BODY]
    entry = Entry("", "", "", LessonType.TEXT)
    told = {"lesson_type": LessonType.TEXT.value, "content": {"body": body}}
    part = texts.part(request, Learning(request.user, found, outline, None, {}), entry, told)
    return page(request, "lms/manage/_preview_text.html", {"part": part})


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


def _part(request: Request, taken: Learning, entry: Entry, lesson: Lesson) -> Any:
    """What learners get, by way of a person who has done nothing yet; links lead there without being noted."""
    told = lesson_data(lesson)
    place = [lesson.course_id, lesson.lesson_id]
    if entry.lesson_type is LessonType.TEXT:
        return texts.part(request, taken, entry, told)
    if entry.lesson_type is LessonType.DOCUMENT:
        shown = document.part(request, taken, entry, told)
        content_id = lesson.content.get("content_id") or "-"
        return replace(shown, open_url=reverse("content:open", args=[content_id]))
    if entry.lesson_type is LessonType.LINK:
        shown_link = link.part(request, taken, entry, told)
        return replace(shown_link, open_url=shown_link.url)
    if entry.lesson_type is LessonType.VIDEO:
        return {"src": reverse("lms:video-play", args=place) if lesson.video_s3_key else ""}
    return {"url": reverse("lms:quiz-preview", args=place)}


_TEMPLATES = {
    LessonType.TEXT: "lms/lessons/_text.html",
    LessonType.DOCUMENT: "lms/lessons/_document.html",
    LessonType.LINK: "lms/lessons/_link.html",
    LessonType.VIDEO: "lms/manage/_preview_video.html",
    LessonType.QUIZ: "lms/manage/_preview_quiz.html",
}
