"""Quizzes as their authors write them, with what is right."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import Field

from accounts.http import Request
from core import clock
from core.api import etags
from core.api.schemas import Flag, Input, Moment, Number, Output
from core.errors import Invalid
from lms.enums import Feedback, QuestionType, ScorePolicy
from lms.rules import dues
from lms.rules.quizzes import Option, Question, Quiz, checks
from lms.rules.quizzes import attempts as rules
from lms.rules.quizzes.quiz import (
    MOST_ATTEMPTS,
    MOST_COOLDOWN,
    MOST_MINUTES,
    MOST_OPTION_TEXT,
    MOST_OPTIONS,
    MOST_POINTS,
    MOST_QUESTION_TEXT,
    MOST_QUESTIONS,
    TRUE,
    true_false,
)
from lms.rules.quizzes.text import MOST_DIGITS
from lms.services.quizzes import Draft, settings_of

OptionText = Annotated[str, Field(max_length=MOST_OPTION_TEXT)]
Decimal = Annotated[str, Field(max_length=MOST_DIGITS, description="With a point before the decimals.")]


class QuizSettings(Input):
    """What is left out stays as it is. 0 is for no limit, or for all questions."""

    pass_mark: Number = Field(80, ge=1, le=100, description="Percent.")
    attempt_limit: Number = Field(0, ge=0, le=MOST_ATTEMPTS)
    cooldown_minutes: Number = Field(0, ge=0, le=MOST_COOLDOWN)
    time_limit_minutes: Number = Field(0, ge=0, le=MOST_MINUTES)
    closes_at: Moment | None = None
    draw: Number = Field(0, ge=0, le=MOST_QUESTIONS, description="Questions in an attempt.")
    shuffle_questions: Flag = False
    shuffle_options: Flag = True
    partial_credit: Flag = True
    feedback: Feedback = Feedback.AFTER_ATTEMPT
    score_policy: ScorePolicy = ScorePolicy.BEST

    def given(self) -> dict[str, Any]:
        values = self.model_dump(exclude_unset=True)
        if "closes_at" in values:
            closes: datetime | None = values["closes_at"]
            if closes and (problem := dues.problem_with_day(closes.date())):
                raise Invalid(fields={"closes_at": problem})
            values["closes_at"] = clock.iso(closes.astimezone(UTC)) if closes else ""
        return values


class NewQuestionOption(Input):
    """In a matching question `match` is what belongs to `text`; one without a text is there to mislead."""

    option_id: str = Field("", max_length=200, description="Of one that is there; empty for a new one.")
    text: OptionText = ""
    correct: Flag = False
    match: OptionText = ""


class NewQuestion(Input):
    """The options of an ordering question stand in their right order. What a kind does not have is left out."""

    kind: QuestionType
    text: str = Field(max_length=MOST_QUESTION_TEXT, description="Markdown.")
    points: Number = Field(1, ge=1, le=MOST_POINTS)
    explanation: str = Field("", max_length=MOST_QUESTION_TEXT)
    options: list[NewQuestionOption] = Field([], max_length=MOST_OPTIONS)
    truth: Flag | None = Field(None, description="Of a `true_false`: whether the statement is true.")
    accepted: list[OptionText] = Field([], max_length=100, description="Of a `short_text`.")
    number: Decimal = ""
    tolerance: Decimal = "0"

    def question(self, question_id: str) -> Question:
        if (self.kind is QuestionType.TRUE_FALSE) != (self.truth is not None):
            raise Invalid(fields={"truth": "Say whether it is true: of a statement, and of nothing else."})
        return Question(
            question_id=question_id,
            question_type=self.kind,
            text=self.text.strip(),
            points=self.points,
            explanation=self.explanation.strip(),
            options=self._options(question_id),
            accepted=tuple(one.strip() for one in self.accepted if one.strip()),
            number=self.number.strip(),
            tolerance=self.tolerance.strip() or "0",
        )

    def _options(self, question_id: str) -> tuple[Option, ...]:
        if self.truth is not None:
            return true_false(self.truth)
        return tuple(
            Option(one.option_id or f"{question_id}-{number}", one.text.strip(), one.correct, one.match.strip())
            for number, one in enumerate(self.options, start=1)
        )


class QuestionOption(Output):
    option_id: str
    text: str
    correct: bool
    match: str


class QuestionOut(Output):
    question_id: str
    kind: QuestionType
    text: str
    points: int
    explanation: str
    options: list[QuestionOption]
    truth: bool | None
    accepted: list[str]
    number: str
    tolerance: str

    @classmethod
    def of(cls, question: Question) -> QuestionOut:
        is_statement = question.question_type is QuestionType.TRUE_FALSE
        plain = ("question_id", "text", "points", "explanation", "number", "tolerance")
        return cls(
            kind=question.question_type,
            options=[] if is_statement else [QuestionOption.model_validate(one) for one in question.options],
            truth=TRUE in question.correct_ids if is_statement else None,
            accepted=list(question.accepted),
            **{name: getattr(question, name) for name in plain},
        )


class QuizDraft(Output):
    course_id: str
    lesson_id: str
    title: str
    pass_mark: int
    attempt_limit: int
    cooldown_minutes: int
    time_limit_minutes: int
    closes_at: datetime | None
    draw: int
    shuffle_questions: bool
    shuffle_options: bool
    partial_credit: bool
    feedback: Feedback
    score_policy: ScorePolicy
    questions: list[QuestionOut]
    problems: list[str] = Field(description="What is missing before it can be published.")

    @classmethod
    def of(cls, request: Request, found: Draft) -> QuizDraft:
        etags.revision(request, found.lesson.text_rev)
        quiz: Quiz = found.quiz
        return cls(
            course_id=found.course.course_id,
            lesson_id=found.lesson.lesson_id,
            title=found.lesson.title,
            questions=[QuestionOut.of(one) for one in quiz.questions],
            problems=list(checks.problems(quiz)),
            **settings_of(quiz) | {"closes_at": rules.closes_at(quiz)},
        )
