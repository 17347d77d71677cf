"""A learner's attempts: starting one, keeping answers, handing in, and the result."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from core import clock
from core.errors import Refused
from core.pages import go, page
from lms.enums import AttemptStatus
from lms.pages.attempt import own_attempt, result_of
from lms.parts.quiz_sheet import given_in, posted_from, sheet_of
from lms.rules.outline import Outline
from lms.rules.quizzes import attempts as rules
from lms.services import attempts, learning


@require_POST
def start(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    attempts.start(course_id=course_id, lesson_id=lesson_id, by=request.user)
    return go(request, "lms:lesson", course_id, lesson_id)


@require_safe
def attempt(request: Request, course_id: str, lesson_id: str, number: int) -> HttpResponse:
    """Its questions while it is open, then its result. It stays hers to see when the lesson is gone from the course."""
    taken = learning.load(request.user, course_id)
    found = own_attempt(taken, lesson_id, number)
    context = {"attempt": found, "outline": taken.outline, "title": _title(taken.outline, lesson_id)}
    if found.status == AttemptStatus.IN_PROGRESS:
        return page(request, "lms/quizzes/attempt.html", context | {"sheet": sheet_of(found)})
    return page(request, "lms/quizzes/result.html", context | vars(result_of(taken, found)))


@require_POST
def answer(request: Request, course_id: str, lesson_id: str, number: int) -> HttpResponse:
    """One answer, sent by a script as soon as it is given."""
    question_id, rev = request.POST.get("question", ""), request.POST.get("rev", "")
    saved = attempts.save(
        course_id=course_id,
        lesson_id=lesson_id,
        number=number,
        question_id=question_id,
        given=given_in(request.POST, question_id),
        rev=int(rev) if rev.isascii() and rev.isdigit() and len(rev) < 18 else 0,
        by=request.user,
    )
    return JsonResponse({"rev": saved.rev, "taken": saved.taken, "at": _clock_time(saved)})


@require_POST
def answers(request: Request, course_id: str, lesson_id: str, number: int) -> HttpResponse:
    """The whole page: kept, and then on to handing in, or back to the questions."""
    place: dict[str, Any] = {"course_id": course_id, "lesson_id": lesson_id, "number": number}
    posted = posted_from(request.POST, attempts.own(**place, by=request.user))
    try:
        _, passed_over = attempts.save_all(**place, posted=posted, by=request.user)
    except Refused as over:  # handed in from another window, or out of time: what came of it says more than a refusal
        messages.warning(request, over.message)
        return go(request, "lms:quiz-attempt", course_id, lesson_id, number)
    if passed_over:
        messages.warning(request, _kept_newer(passed_over))
    if request.POST.get("then") == "submit":
        return go(request, "lms:quiz-submit", course_id, lesson_id, number)
    messages.success(request, gettext("Answers saved"))
    return go(request, "lms:lesson", course_id, lesson_id)


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: Request, course_id: str, lesson_id: str, number: int) -> HttpResponse:
    """Asks once more, naming what is not answered; then grades."""
    place: dict[str, Any] = {"course_id": course_id, "lesson_id": lesson_id, "number": number}
    found = attempts.own(**place, by=request.user)
    if request.method == "POST":
        attempts.submit(**place, posted=posted_from(request.POST, found), by=request.user)
        return go(request, "lms:quiz-attempt", course_id, lesson_id, number)
    taken = learning.load(request.user, course_id)
    if found.status != AttemptStatus.IN_PROGRESS or rules.is_over(found.deadline_at, clock.now()):
        return go(request, "lms:quiz-attempt", course_id, lesson_id, number)
    title = _title(taken.outline, lesson_id)
    context = {"attempt": found, "outline": taken.outline, "title": title, "sheet": sheet_of(found)}
    return page(request, "lms/quizzes/submit.html", context)


def _title(outline: Outline, lesson_id: str) -> str:
    entry = outline.by_id.get(lesson_id)
    return entry.title if entry else gettext("Quiz")


def _kept_newer(count: int) -> str:
    return (
        ngettext(
            "%d answer was changed in another window since you opened this page. The newer one was kept.",
            "%d answers were changed in another window since you opened this page. The newer ones were kept.",
            count,
        )
        % count
    )


def _clock_time(saved: attempts.Saved) -> str:
    """In the person's zone, to the second."""
    return date_format(timezone.localtime(saved.at), "H:i:s")
