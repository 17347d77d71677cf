"""Lessons as their learners read them, and what a program says of how far its person is in them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from ninja import Router
from pydantic import Field

from accounts.http import Request
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from content.api.files import Link
from core.api.schemas import Input, Number, Output
from core.errors import Invalid, Refused
from lms import store
from lms.api.courses import CourseProgressOut, OutlineSection
from lms.api.lesson_parts import Held, held_by
from lms.enums import LessonType, ProgressStatus
from lms.pages.course import parts_of
from lms.pages.lesson import LessonPage, beside_lesson, lesson_page, may_mark
from lms.rules import coverage
from lms.rules.lessons import is_web_address
from lms.services import learning, lesson_files, media, transcripts, watching
from lms.services.learning import Learning
from lms.services.watching import Said

router = Router(tags=["Lessons"], auth=Bearer(Area.LEARNING))
_LESSON = "/{course_id}/lessons/{lesson_id}"


class LessonList(Output):
    """All of the course, in order: a course has at most 90 lessons."""

    version: int
    sections: list[OutlineSection]


class Lesson(Output):
    course_id: str
    version: int
    lesson_id: str
    title: str
    description: str
    required: bool
    duration_seconds: int
    state: ProgressStatus
    place: int = Field(description="In the course, counted from 1.")
    count: int
    previous_lesson_id: str | None
    next_lesson_id: str | None
    rule: str = Field(description="When it counts as done, in words.")
    may_mark: bool = Field(description="`done` is taken.")
    content: Held

    @classmethod
    def of(cls, taken: Learning, page: LessonPage) -> Lesson:
        entry = page.line.entry
        plain: dict[str, Any] = {name: getattr(page, name) for name in ("place", "count", "rule", "may_mark")}
        plain |= {name: getattr(entry, name) for name in ("lesson_id", "title", "description", "required")}
        return cls(
            **plain,
            course_id=taken.outline.course_id,
            version=taken.outline.version,
            duration_seconds=entry.duration_seconds,
            state=ProgressStatus(page.line.state),
            previous_lesson_id=page.before.entry.lesson_id if page.before else None,
            next_lesson_id=page.after.entry.lesson_id if page.after else None,
            content=held_by(page),
        )


class LessonState(Output):
    """What became of a lesson, and of its course with it."""

    lesson_id: str
    state: ProgressStatus
    percent: int
    course: CourseProgressOut

    @classmethod
    def of(cls, taken: Learning, lesson_id: str) -> LessonState:
        standing = taken.standing(lesson_id)
        course = CourseProgressOut.of(taken)
        return cls(lesson_id=lesson_id, state=standing.status, percent=standing.percent, course=course)


class Watched(Input):
    """What a player says of a video while it plays: the whole of it so far, so that a lost report loses nothing."""

    token: str = Field(max_length=2000, description="`report_token` of the lesson.")
    seq: Number = Field(ge=0, le=1_000_000, description="Counts the reports of a player up.")
    position: float = Field(ge=0, description="Where it stands, in seconds.")
    ranges: list[tuple[float, float]] = Field(
        max_length=coverage.MOST_RANGES,
        description="Stretches that were watched, `[from, to]` in seconds.",
        examples=[[[0, 15]]],
    )

    def said(self) -> Said:
        try:
            position = coverage.read_second(self.position)
            return Said(self.seq, position, coverage.read_ranges([list(one) for one in self.ranges]))
        except ValueError as error:
            raise Invalid(gettext("No player says this.")) from error


class Heard(Output):
    percent: int
    completed: bool
    finished: bool = Field(description="The course is complete with it.")


class Segment(Output):
    start: int = Field(description="Milliseconds, as is `end`.")
    end: int
    text: str


class Captions(Output):
    language: str
    label: str
    segments: list[Segment]


@router.get("/{course_id}/lessons", response=LessonList, operation_id="listLessons", summary="Its lessons, in order")
def lessons(request: Request, course_id: str) -> LessonList:
    taken = learning.load(request.user, course_id)
    return LessonList(version=taken.outline.version, sections=[OutlineSection.of(part) for part in parts_of(taken)])


@router.get(_LESSON, response=Lesson, operation_id="getLesson", summary="A lesson as its learner reads it")
def lesson(request: Request, course_id: str, lesson_id: str) -> Lesson:
    """Notes nothing; `visit` does."""
    taken = learning.load(request.user, course_id, beside=beside_lesson(lesson_id))
    entry = taken.entry(lesson_id)
    data = store.published_lesson(course_id, taken.outline.version, lesson_id)
    return Lesson.of(taken, lesson_page(request, taken, entry, data))


@router.post(f"{_LESSON}/visit", response=LessonState, operation_id="visitLesson", summary="I am at this lesson now")
def lesson_visit(request: Request, course_id: str, lesson_id: str) -> LessonState:
    """Begins course and lesson if you had not, as opening its page does."""
    return LessonState.of(learning.visit(course_id=course_id, lesson_id=lesson_id, by=request.user), lesson_id)


@router.post(f"{_LESSON}/done", response=LessonState, operation_id="markLessonDone", summary="I am done with it")
def lesson_done(request: Request, course_id: str, lesson_id: str) -> LessonState:
    """For lessons with `may_mark`; the others are done by what is done in them. Saying it twice changes nothing."""
    before = learning.load(request.user, course_id, beside=beside_lesson(lesson_id))
    entry = before.entry(lesson_id)
    if not may_mark(before, entry, store.published_lesson(course_id, before.outline.version, lesson_id)):
        raise Refused(gettext("This lesson is done by what you do in it, not by saying so."))
    taken = learning.complete_lesson(course_id=course_id, lesson_id=lesson_id, by=request.user)
    return LessonState.of(taken, lesson_id)


@router.post(f"{_LESSON}/watched", response=Heard, operation_id="reportWatched", summary="What a player has played")
def lesson_watched(request: Request, course_id: str, lesson_id: str, body: Watched) -> Heard:
    """As the page's player, every ten seconds or so. The token says which lesson; it has to be visited first."""
    return Heard.model_validate(watching.report(token=body.token, said=body.said(), by=request.user))


@router.post(f"{_LESSON}/open", response=Link, operation_id="openLesson", summary="Where a link leads; done with it")
def lesson_open(request: Request, course_id: str, lesson_id: str) -> Link:
    """Of a link its address; of a document the item's in this API. Opening it is what such a lesson asks for."""
    taken = learning.load(request.user, course_id)
    entry = taken.entry(lesson_id)
    if entry.lesson_type not in (LessonType.DOCUMENT, LessonType.LINK):
        raise Refused(gettext("Only documents and links are opened."))
    content = store.published_lesson(course_id, taken.outline.version, lesson_id)["content"]
    learning.complete_lesson(course_id=course_id, lesson_id=lesson_id, by=request.user)
    if entry.lesson_type is LessonType.DOCUMENT:
        return Link(url=f"/v1/content/{content['content_id']}")
    return Link(url=str(content["url"]) if is_web_address(str(content["url"])) else "")


@router.get(
    f"{_LESSON}/play-url",
    response=Link,
    auth=Bearer(Area.LEARNING, fresh=True),
    operation_id="getPlayUrl",
    summary="A link to its video",
)
def lesson_play_url(request: Request, course_id: str, lesson_id: str) -> Link:
    """Leads straight to the file, for some minutes."""
    return Link(url=media.learners_link(course_id=course_id, lesson_id=lesson_id, by=request.user))


@router.get(
    f"{_LESSON}/files/{{name}}",
    response=Link,
    auth=Bearer(Area.LEARNING, fresh=True),
    operation_id="getLessonFile",
    summary="A link to a picture or file of its text",
)
def lesson_file_url(request: Request, course_id: str, lesson_id: str, name: str) -> Link:
    """Where `files/name.png` in a text leads."""
    return Link(url=lesson_files.learners_link(course_id=course_id, lesson_id=lesson_id, name=name, by=request.user))


@router.get(
    f"{_LESSON}/captions/{{language}}",
    response=Captions,
    operation_id="getCaptions",
    summary="What is said in its video",
)
def lesson_captions(request: Request, course_id: str, lesson_id: str, language: str) -> Captions:
    shown = transcripts.for_learner(course_id=course_id, lesson_id=lesson_id, language=language, by=request.user)
    return Captions.model_validate(shown)
