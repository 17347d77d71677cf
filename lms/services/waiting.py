"""People for whom a course became complete because it became shorter, and who have not looked since.

Whoever looks is completed by looking (`learning.settle`). Who is assigned the course need not look to be done in time.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from core.errors import NotFound, PortalError
from lms.enums import CourseStatus
from lms.models import Assignment
from lms.rules import dues
from lms.services import grading, learning
from lms.store.assignments import assignments_to
from lms.store.courses import courses_with_status

logger = logging.getLogger(__name__)

_BACK = timedelta(hours=1)
"""Publications that are looked at: longer than the pause between two sweeps."""
_MOST = 100


def settle_assigned(now: datetime) -> int:
    """After what was published lately; how many were completed. Done again it finds nothing more to do."""
    settled = 0
    for course in courses_with_status(CourseStatus.PUBLISHED, limit=_MOST).items:
        if course.published_at < now - _BACK:
            break
        if int(course.version) > 1:
            settled += sum(_settled(one.user_id, course.course_id) for one in _open_for(course.course_id))
    return settled


def _open_for(course_id: str) -> list[Assignment]:
    return [one for one in assignments_to(course_id) if one.status in dues.OPEN]


def _settled(user_id: str, course_id: str) -> bool:
    try:
        taken = learning.load(grading.learner(user_id), course_id, fresh=True)
        was_finished = taken.finished
        return learning.settle(taken).finished and not was_finished
    except NotFound:
        return False
    except PortalError:  # somebody writes at this moment, and is completed by that or by the next sweep
        logger.exception("course not settled", extra={"course": course_id})
        return False
