"""Courses follow their options: rewritten after a merge, taken back when it is undone, found anew after a rename."""

from __future__ import annotations

import logging
from collections.abc import Callable

from accounts.person import SYSTEM
from content.rules import relabelling
from core.aws.records import Check, Delete, Put
from core.errors import NotFound, PortalError, Stale
from core.events import Event, publish
from lms import store
from lms.documents.courses import COURSE
from lms.models import Course
from lms.services import courses
from lms.uses import naming
from metadata import store as options
from metadata.enums import JobKind
from metadata.models import Job, Trace
from metadata.references import Step

logger = logging.getLogger(__name__)

_TRIES = 3


def follow(job: Job, cursor: str, limit: int) -> Step:
    """The next `limit` courses; those that cannot be changed now come again with the next step."""
    if job.kind == JobKind.RENAME:
        found = naming(job.source_id, limit, after=cursor)
        for course_id in found:
            _index(course_id)
        return Step(len(found), found[-1] if len(found) == limit else None)
    if job.undone_at:
        traces = options.traces_of(job, limit, of=COURSE)
        done = sum(
            _tried(course_id, lambda course_id: _take_back(job, traces[course_id], course_id)) for course_id in traces
        )
        return Step(done, None if done == len(traces) < limit else "more")
    found = naming(job.source_id, limit)
    done = sum(_tried(course_id, lambda course_id: _rewrite(job, course_id)) for course_id in found)
    return Step(done, None if done == len(found) < limit else "more")


def _tried(course_id: str, change: Callable[[str], None]) -> int:
    """1 when it was done, 0 when it has to wait. Whoever edits at this moment goes first."""
    for _ in range(_TRIES):
        try:
            change(course_id)
        except Stale:
            continue
        except PortalError as error:
            logger.warning("a course did not follow its option", extra={"error_type": type(error).__name__})
            return 0
        _index(course_id)
        return 1
    return 0


def _index(course_id: str) -> None:
    publish(Event("course.relabelled", course_id, SYSTEM.user_id))


def _rewrite(job: Job, course_id: str) -> None:
    """With a trace to undo it. Where a course is found stands on the course alone: no snapshot names an option."""
    course = store.find_course(course_id, fresh=True)
    if course is None:
        return
    changed = relabelling.follow(course, job.source_id, job.target_id, courses.SINGLE)
    if changed:
        trace = options.trace_of(job, course_id, {"course": changed}, of=COURSE)
        _save(course, {"into": job.target_id}, trace, options.still_merging(job))


def _take_back(job: Job, trace: Trace, course_id: str) -> None:
    try:
        course = store.course_by_id(course_id, fresh=True)
    except NotFound:
        options.forget_trace(trace)
        return
    if relabelling.come_back(course, job.source_id, job.target_id, dict(trace.fields)["course"]):
        _save(course, {"back_to": job.source_id}, options.without_trace(trace))
    else:
        options.forget_trace(trace)


def _save(course: Course, changes: dict[str, str], *beside: Put | Delete | Check) -> None:
    """It is no change of what learners read, so the draft is not marked as changed."""
    entry = courses.entry_for("course.relabelled", course, SYSTEM, changes=changes)
    store.save_course(course, also=beside, audit=[entry])
