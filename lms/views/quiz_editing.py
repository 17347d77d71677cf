"""A quiz as its author edits it: settings, and one question at a time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from core.errors import NotFound
from core.ids import new_id
from core.pages import go, page
from core.saving import saving, status_for
from lms.enums import QuestionType
from lms.forms.questions import TYPE_LABELS, QuestionForm
from lms.forms.quizzes import SettingsForm, TextForm
from lms.pages.quizzes import previewed, question_rows
from lms.rules.quizzes import Question, checks
from lms.services import quizzes
from lms.services.quiz_managing import manages
from lms.services.quizzes import Draft, question_mark, settings_mark

_QUESTION = "lms/quizzes/manage/question.html"


@require_safe
def quiz(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    found = quizzes.draft(course_id=course_id, lesson_id=lesson_id, by=request.user)
    return page(
        request,
        "lms/quizzes/manage/quiz.html",
        _context(request, found)
        | {
            "rows": question_rows(found.quiz),
            "problems": list(checks.problems(found.quiz)),
            "types": [(kind.value, label) for kind, label in TYPE_LABELS.items()],
            "points": sum(one.points for one in found.quiz.questions),
            "settings": SettingsForm(initial=SettingsForm.initial_of(found.quiz)),
            "quiz": found.quiz,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    found = quizzes.draft(course_id=course_id, lesson_id=lesson_id, by=request.user)
    initial = SettingsForm.initial_of(found.quiz) | {"seen": settings_mark(found.quiz)}
    form = SettingsForm(request.POST or None, initial=initial)
    if form.is_valid():
        with saving(form):
            quizzes.save_settings(
                course_id=course_id,
                lesson_id=lesson_id,
                settings=form.to_settings(),
                seen=form.cleaned_data["seen"],
                by=request.user,
            )
        if not form.errors:
            messages.success(request, gettext("Settings saved"))
            return go(request, "lms:manage-quiz", course_id, lesson_id)
        found = quizzes.draft(course_id=course_id, lesson_id=lesson_id, by=request.user)
        form.compared_with(settings_mark(found.quiz))
    context = _context(request, found) | {
        "form": form,
        "stored": SettingsForm(initial=SettingsForm.initial_of(found.quiz)),
    }
    return page(request, "lms/quizzes/manage/settings.html", context, status=status_for(form))


@require_http_methods(["GET", "HEAD", "POST"])
def new_question(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    """The form carries the id that its question will have, so sending it twice makes one."""
    found = quizzes.draft(course_id=course_id, lesson_id=lesson_id, by=request.user)
    kind = _kind(request.GET.get("type", ""))
    initial = {"points": 1, "tolerance": "0", "question_id": new_id()}
    return _edit(request, found, QuestionForm(request.POST or None, kind=kind, initial=initial), None)


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: Request, course_id: str, lesson_id: str, question_id: str) -> HttpResponse:
    found = quizzes.draft(course_id=course_id, lesson_id=lesson_id, by=request.user)
    there = found.quiz.by_id.get(question_id)
    if there is None:
        raise NotFound()
    initial = QuestionForm.initial_of(there) | {"seen": question_mark(there)}
    form = QuestionForm(request.POST or None, kind=there.question_type, initial=initial)
    return _edit(request, found, form, there)


@require_POST
def change(request: Request, course_id: str, lesson_id: str, question_id: str, change: str) -> HttpResponse:
    """Moves, duplicates or removes a question; each says what it wants, so that sending it twice does it once."""
    place: dict[str, Any] = {
        "course_id": course_id,
        "lesson_id": lesson_id,
        "question_id": question_id,
        "by": request.user,
    }
    wanted = request.POST.get("to", "")
    if change == "move" and wanted.isdecimal() and len(wanted) < 5:
        quizzes.move_question(**place, to=int(wanted))
    elif change == "duplicate":
        quizzes.duplicate_question(**place, new_id=request.POST.get("new_id", "")[:100] or new_id())
        messages.success(request, gettext("Question duplicated"))
    elif change == "remove":
        quizzes.remove_question(**place, seen=request.POST.get("seen", ""))
        messages.success(request, gettext("Question removed"))
    else:
        raise NotFound()
    return go(request, "lms:manage-quiz", course_id, lesson_id)


@require_safe
def preview(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    found = quizzes.for_its_authors(course_id=course_id, lesson_id=lesson_id, by=request.user)
    context = _context(request, found) | {"questions": previewed(found.quiz), "quiz": found.quiz}
    return page(request, "lms/quizzes/manage/preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def from_text(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    """Questions written elsewhere, pasted. Those that cannot be taken over are named; the others are added."""
    found = quizzes.draft(course_id=course_id, lesson_id=lesson_id, by=request.user)
    form = TextForm(request.POST or None, initial={"batch": new_id()})
    refused: tuple[str, ...] = ()
    if form.is_valid():
        taken = form.to_questions()
        refused = taken.refused
        with saving(form):
            quizzes.add_questions(course_id=course_id, lesson_id=lesson_id, questions=taken.questions, by=request.user)
        if not form.errors and not refused and taken.questions:
            messages.success(request, _added(len(taken.questions)))
            return go(request, "lms:manage-quiz", course_id, lesson_id)
        if not taken.questions and not refused:
            form.add_error("text", gettext("There is no question in this text."))
        elif taken.questions and not form.errors:
            messages.success(request, _added(len(taken.questions)))
    context = _context(request, found) | {"form": form, "refused": refused}
    return page(request, "lms/quizzes/manage/from_text.html", context, status=status_for(form))


def _added(count: int) -> str:
    return ngettext("%d question added", "%d questions added", count) % count


def _edit(request: Request, found: Draft, form: QuestionForm, there: Question | None) -> HttpResponse:
    course_id, lesson_id = found.course.course_id, found.lesson.lesson_id
    asks_for_rows = "more" in request.POST
    if not asks_for_rows and form.is_valid():
        with saving(form):
            quizzes.save_question(
                course_id=course_id,
                lesson_id=lesson_id,
                question=form.to_question(),
                seen=form.cleaned_data["seen"],
                by=request.user,
            )
        if not form.errors:
            messages.success(request, gettext("Question saved"))
            if request.POST.get("then") == "another":
                return _another(request, course_id, lesson_id, form.kind)
            return go(request, "lms:manage-quiz", course_id, lesson_id)
        if form.stale:
            found = quizzes.draft(course_id=course_id, lesson_id=lesson_id, by=request.user)
            there = found.quiz.by_id.get(form.cleaned_data["question_id"])
            form.compared_with(question_mark(there))
    context = _context(request, found) | {
        "form": form,
        "kind": form.kind.value,
        "kind_label": TYPE_LABELS[form.kind],
        "number": found.quiz.place_of(there.question_id) + 1 if there else None,
        "stored": previewed(found.quiz, only=there.question_id) if there and form.stale else None,
    }
    if asks_for_rows:
        return page(request, "lms/quizzes/manage/_rows.html" if request.htmx else _QUESTION, context)
    return page(request, _QUESTION, context, status=status_for(form))


def _another(request: Request, course_id: str, lesson_id: str, kind: QuestionType) -> HttpResponse:
    response = go(request, "lms:quiz-question-new", course_id, lesson_id)
    for header in ("Location", "HX-Redirect"):
        if header in response.headers:
            response.headers[header] += f"?type={kind.value}"
    return response


def _kind(name: str) -> QuestionType:
    """Raises NotFound."""
    if name not in set(QuestionType):
        raise NotFound()
    return QuestionType(name)


def _context(request: Request, found: Draft) -> dict[str, object]:
    return {"course": found.course, "lesson": found.lesson, "may_manage": manages(request.user)}
