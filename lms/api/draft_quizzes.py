"""Quizzes for their authors: settings and questions; how the questions do, and what managers do with attempts."""

from __future__ import annotations

from itertools import count

from ninja import Router, Status
from pydantic import Field

from accounts.http import Request
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core.api import etags
from core.api.answering import created
from core.api.errors import PreconditionFailed
from core.api.idempotency import made_id, once
from core.api.schemas import IfMatch, Input, Number, Output
from core.errors import NotFound
from lms.api.quiz_schemas import NewQuestion, QuizDraft, QuizSettings
from lms.rules.quizzes import text_formats
from lms.rules.quizzes.quiz import MOST_QUESTIONS
from lms.services import quizzes
from lms.services.quizzes import Draft, question_mark, settings_mark

router = Router(tags=["Authoring: quizzes"], auth=Bearer(Area.LEARNING))
_QUIZ = "/{course_id}/draft/lessons/{lesson_id}/quiz"
_QUESTION = f"{_QUIZ}/questions/{{question_id}}"
_SHOWN = 200


class QuestionPlace(Input):
    to: Number = Field(ge=0, lt=MOST_QUESTIONS, description="Counted from 0.")


class QuestionText(Input):
    """Questions written elsewhere: GIFT or Aiken; which of the two it is can be seen."""

    text: str = Field(max_length=text_formats.LARGEST)


class QuestionsTaken(Output):
    taken: int
    refused: list[str] = Field(description="Which were not taken, and why.")
    quiz: QuizDraft


@router.get(_QUIZ, response=QuizDraft, operation_id="getQuizDraft", summary="A quiz with what is right")
def quiz_draft(request: Request, course_id: str, lesson_id: str) -> QuizDraft:
    found = quizzes.for_its_authors(course_id=course_id, lesson_id=lesson_id, by=request.user)
    return QuizDraft.of(request, found)


@router.patch(_QUIZ, response=QuizDraft, operation_id="editQuizSettings", summary="Change its settings")
def quiz_settings(
    request: Request, course_id: str, lesson_id: str, change: QuizSettings, if_match: IfMatch
) -> QuizDraft:
    found = _seen(request, course_id, lesson_id, if_match)
    with etags.matching():
        quizzes.save_settings(
            course_id=course_id,
            lesson_id=lesson_id,
            settings=change.given(),
            seen=settings_mark(found.quiz),
            by=request.user,
        )
    return _now(request, course_id, lesson_id)


@router.post(f"{_QUIZ}/questions", response={201: QuizDraft}, operation_id="addQuestion", summary="Add a question")
@once(lambda request, question_id: _created(request, question_id))
def question_add(request: Request, course_id: str, lesson_id: str, new: NewQuestion) -> Status[QuizDraft]:
    question = new.question(made_id(request))
    quizzes.save_question(course_id=course_id, lesson_id=lesson_id, question=question, seen="", by=request.user)
    return _created(request, question.question_id)


@router.put(_QUESTION, response=QuizDraft, operation_id="replaceQuestion", summary="Write a question anew")
def question_replace(
    request: Request, course_id: str, lesson_id: str, question_id: str, body: NewQuestion, if_match: IfMatch
) -> QuizDraft:
    """Of the draft: attempts that are under way go on with the one they asked."""
    found = _seen(request, course_id, lesson_id, if_match)
    if question_id not in found.quiz.by_id:
        raise NotFound()
    with etags.matching():
        quizzes.save_question(
            course_id=course_id,
            lesson_id=lesson_id,
            question=body.question(question_id),
            seen=question_mark(found.quiz.by_id[question_id]),
            by=request.user,
        )
    return _now(request, course_id, lesson_id)


@router.delete(_QUESTION, response=QuizDraft, operation_id="removeQuestion", summary="Remove a question")
def question_remove(request: Request, course_id: str, lesson_id: str, question_id: str, if_match: IfMatch) -> QuizDraft:
    found = _seen(request, course_id, lesson_id, if_match)
    with etags.matching():
        quizzes.remove_question(
            course_id=course_id,
            lesson_id=lesson_id,
            question_id=question_id,
            seen=question_mark(found.quiz.by_id.get(question_id)),
            by=request.user,
        )
    return _now(request, course_id, lesson_id)


@router.post(f"{_QUESTION}/move", response=QuizDraft, operation_id="moveQuestion", summary="Put it in another place")
def question_move(
    request: Request, course_id: str, lesson_id: str, question_id: str, place: QuestionPlace
) -> QuizDraft:
    quizzes.move_question(
        course_id=course_id, lesson_id=lesson_id, question_id=question_id, to=place.to, by=request.user
    )
    return _now(request, course_id, lesson_id)


@router.post(
    f"{_QUESTION}/duplicate",
    response={201: QuizDraft},
    operation_id="duplicateQuestion",
    summary="One like it, beside it",
)
@once(lambda request, question_id: _created(request, question_id))
def question_duplicate(request: Request, course_id: str, lesson_id: str, question_id: str) -> Status[QuizDraft]:
    copy_id = made_id(request)
    quizzes.duplicate_question(
        course_id=course_id, lesson_id=lesson_id, question_id=question_id, new_id=copy_id, by=request.user
    )
    return _created(request, copy_id)


@router.post(f"{_QUIZ}/import", response=QuestionsTaken, operation_id="importQuestions", summary="Take questions over")
@once()
def questions_import(request: Request, course_id: str, lesson_id: str, body: QuestionText) -> QuestionsTaken:
    """Those that cannot be taken over are named; the others are added."""
    quizzes.draft(course_id=course_id, lesson_id=lesson_id, by=request.user)
    following, batch = count(1), made_id(request)
    taken = text_formats.read(body.text, lambda: f"{batch}-{next(following)}")
    if taken.questions:
        quizzes.add_questions(course_id=course_id, lesson_id=lesson_id, questions=taken.questions, by=request.user)
    quiz = _now(request, course_id, lesson_id)
    return QuestionsTaken(taken=len(taken.questions), refused=list(taken.refused), quiz=quiz)


def _seen(request: Request, course_id: str, lesson_id: str, if_match: str) -> Draft:
    """The quiz, if it still is what the program has seen. Raises PreconditionFailed."""
    seen = etags.seen(if_match)
    found = quizzes.draft(course_id=course_id, lesson_id=lesson_id, by=request.user)
    if found.lesson.text_rev != seen:
        raise PreconditionFailed
    return found


def _now(request: Request, course_id: str, lesson_id: str) -> QuizDraft:
    return QuizDraft.of(request, quizzes.draft(course_id=course_id, lesson_id=lesson_id, by=request.user))


def _created(request: Request, question_id: str) -> Status[QuizDraft]:
    assert request.resolver_match
    place = request.resolver_match.kwargs
    course_id, lesson_id = place["course_id"], place["lesson_id"]
    address = f"courses/{course_id}/draft/lessons/{lesson_id}/quiz/questions/{question_id}"
    return created(request, address, _now(request, course_id, lesson_id))
