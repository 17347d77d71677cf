"""What is hers to learn and how far she is: always the token's own person, whoever a program would like to name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ninja import Router
from pydantic import Field

from accounts.http import Request
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core.api.schemas import Cursor, Listing, Output
from core.paging import Page, seal, unseal
from lms.api.courses import CourseProgressOut
from lms.enums import ProgressStatus
from lms.models import CourseProgress, PathProgress
from lms.pages.cycle_history import Cycle, history_of
from lms.pages.progress_lines import progress_lines
from lms.services import cycles, learning
from lms.store import learning as rows

router = Router(tags=["Progress"], auth=Bearer(Area.LEARNING))
_AT_ONCE = 50


class ProgressRow(Output):
    """A course that you have begun, in its present cycle."""

    course_id: str
    title: str = Field(description="Empty where the course is not yours to see any more.")
    state: ProgressStatus
    percent: int
    started_at: datetime
    last_opened_at: datetime
    completed_at: datetime | None
    valid_until: datetime | None
    cycle: int
    points: int | None
    points_possible: int | None
    certificate_id: str | None


class ProgressList(Listing[ProgressRow]):
    total: int


class LessonProgressOut(Output):
    lesson_id: str
    state: ProgressStatus
    percent: int


class CourseStanding(Output):
    course_id: str
    version: int
    progress: CourseProgressOut
    lessons: list[LessonProgressOut]


class CycleOut(Output):
    """A time that you have taken the course."""

    number: int
    percent: int
    started_at: datetime
    completed_at: datetime | None
    version: int
    certificate_id: str | None

    @classmethod
    def of(cls, cycle: Cycle) -> CycleOut:
        certificate = cycle.certificate.certificate.certificate_id if cycle.certificate else None
        plain = {name: getattr(cycle, name) for name in cls.model_fields if name != "certificate_id"}
        return cls(**plain, certificate_id=certificate)


class CourseHistory(Output):
    items: list[CycleOut]


class PathProgressRow(Output):
    path_id: str
    state: ProgressStatus
    percent: int
    started_at: datetime
    completed_at: datetime | None

    @classmethod
    def of(cls, row: PathProgress) -> PathProgressRow:
        return cls(
            path_id=row.path_id,
            state=ProgressStatus.COMPLETED if row.completed_at else ProgressStatus.IN_PROGRESS,
            percent=100 if row.completed_at else int(row.progress_percentage),
            started_at=row.started_at,
            completed_at=row.completed_at,
        )


class PathProgressList(Output):
    items: list[PathProgressRow]


@router.get("", response=ProgressList, operation_id="listProgress", summary="My courses, last opened first")
def progress(request: Request, cursor: Cursor = "") -> ProgressList:
    begun = sorted(rows.courses_begun(request.user.user_id), key=_place, reverse=True)
    page = _page(begun, f"progress:{request.user.user_id}", cursor)
    lines = [ProgressRow.model_validate(line) for line in progress_lines(request.user, page.items)]
    return ProgressList(items=lines, next_cursor=page.next_cursor, total=len(begun))


@router.get("/paths", response=PathProgressList, operation_id="listPathProgress", summary="The paths I am on")
def progress_paths(request: Request) -> PathProgressList:
    return PathProgressList(items=[PathProgressRow.of(row) for row in rows.paths_begun(request.user.user_id)])


@router.get(
    "/courses/{course_id}", response=CourseStanding, operation_id="getProgress", summary="How far I am in a course"
)
def progress_of_course(request: Request, course_id: str) -> CourseStanding:
    taken = learning.settle(learning.load(request.user, course_id))
    standings = {one: taken.standing(one) for one in taken.outline.by_id}
    return CourseStanding(
        course_id=course_id,
        version=taken.outline.version,
        progress=CourseProgressOut.of(taken),
        lessons=[
            LessonProgressOut(lesson_id=one, state=standing.status, percent=standing.percent)
            for one, standing in standings.items()
        ],
    )


@router.get(
    "/courses/{course_id}/history",
    response=CourseHistory,
    operation_id="getProgressHistory",
    summary="Each time that I have taken it, newest first",
)
def progress_history(request: Request, course_id: str) -> CourseHistory:
    return CourseHistory(items=[CycleOut.of(cycle) for cycle in history_of(request.user, course_id).cycles])


@router.post(
    "/courses/{course_id}/renew", response=CourseStanding, operation_id="renewCourse", summary="Take a course again"
)
def progress_renew(request: Request, course_id: str) -> CourseStanding:
    """Begins the next cycle, once the course may be renewed. Asked for twice it is done once."""
    cycles.renew(course_id=course_id, by=request.user)
    return progress_of_course(request, course_id)


def _page(begun: Sequence[CourseProgress], scope: str, cursor: str) -> Page[CourseProgress]:
    """Those after the last one of the page before, which may have been opened again since."""
    after = unseal(scope, cursor or None)
    left = [row for row in begun if after is None or _place(row) < tuple(after)]
    shown = left[:_AT_ONCE]
    return Page(shown, seal(scope, _place(shown[-1])) if len(left) > len(shown) else None)


def _place(row: CourseProgress) -> tuple[float, str]:
    return row.last_accessed_at.timestamp(), str(row.course_id)
