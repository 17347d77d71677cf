"""What a lesson holds, by its kind, as its page shows it to this learner."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from content.api.items import ItemRow
from core.api.schemas import Output
from lms.enums import LessonType, QuestionType
from lms.pages.lesson import LessonPage
from lms.parts.document import DocumentPart
from lms.parts.quiz import QuizPart
from lms.parts.quiz_sheet import Asked, Choice, Sheet
from lms.parts.text import TextPart
from lms.parts.video import VideoPart


class TextBlock(Output):
    text: str = Field(description="Markdown; empty where an item stands.")
    is_item: bool
    item: ItemRow | None = Field(description="Null where the item was retired, or is hidden from you.")


class TextLesson(Output):
    kind: Literal["text"] = "text"
    blocks: list[TextBlock]
    dwell_seconds: int = Field(description="How long the page has it open before it says `done` by itself.")

    @classmethod
    def of(cls, part: TextPart) -> TextLesson:
        blocks = [TextBlock(text=one.text, is_item=one.is_item, item=_item(one.row)) for one in part.blocks]
        return cls(blocks=blocks, dwell_seconds=part.dwell)


class DocumentLesson(Output):
    kind: Literal["document"] = "document"
    item: ItemRow | None = Field(description="Null where the item was retired, or is hidden from you.")
    note: str

    @classmethod
    def of(cls, part: DocumentPart) -> DocumentLesson:
        return cls(item=_item(part.row), note=part.note)


class LinkLesson(Output):
    kind: Literal["link"] = "link"
    url: str
    note: str


class Track(Output):
    language: str = Field(examples=["en"])
    label: str = Field(examples=["English"])


class Chapter(Output):
    at: int = Field(description="Seconds.")
    title: str


class VideoLesson(Output):
    """`play-url` leads to the video, `captions/{language}` to what is said in it."""

    kind: Literal["video"] = "video"
    mime: str
    begin: int = Field(description="The second at which to go on.")
    watched_percent: int
    threshold: int = Field(description="Percent watched at which the lesson is done.")
    tracks: list[Track]
    chapters: list[Chapter]
    report_token: str = Field(
        description="Goes into `watched`. Empty where nobody knows how long the video is: then there is nothing to report."
    )

    @classmethod
    def of(cls, part: VideoPart) -> VideoLesson:
        return cls(
            mime=part.beside.mime,
            begin=part.begin,
            watched_percent=part.percent,
            threshold=part.threshold,
            tracks=[Track.model_validate(one) for one in part.beside.tracks],
            chapters=[Chapter.model_validate(one) for one in part.beside.chapters],
            report_token=part.token,
        )


class QuizChoice(Output):
    """`value` is what an answer names it by: its place, counted from 1."""

    value: str = Field(examples=["1"])
    text: str
    chosen: bool

    @classmethod
    def of(cls, choice: Choice) -> QuizChoice:
        return cls.model_validate(choice)


class QuizLine(Output):
    """Of a matching or ordering question: what something is put beside."""

    place: str = Field(description="What an answer names it by.", examples=["1"])
    text: str
    choices: list[QuizChoice]


class QuizQuestion(Output):
    """Nothing here tells what is right."""

    number: int
    question_id: str
    kind: QuestionType
    text: str
    points: int
    rev: int = Field(description="Of the answer that is kept; 0 where there is none.")
    typed: str
    options: list[QuizChoice]
    lines: list[QuizLine]
    answered: bool

    @classmethod
    def of(cls, asked: Asked) -> QuizQuestion:
        lines = [
            QuizLine(place=str(place), text=one.text, choices=[QuizChoice.of(choice) for choice in one.choices])
            for place, one in enumerate(asked.lines, start=1)
        ]
        plain = {name: getattr(asked, name) for name in cls.model_fields if name not in ("options", "lines")}
        return cls(**plain, options=[QuizChoice.of(one) for one in asked.options], lines=lines)


class QuizSheet(Output):
    """An open attempt."""

    number: int = Field(description="Of the attempt; part of its address.")
    started_at: datetime
    deadline_at: datetime | None
    seconds_left: int | None
    questions: list[QuizQuestion]

    @classmethod
    def of(cls, sheet: Sheet) -> QuizSheet:
        return cls(
            number=int(sheet.attempt.number),
            started_at=sheet.attempt.started_at,
            deadline_at=sheet.attempt.deadline_at,
            seconds_left=sheet.seconds_left,
            questions=[QuizQuestion.of(one) for one in sheet.questions],
        )


class PastAttempt(Output):
    number: int
    started_at: datetime
    state: str = Field(examples=["Passed"])
    earned: int
    total: int
    percent: int
    counts: bool = Field(description="Not, where a manager has set it aside.")


class ScoreOut(Output):
    earned: int
    total: int


class QuizLesson(Output):
    kind: Literal["quiz"] = "quiz"
    pass_mark: int = Field(description="Percent.")
    question_count: int
    minutes: int | None = Field(description="The time limit.")
    attempts_left: int | None = Field(description="Null for as many as you like.")
    waits_until: datetime | None
    closes_at: datetime | None
    why_not: str = Field(description="Why no attempt can be started now; empty when one can.")
    feedback: str = Field(description="When right answers are shown, in words.")
    score: ScoreOut | None = Field(description="What counts of your attempts.")
    passed: bool
    past: list[PastAttempt]
    open_attempt: QuizSheet | None

    @classmethod
    def of(cls, part: QuizPart) -> QuizLesson:
        return cls(
            pass_mark=part.quiz.pass_mark,
            question_count=part.quiz.asked,
            minutes=part.minutes,
            attempts_left=part.attempts_left,
            waits_until=part.waits_until,
            closes_at=part.closes_at,
            why_not=part.refusal,
            feedback=part.feedback,
            score=ScoreOut.model_validate(part.score) if part.score else None,
            passed=part.passed,
            past=[PastAttempt.model_validate(one) for one in part.past],
            open_attempt=QuizSheet.of(part.sheet) if part.sheet else None,
        )


Held = Annotated[TextLesson | DocumentLesson | LinkLesson | VideoLesson | QuizLesson, Field(discriminator="kind")]


def held_by(page: LessonPage) -> Held:
    part = page.part
    match page.line.entry.lesson_type:
        case LessonType.TEXT:
            return TextLesson.of(part)
        case LessonType.DOCUMENT:
            return DocumentLesson.of(part)
        case LessonType.LINK:
            return LinkLesson(url=part.url, note=part.note)
        case LessonType.VIDEO:
            return VideoLesson.of(part)
        case LessonType.QUIZ:
            return QuizLesson.of(part)


def _item(row: object) -> ItemRow | None:
    return ItemRow.model_validate(row) if row else None
