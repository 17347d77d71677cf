"""What is to be assigned: the course or path, until when, and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from accounts.models import Profile
from accounts.time_zones import is_known
from core import clock
from core.errors import Invalid, Refused
from lms import store
from lms.enums import CourseStatus
from lms.models import Assignment, Course, Path
from lms.rules import dues
from lms.rules.dues import Due
from lms.store import paths as path_store

COURSE, PATH = "course", "path"
MANUAL = "manual"
RULE = "rule:"
"""Before the id of a standing assignment, where that is the origin."""
MOST_NOTE = 500


@dataclass(frozen=True)
class When:
    """Either a day, which ends where each person lives, or one instant for all, or so many `days` from the day on which
    it is assigned. `zone` is that of who wrote it down."""

    day: date | None = None
    at: datetime | None = None
    zone: str = ""
    days: int | None = None

    def for_zone(self, zone: str) -> Due | None:
        if self.days:
            return dues.due_on(clock.now().astimezone(ZoneInfo(zone)).date() + timedelta(days=self.days), zone)
        if self.day:
            return dues.due_on(self.day, zone)
        return Due(self.at, self.zone or zone) if self.at else None


NEVER = When()


@dataclass(frozen=True)
class Target:
    kind: str
    target_id: str
    title: str
    is_open: bool = True

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.target_id}"


@dataclass(frozen=True)
class Order:
    """`origin` is what asked for it: the same target, cycle and origin make one assignment, however often it is given."""

    target: Target
    when: When = NEVER
    note: str = ""
    must_redo: bool = False
    origin: str = MANUAL

    @property
    def is_standing(self) -> bool:
        """Asked for by a rule, once of each person; what its certificate is worth later is another matter."""
        return self.origin.startswith(RULE)


def target_of(kind: str, target_id: str) -> Target:
    """Raises NotFound; Refused for what cannot be assigned now."""
    found = of_path(path_store.path_by_id(target_id)) if kind == PATH else of_course(store.course_by_id(target_id))
    if not found.is_open:
        raise Refused(f"“{found.title}” is not published, so that nobody could begin it.")
    return found


def of_course(course: Course) -> Target:
    """By the title that learners read."""
    title = str((course.live or {}).get("title") or course.title)
    return Target(COURSE, course.course_id, title, course.status == CourseStatus.PUBLISHED)


def of_path(path: Path) -> Target:
    return Target(PATH, path.path_id, path.title, path.status == CourseStatus.PUBLISHED)


def check(order: Order) -> None:
    """Raises Invalid."""
    if len(order.note) > MOST_NOTE:
        raise Invalid(fields={"note": f"Keep the note under {MOST_NOTE} characters."})
    check_when(order.when)


def check_when(when: When) -> None:
    """Raises Invalid. A day must not be over for anybody, so it is asked where days begin and end last."""
    due = when.for_zone("Pacific/Pago_Pago")
    if due and (problem := dues.problem_with(due.at, clock.now())):
        raise Invalid(fields={"due_on": problem})


def zone_of(profile: Profile | None) -> str:
    """Hers, else the organisation's."""
    own = profile.time_zone if profile else ""
    return own if own and is_known(own) else settings.ORGANISATION_TIME_ZONE


def put_due(assignment: Assignment, due: Due | None) -> None:
    assignment.due_at = due.at if due else None
    assignment.due_date = clock.iso(due.at) if due else None
    assignment.due_zone = due.zone if due else None
    assignment.due_on = due.on.isoformat() if due and due.on else None
    assignment.overdue_told_at = assignment.reminded = None


def due_of(assignment: Assignment) -> Due | None:
    if not assignment.due_at:
        return None
    day = date.fromisoformat(assignment.due_on) if assignment.due_on else None
    return Due(assignment.due_at, assignment.due_zone or "UTC", day)
