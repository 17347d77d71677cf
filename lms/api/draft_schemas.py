"""What the routes of authors take and give: courses and their lessons as they are being written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from ninja import Status
from pydantic import Field

from accounts.http import Request
from accounts.person import Person
from content.picking import ItemSource
from core.api import etags
from core.api.answering import created
from core.api.schemas import Flag, Id, Input, Number, Output
from core.errors import Invalid
from core.picker import Source
from lms.enums import CourseStatus, Difficulty, LessonType
from lms.forms.lessons import MOST_NOTE, MOST_URL, content_fields
from lms.models import Course, Lesson
from lms.pages.picking import CourseSource
from lms.rules.lessons import MOST_BODY, MOST_DESCRIPTION, MOST_TITLE
from lms.services import courses, lessons
from lms.services.lesson_order import arranged
from metadata.api.choosing import check_chosen, check_options
from metadata.enums import Group

COURSE_ID = "01jd2v7m3s8q4k6w9x0y1z2a3b"
LONGEST = 24 * 60 * 60

Title = Annotated[str, Field(max_length=MOST_TITLE, examples=["Renewals in practice"])]
Description = Annotated[str, Field(max_length=MOST_DESCRIPTION)]
OptionId = Annotated[Id | None, Field(description="The id of an option; null for none.")]
Outcomes = Annotated[
    list[Annotated[str, Field(max_length=courses.MOST_OUTCOME)]], Field(max_length=courses.MOST_OUTCOMES)
]
Named = Annotated[list[Id], Field(max_length=courses.MOST_RELATED)]
Tags = Annotated[list[Id], Field(max_length=50, description="Ids of options.")]
Minutes = Annotated[
    Annotated[Number, Field(ge=1, le=courses.MOST_MINUTES)] | None, Field(description="Null to have it computed.")
]
Months = Annotated[
    Annotated[Number, Field(ge=1, le=courses.MOST_MONTHS)] | None, Field(description="Null if a completion never ends.")
]
Window = Annotated[Number, Field(ge=1, le=courses.MOST_WINDOW, description="Days before its end.")]


class CourseEdit(Input):
    """What is left out stays as it is."""

    title: Title = ""
    description: Description = ""
    outcomes: Outcomes = []
    product_suite: OptionId = None
    product: OptionId = None
    product_concept: OptionId = None
    tags: Tags = []
    badge: OptionId = None
    difficulty_level: Difficulty = Difficulty.BEGINNER
    duration_override: Minutes = None
    prerequisite_ids: Named = []
    related_item_ids: Named = []
    self_marking: Flag = True
    certificate: Flag = True
    validity_months: Months = None
    renewal_window_days: Window = 60

    def fields(self, by: Person, before: Course | None = None) -> courses.Fields:
        """With what stood there before. Raises Invalid for what she cannot choose."""
        given = self.model_dump(exclude_unset=True)
        kept = asdict(courses.fields_of(before)) if before else {}
        check_options(given, kept)
        if given.get("badge"):
            check_chosen("badge", Group.BADGE, [given["badge"]], filter(None, [kept.get("badge")]))
        own = str(before.course_id) if before else ""
        for name, source in (
            ("prerequisite_ids", CourseSource(by, without=own)),
            ("related_item_ids", ItemSource(by)),
        ):
            check_named(name, source, given.get(name) or (), kept.get(name) or ())
        tuples = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
        return courses.Fields(**kept | tuples)


class NewCourse(CourseEdit):
    title: Title


def check_named(name: str, source: Source, ids: Sequence[str], kept: Collection[str]) -> None:
    """As pickers do: what she may read, or what stood there before. Raises Invalid."""
    if ids and not set(ids) <= set(source.named(list(ids), kept)):
        raise Invalid(fields={name: "One of these does not exist, or is not open to you."})


class DraftLine(Output):
    lesson_id: str
    title: str
    kind: LessonType
    required: bool
    duration_seconds: int


class DraftSection(Output):
    section_id: str
    title: str
    lessons: list[DraftLine]


class CourseDraft(Output):
    """What its authors write. Learners read what was published last."""

    course_id: str = Field(examples=[COURSE_ID])
    status: CourseStatus
    version: int = Field(description="That learners read; 0 before the first.")
    title: str
    description: str
    outcomes: list[str]
    product_suite: str | None
    product: str | None
    product_concept: str | None
    tags: list[str]
    badge: str | None
    difficulty_level: str | None
    duration_override: int | None
    estimated_duration_minutes: int
    prerequisite_ids: list[str]
    related_item_ids: list[str]
    self_marking: bool
    certificate: bool
    validity_months: int | None
    renewal_window_days: int
    owner_user_id: str
    draft_changed: bool = Field(description="Somebody wrote since it was published last.")
    ready_at: datetime | None = Field(description="When its author asked for it to be published.")
    published_at: datetime | None
    updated_at: datetime
    sections: list[DraftSection]

    @classmethod
    def now(cls, request: Request, course_id: str) -> CourseDraft:
        """As it stands. Raises NotFound, Refused for those who may not edit it, archived or not."""
        course = courses.readable(course_id, request.user)
        courses.check_sees_draft(course, request.user)
        return cls.of(request, course)

    @classmethod
    def of(cls, request: Request, course: Course) -> CourseDraft:
        etags.revision(request, int(course.rev))
        sections, written = arranged(course)
        plain: dict[str, Any] = {name: getattr(course, name) for name in cls.model_fields if name != "sections"}
        lists = {name: list(value) for name, value in plain.items() if isinstance(value, list | set | tuple)}
        told = [
            DraftSection(
                section_id=one.section_id,
                title=one.title,
                lessons=[_line(lesson) for lesson in written if lesson.section_id == one.section_id],
            )
            for one in sections
        ]
        return cls(**plain | lists, sections=told)


def draft_created(request: Request, course_id: str) -> Status[CourseDraft]:
    return created(request, f"courses/{course_id}/draft", CourseDraft.now(request, course_id))


class LessonEdit(Input):
    """What is left out stays as it is; what its kind does not have is refused."""

    title: Title = ""
    description: Description = ""
    required: Flag = True
    duration_seconds: Annotated[
        Annotated[Number, Field(ge=1, le=LONGEST)] | None, Field(description="Null to have it computed.")
    ] = None
    body: str = Field("", max_length=MOST_BODY, description="Markdown; of a text.")
    content_id: Id | None = Field(None, description="Of a document: an item of the library.")
    url: str = Field("", max_length=MOST_URL, description="Of a link.")
    note: str = Field("", max_length=MOST_NOTE, description="Of a document or a link: what to look for.")

    def fields(self, kind: LessonType, by: Person, before: Lesson | None = None) -> lessons.Fields:
        given = self.model_dump(exclude_unset=True, exclude=_NOT_FIELDS)
        own, elsewhere = content_fields(kind), _CONTENT - content_fields(kind)
        if wrong := sorted(elsewhere & given.keys()):
            raise Invalid(fields=dict.fromkeys(wrong, f"A lesson of the kind “{kind.value}” has no such field."))
        content = dict(before.content) if before else dict.fromkeys(own, "")
        if item := given.get("content_id"):
            check_named("content_id", ItemSource(by), [item], [str(content.get("content_id") or "")])
        kept = asdict(lessons.fields_of(before)) if before else {}
        plain = {name: value for name, value in given.items() if name not in _CONTENT}
        if "duration_seconds" in plain:
            plain["duration_seconds"] = plain["duration_seconds"] or 0
        written = {name: given[name] or "" for name in own & given.keys()}
        return lessons.Fields(**kept | plain | {"content": content | written})


class NewLesson(LessonEdit):
    kind: LessonType
    title: Title
    section_id: Id | None = Field(None, description="The last section, unless told.")


_CONTENT = frozenset({"body", "content_id", "url", "note"})
_NOT_FIELDS = {"kind", "section_id"}


class LessonDraft(Output):
    """Videos and quizzes hold more, at addresses of their own: `video`, `quiz`."""

    course_id: str
    lesson_id: str
    section_id: str
    kind: LessonType
    title: str
    description: str
    required: bool
    duration_seconds: int
    body: str
    content_id: str | None
    url: str
    note: str
    updated_at: datetime

    @classmethod
    def of(cls, request: Request, lesson: Lesson) -> LessonDraft:
        etags.revision(request, lesson.text_rev)
        content = {name: str(lesson.content.get(name) or "") for name in ("body", "url", "note")}
        plain = ("course_id", "lesson_id", "section_id", "title", "description", "required", "updated_at")
        return cls(
            kind=LessonType(lesson.lesson_type),
            duration_seconds=int(lesson.duration_seconds),
            content_id=lesson.content.get("content_id") or None,
            **{name: getattr(lesson, name) for name in plain} | content,
        )


def _line(lesson: Lesson) -> DraftLine:
    return DraftLine(
        lesson_id=lesson.lesson_id,
        title=lesson.title,
        kind=LessonType(lesson.lesson_type),
        required=bool(lesson.required),
        duration_seconds=int(lesson.duration_seconds),
    )
