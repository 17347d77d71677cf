"""Taking a course again: a new cycle begins empty, and everything of the one before stays readable.

There is one open cycle of a course per person at most, whoever opens it and however often.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.person import Person
from core import clock
from core.aws.records import Put
from core.errors import NotFound, Refused, Stale
from core.events import Event, telling
from lms import store
from lms.enums import CertificateState, CourseStatus, ProgressStatus
from lms.models import Course, CourseProgress, LessonProgress
from lms.rules import certificates as rules
from lms.rules.certificates import Validity
from lms.rules.outline import Outline
from lms.services.consequences import Consequences
from lms.store import certificates
from lms.store import learning as rows


@dataclass(frozen=True)
class Renewal:
    """How long a completion holds, and whether its learner may take the course again now."""

    state: CertificateState
    valid_until: datetime | None
    opens_at: datetime | None
    can_renew: bool


def renewal_of(outline: Outline, summary: CourseProgress | None, now: datetime) -> Renewal | None:
    """None while the present cycle is not finished, and for what holds for ever."""
    if summary is None or not summary.completed_at or not summary.valid_until:
        return None
    validity = Validity(summary.valid_until, outline.renewal_window_days)
    state, opens_at = rules.state(validity, now), validity.window_opens
    return Renewal(state, summary.valid_until, opens_at, rules.can_renew(validity, now))


def past_of(user_id: str, course_id: str) -> list[CourseProgress]:
    """The cycles that are over, oldest first."""
    return rows.cycles_over(user_id, course_id)


def lessons_of(user_id: str, course_id: str) -> list[LessonProgress]:
    """Her lessons of all cycles; each says of which it is."""
    return rows.lesson_rows(user_id, course_id)


def renew(*, course_id: str, by: Person) -> CourseProgress:
    """For the learner herself, once the window is open. Asked for twice it is done once.

    Raises NotFound for a course she has not begun, Refused when there is nothing to renew yet.
    """
    course, summary = _begun(by.user_id, course_id)
    if not summary.completed_at and int(summary.cycle) > 1:
        return summary
    if course.status != CourseStatus.PUBLISHED:
        raise Refused("This course is no longer offered, so it cannot be taken again.")
    outline = store.outline_of(course_id, int(course.version))
    renewal = renewal_of(outline, summary, clock.now())
    if renewal is None:
        raise Refused("There is nothing to renew: this course has no end of validity, or is not finished.")
    if not renewal.can_renew and not _certificate_says_so(summary):
        raise Refused("It is too early to renew. You can take the course again once the renewal window is open.")
    return _open(summary, outline, by)


def open_next(*, user_id: str, course_id: str, by: Person) -> CourseProgress | None:
    """For assignments that want the course done anew, window or not. The open cycle when there is one already.

    None for somebody who has never begun it: her first cycle begins by itself.
    """
    try:
        course, summary = _begun(user_id, course_id)
    except NotFound:
        return None
    if not summary.completed_at:
        return summary
    return _open(summary, store.outline_of(course_id, int(course.version)), by)


def next_cycle(summary: CourseProgress, outline: Outline, by: Person, now: datetime) -> Consequences:
    """The finished roll-up moved to where past cycles are kept, and an empty one in its place.

    To be written in one transaction, perhaps with what asks for it: it is Stale when somebody else was first.
    """
    values = {name: value for name, value in summary.attribute_values.items() if name not in ("rev", "key")}
    kept = CourseProgress(key=rows.course_key(summary.course_id, int(summary.cycle)), **values)
    fresh = CourseProgress(
        user_id=summary.user_id,
        key=summary.key,
        course_id=summary.course_id,
        status=ProgressStatus.IN_PROGRESS.value,
        started_at=now,
        last_accessed_at=now,
        course_version=outline.version,
        cycle=int(summary.cycle) + 1,
        rev=summary.rev,
    )
    told = Event(
        "course.opened",
        summary.course_id,
        by.user_id,
        {"version": outline.version, "cycle": int(fresh.cycle), "user_id": str(summary.user_id)},
    )
    return Consequences([Put(kept), Put(fresh)], events=[told])


def _certificate_says_so(summary: CourseProgress) -> bool:
    """What she was promised holds, though the course has another window since."""
    held = certificates.find_certificate(summary.certificate_id) if summary.certificate_id else None
    return held is not None and rules.can_renew(Validity(held.valid_until, int(held.renewal_window_days)), clock.now())


def _begun(user_id: str, course_id: str) -> tuple[Course, CourseProgress]:
    summary = rows.course_progress(user_id, course_id, fresh=True)
    if summary is None:
        raise NotFound()
    return store.course_by_id(course_id, fresh=True), summary


def _open(summary: CourseProgress, outline: Outline, by: Person) -> CourseProgress:
    told = next_cycle(summary, outline, by, clock.now())
    try:
        with telling(*told.events):
            rows.save(*told.changes)
    except Stale:
        now_open = rows.course_progress(summary.user_id, summary.course_id, fresh=True)
        if now_open is None or now_open.completed_at or int(now_open.cycle) == int(summary.cycle):
            raise
        return now_open  # the same button, pressed twice, or an assignment that came between
    made = told.changes[1].record
    assert isinstance(made, CourseProgress)
    return made
