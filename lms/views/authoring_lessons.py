"""Writing lessons. Videos and quizzes have editors of their own, to which these pages lead on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import Request
from content.picking import ItemSource
from core.errors import NotFound, Stale
from core.pages import go, page
from core.picker import Source
from core.saving import saving, status_for
from lms import store
from lms.enums import LESSON_TYPE_LABELS, LessonType
from lms.forms.lessons import LessonForm, initial_of
from lms.models import Lesson
from lms.pages.lesson_editor import editor_of
from lms.services import lessons
from lms.views.authoring import for_authors, for_editing, reserved_id, ticket_for

_OWN_EDITOR = {LessonType.QUIZ: "lms:manage-quiz", LessonType.VIDEO: "lms:manage-video"}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, course_id: str) -> HttpResponse:
    """The form carries the id that its lesson will have, so sending it twice makes one lesson."""
    course = for_editing(request, course_id)
    kind = {one.value: one for one in LessonType}.get(request.GET.get("kind", ""))
    if kind is None:
        raise NotFound()
    form = LessonForm(request.POST or None, kind=kind, sources=_sources(request, kind), initial={"required": True})
    ticket = request.POST.get("ticket") or ticket_for(f"lesson-{course_id}")
    if form.is_valid():
        lesson_id = reserved_id(ticket, f"lesson-{course_id}")
        with saving(form):
            _add_once(request, course_id, lesson_id, kind, form)
        if not form.errors:
            messages.success(request, gettext("Lesson added"))
            if own := _OWN_EDITOR.get(kind):
                return go(request, own, course_id, lesson_id)
            return go(request, "lms:manage-course", course_id)
    context = {"course": course, "form": form, "kind": kind, "kind_label": gettext(LESSON_TYPE_LABELS[kind])}
    context |= {"ticket": ticket, "section": request.GET.get("section", "")}
    return page(request, "lms/manage/lesson_new.html", context, status=status_for(form))


def _add_once(request: Request, course_id: str, lesson_id: str, kind: LessonType, form: LessonForm) -> None:
    try:
        lessons.add(
            course_id=course_id,
            lesson_type=kind,
            fields=form.to_fields(),
            section_id=request.GET.get("section"),
            lesson_id=lesson_id,
            by=request.user,
        )
    except Stale:
        store.lesson_by_id(course_id, lesson_id, fresh=True)  # the same form, sent a second time; else NotFound


@require_http_methods(["GET", "HEAD", "POST"])
def lesson(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    course = for_editing(request, course_id)
    found = store.lesson_by_id(course_id, lesson_id, fresh=True)
    kind, initial = LessonType(found.lesson_type), initial_of(found)
    form = LessonForm(request.POST or None, kind=kind, sources=_sources(request, kind), initial=initial)
    if form.is_valid():
        with saving(form):
            _save(request, found, form)
        if not form.errors:
            messages.success(request, gettext("Saved"))
            if "and_preview" in request.POST:
                return go(request, "lms:preview-lesson", course_id, lesson_id)
            return go(request, "lms:manage-course", course_id)
        if form.stale:
            found = store.lesson_by_id(course_id, lesson_id, fresh=True)
            form.compared_with(found.text_rev)
    context = {"course": course, "lesson": found, "form": form, "stored": lessons.fields_of(found)}
    context["editor"] = editor_of(request.user, found)
    context["ticket"] = ticket_for(f"lesson-{course_id}")
    return page(request, "lms/manage/lesson.html", context, status=status_for(form))


def _save(request: Request, lesson: Lesson, form: LessonForm) -> None:
    lessons.edit(
        course_id=lesson.course_id,
        lesson_id=lesson.lesson_id,
        fields=form.to_fields(dict(lesson.content)),
        seen_rev=form.cleaned_data["seen_rev"] or 0,
        by=request.user,
    )


def _sources(request: Request, kind: LessonType) -> dict[str, Source]:
    return {"content_id": ItemSource(request.user)} if kind is LessonType.DOCUMENT else {}


@require_POST
def duplicate(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    """The button carries the id of the copy, so pressing it twice makes one."""
    for_authors(request, course_id)
    copy_id = reserved_id(request.POST.get("ticket", ""), f"lesson-{course_id}")
    try:
        lessons.duplicate(course_id=course_id, lesson_id=lesson_id, new_lesson_id=copy_id, by=request.user)
    except Stale:
        store.lesson_by_id(course_id, copy_id, fresh=True)
    messages.success(request, gettext("Lesson duplicated"))
    return go(request, "lms:manage-lesson", course_id, copy_id)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    course = for_authors(request, course_id)
    if request.method != "POST":
        doomed = store.lesson_by_id(course_id, lesson_id)
        return page(request, "lms/manage/lesson_remove.html", {"course": course, "lesson": doomed})
    lessons.remove(course_id=course_id, lesson_id=lesson_id, by=request.user)
    messages.success(request, gettext("Lesson removed"))
    return go(request, "lms:manage-course", course_id)
