"""Courses as their learners find and read them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Query, Router, Status
from pydantic import Field

from accounts.http import Request
from accounts.permissions import Permission, require
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from content.access import items_for_reading
from content.api.items import ItemRow, ItemRows
from content.rows import rows_of
from core import clock
from core.api.idempotency import made_id, once
from core.api.schemas import Listing, Output
from lms.api.draft_schemas import COURSE_ID, CourseDraft, NewCourse, draft_created
from lms.enums import LessonType, ProgressStatus
from lms.pages.cards import state_of
from lms.pages.catalogue import CATALOGUE, listing
from lms.pages.course import CoursePage, Line, Part, course_page, load_for_page
from lms.services import courses as drafts
from lms.services import learning
from lms.services.learning import Learning
from metadata.api.faceted import NONE, Facet, FacetedQuery, Values

router = Router(tags=["Courses"], auth=Bearer(Area.LEARNING))


class CourseQuery(FacetedQuery):
    """The filters of the catalogue, under the same names."""

    state: Values = Field([], max_length=3, description="How far you are, for example `in_progress`.")
    suite: Values = Field([], max_length=50, description="Ids or slugs of suites.")
    product: Values = NONE
    concept: Values = NONE
    tag: Values = NONE
    badge: Values = NONE
    level: Values = Field([], max_length=3, description="For example `beginner`.")
    duration: Values = NONE
    sort: Literal["", "newest", "title", "relevance"] = ""


class CourseRow(Output):
    """A course as the catalogue shows it: words, not ids."""

    course_id: str = Field(examples=[COURSE_ID])
    title: str = Field(examples=["Renewals in practice"])
    summary: str
    suite: str
    concept: str
    level: str = Field(examples=["Beginner"])
    duration: str = Field(examples=["25 min"])
    lessons: str = Field(examples=["4 lessons"])
    state: ProgressStatus = Field(description="How far you are.")
    percent: int


class CourseList(Listing[CourseRow]):
    total: int
    facets: list[Facet]


class OutlineLesson(Output):
    lesson_id: str
    title: str
    description: str
    kind: LessonType
    required: bool
    duration_seconds: int
    state: ProgressStatus
    new: bool = Field(description="It came after you had completed the course.")

    @classmethod
    def of(cls, line: Line) -> OutlineLesson:
        entry = line.entry
        return cls(
            lesson_id=entry.lesson_id,
            title=entry.title,
            description=entry.description,
            kind=entry.lesson_type,
            required=entry.required,
            duration_seconds=entry.duration_seconds,
            state=ProgressStatus(line.state),
            new=line.new,
        )


class OutlineSection(Output):
    title: str
    lessons: list[OutlineLesson]

    @classmethod
    def of(cls, part: Part) -> OutlineSection:
        return cls(title=part.title, lessons=[OutlineLesson.of(line) for line in part.lines])


class Prerequisite(Output):
    course_id: str
    title: str
    state: ProgressStatus


class CourseProgressOut(Output):
    """How far you are."""

    state: ProgressStatus
    percent: int
    done: int = Field(description="Of the required lessons.")
    required: int
    next_lesson_id: str | None = Field(description="Where to go on; null when nothing is left to do.")
    completed_at: datetime | None
    valid_until: datetime | None
    certificate_id: str | None
    cycle: int = Field(description="1, and one more with every renewal.")

    @classmethod
    def of(cls, taken: Learning) -> CourseProgressOut:
        summary, rollup, following = taken.summary, taken.rollup, taken.next
        return cls(
            state=ProgressStatus(state_of(summary)),
            percent=taken.percent,
            done=rollup.done,
            required=rollup.required,
            next_lesson_id=following.lesson_id if following else None,
            completed_at=summary.completed_at if summary else None,
            valid_until=summary.valid_until if summary else None,
            certificate_id=summary.certificate_id if summary else None,
            cycle=taken.cycle,
        )


class Course(Output):
    """The published course, as you find it. Authors read what they write at `/v1/courses/{course_id}/draft`."""

    course_id: str = Field(examples=[COURSE_ID])
    version: int = Field(description="The number of the publication that learners read.")
    title: str
    description: str
    outcomes: list[str]
    suite: str
    product: str
    concept: str
    level: str
    duration_minutes: int
    owner_user_id: str
    owner_name: str
    withdrawn: bool = Field(description="Out of the catalogue; who had begun may go on.")
    gives_certificate: bool
    may_renew: bool = Field(description="`renew` begins the next cycle now.")
    progress: CourseProgressOut
    prerequisites: list[Prerequisite]
    sections: list[OutlineSection]

    @classmethod
    def of(cls, taken: Learning, page: CoursePage) -> Course:
        outline = taken.outline
        return cls(
            course_id=outline.course_id,
            version=outline.version,
            title=outline.title,
            description=outline.description,
            outcomes=list(outline.outcomes),
            suite=page.suite,
            product=page.product,
            concept=page.concept,
            level=page.level,
            duration_minutes=outline.duration_minutes,
            owner_user_id=taken.course.owner_user_id,
            owner_name=page.owner,
            withdrawn=page.withdrawn,
            gives_certificate=outline.certificate,
            may_renew=bool(page.renewal and page.renewal.can_renew),
            progress=CourseProgressOut.of(taken),
            prerequisites=[Prerequisite.model_validate(one) for one in page.prerequisites],
            sections=[OutlineSection.of(part) for part in page.parts],
        )


@router.get("", response=CourseList, operation_id="listCourses", summary="The catalogue, filtered")
def courses(request: Request, wanted: Query[CourseQuery]) -> CourseList:
    found = listing(request.user, wanted.filters(CATALOGUE, request.user.user_id), wanted.cursor or None)
    return CourseList(
        items=[CourseRow.model_validate(card) for card in found.rows],
        next_cursor=found.next_cursor,
        total=found.total,
        facets=[Facet.model_validate(facet) for facet in found.facets],
    )


@router.post("", response={201: CourseDraft}, operation_id="createCourse", summary="Begin a draft of your own")
@once(lambda request, course_id: draft_created(request, course_id))
def course_create(request: Request, new: NewCourse) -> Status[CourseDraft]:
    require(request.user, Permission.COURSES_AUTHOR)
    made = drafts.create(fields=new.fields(request.user), course_id=made_id(request), by=request.user)
    return draft_created(request, str(made.course_id))


@router.get("/{course_id}", response=Course, operation_id="getCourse", summary="A course, and how far you are")
def course(request: Request, course_id: str) -> Course:
    taken = load_for_page(request.user, course_id)
    return Course.of(taken, course_page(taken))


@router.get(
    "/{course_id}/related",
    response=ItemRows,
    operation_id="listRelatedContent",
    summary="Items of the library that go with it, as far as you may see them",
)
def course_related(request: Request, course_id: str) -> ItemRows:
    taken = learning.load(request.user, course_id)
    rows = rows_of(items_for_reading(request.user, taken.outline.related_item_ids), clock.now(), names={})
    return ItemRows(items=[ItemRow.of(row) for row in rows], next_cursor=None)
