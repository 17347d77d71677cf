"""How far a person is, written down.

Progress only ever goes forwards within a cycle. Each write is conditional on what was read: of two tabs that write at
once the loser reads again and repeats, so nothing is lost and nothing counted twice.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from accounts.person import Person
from core import clock
from core.aws.records import Put
from core.errors import Stale
from core.events import Event, telling
from lms.enums import CompletionReason, ProgressStatus
from lms.models import CourseProgress, LessonProgress
from lms.rules.outline import Entry
from lms.services import completion
from lms.services.taking import Learning, load
from lms.store import learning as rows_store
from lms.store.learning import Beside

_TRIES = 8
_A_VISIT = timedelta(minutes=5)
"""Looking at the same lesson again within it is one visit."""

Change = Callable[[LessonProgress], None]
"""Puts into the row what is known now; it may be called again on a row that was read afresh."""


def visit(*, course_id: str, lesson_id: str, by: Person, beside: Beside | None = None) -> Learning:
    """As `open_lesson`, for a page that is looked at: writes only when that tells something new.

    Raises NotFound for a lesson that is not in what she reads.
    """
    learning = load(by, course_id, beside=beside)
    entry = learning.entry(lesson_id)
    if _is_here(learning, entry):
        return learning
    try:
        _write(learning, entry, _touch)
    except Stale:
        return record(course_id=course_id, lesson_id=lesson_id, change=_touch, by=by, beside=beside)
    return learning


def _is_here(learning: Learning, entry: Entry) -> bool:
    summary = learning.summary
    if summary is None or learning.standing(entry.lesson_id).status is ProgressStatus.NOT_STARTED:
        return False
    if not learning.finished and learning.rollup.complete:
        return False
    return summary.last_lesson_id == entry.lesson_id and clock.now() - summary.last_accessed_at < _A_VISIT


def _touch(row: LessonProgress) -> None:
    row.last_accessed_at = clock.now()


def open_lesson(*, course_id: str, lesson_id: str, by: Person) -> Learning:
    """Notes that she is at this lesson now: begins course and lesson if she had not."""
    return record(course_id=course_id, lesson_id=lesson_id, change=_touch, by=by)


def complete_lesson(*, course_id: str, lesson_id: str, by: Person) -> Learning:
    """For what the learner, or the lesson's own rule, says is done. The rule is checked by whoever calls."""

    def complete(row: LessonProgress) -> None:
        row.status = ProgressStatus.COMPLETED.value

    return record(course_id=course_id, lesson_id=lesson_id, change=complete, by=by)


def record(*, course_id: str, lesson_id: str, change: Change, by: Person, beside: Beside | None = None) -> Learning:
    """Applies a change to her row of a lesson, and all that follows from it, in one transaction.

    Raises NotFound for a lesson that is not in what she reads.
    """
    for tried in range(_TRIES):
        learning = load(by, course_id, fresh=True, beside=beside)
        entry = learning.entry(lesson_id)
        try:
            _write(learning, entry, change, again=tried > 0)
        except Stale:
            if tried == _TRIES - 1:
                raise
            continue
        return learning
    raise Stale()


def settle(learning: Learning) -> Learning:
    """Completes a course that became complete without its learner's doing, because lessons were removed from it."""
    if learning.summary and not learning.finished and learning.rollup.complete:
        now = clock.now()
        told = _complete(learning, learning.summary, CompletionReason.CONTENT_CHANGE, now)
        try:
            with telling(*told.events):
                rows_store.save(
                    Put(learning.summary), rows_store.still_published(learning.course), *told.changes, audit=told.audit
                )
        except Stale:  # another of her tabs looked at the same moment
            seen = load(learning.person, learning.outline.course_id, fresh=True)
            seen.beside = learning.beside
            return seen
    return learning


def _write(learning: Learning, entry: Entry, change: Change, *, again: bool = False) -> None:
    """Made `again`, after another write came first, it leaves be what that one has said already."""
    now, was_waiting = clock.now(), learning.rollup.complete
    row, kept = _row_for(learning, entry, now)
    before, known = ProgressStatus(row.status), _told(row)
    change(row)
    _forwards(row, before, now)
    row.course_version = learning.outline.version
    if again and _told(row) == known and (learning.finished or not learning.rollup.complete):
        return
    row.last_accessed_at = now
    learning.put_row(row)
    summary = learning.summary or _new_summary(learning, now)
    summary.last_accessed_at, summary.last_lesson_id = now, entry.lesson_id
    events = _lesson_events(learning, entry, before, row)
    told = completion.NOTHING
    if not summary.completed_at:
        _follow(summary, learning)
        if learning.rollup.complete:
            reason = CompletionReason.CONTENT_CHANGE if was_waiting else CompletionReason.LEARNING
            told = _complete(learning, summary, reason, now)
    with telling(*events, *told.events):
        rows_store.save(
            Put(row),
            Put(summary),
            *([Put(kept)] if kept else []),
            rows_store.still_published(learning.course),
            *told.changes,
            audit=told.audit,
        )
        learning.summary = summary


def _follow(summary: CourseProgress, learning: Learning) -> None:
    """What lists say of her: within a version only forwards; a version that asks for more begins where she is in it."""
    same = int(summary.course_version) == learning.outline.version
    least = int(summary.progress_percentage) if same else 0
    summary.progress_percentage = max(least, learning.rollup.percent)
    summary.course_version = learning.outline.version


def _told(row: LessonProgress) -> dict[str, Any]:
    """All that it says but when it was last looked at."""
    return {name: value for name, value in row.attribute_values.items() if name != "last_accessed_at"}


def _row_for(learning: Learning, entry: Entry, now: datetime) -> tuple[LessonProgress, LessonProgress | None]:
    """Her row of the present cycle, and the row of the last one that it takes the place of, to be kept elsewhere."""
    if entry.lesson_id in learning.rows:
        row = learning.rows[entry.lesson_id]
        if int(row.course_version) < entry.redo_from and not learning.finished:
            _begin_again(row, now)
        return row, None
    key = rows_store.lesson_key(course_id := learning.outline.course_id, entry.lesson_id)
    row = LessonProgress(
        user_id=learning.person.user_id,
        key=key,
        course_id=course_id,
        lesson_id=entry.lesson_id,
        status=ProgressStatus.NOT_STARTED.value,
        started_at=now,
        last_accessed_at=now,
        cycle=learning.cycle,
    )
    old = next((one for one in learning.past if one.key == key), None)
    if old is None:
        return row, None
    kept = LessonProgress(**{name: value for name, value in old.attribute_values.items() if name != "rev"})
    kept.key = rows_store.lesson_key(course_id, entry.lesson_id, int(old.cycle))
    row.rev = old.rev
    return row, kept


def _begin_again(row: LessonProgress, now: datetime) -> None:
    row.status, row.progress_percentage = ProgressStatus.NOT_STARTED.value, 0
    row.started_at, row.completed_at = now, None
    row.ranges, row.position, row.points, row.points_possible = None, 0, None, None


def _forwards(row: LessonProgress, before: ProgressStatus, now: datetime) -> None:
    """Whatever the change said: begun at least, and what was completed stays so, with its first date."""
    order = list(ProgressStatus)
    after = ProgressStatus(row.status)
    status = max(before, after, ProgressStatus.IN_PROGRESS, key=order.index)
    row.status = status.value
    if status is ProgressStatus.COMPLETED:
        row.progress_percentage = 100
        row.completed_at = row.completed_at or now


def _new_summary(learning: Learning, now: datetime) -> CourseProgress:
    return CourseProgress(
        user_id=learning.person.user_id,
        key=rows_store.course_key(learning.outline.course_id),
        course_id=learning.outline.course_id,
        status=ProgressStatus.IN_PROGRESS.value,
        started_at=now,
        last_accessed_at=now,
        course_version=learning.outline.version,
    )


def _complete(
    learning: Learning, summary: CourseProgress, reason: CompletionReason, now: datetime
) -> completion.Consequences:
    summary.status = ProgressStatus.COMPLETED.value
    summary.progress_percentage = 100
    summary.completed_at, summary.completion_reason = now, reason.value
    summary.course_version = learning.outline.version
    points = [row for row in learning.rows.values() if row.points_possible]
    if points:
        summary.points = sum(int(row.points or 0) for row in points)
        summary.points_possible = sum(int(row.points_possible or 0) for row in points)
    learning.summary = summary
    event = Event(
        "course.completed",
        learning.outline.course_id,
        learning.person.user_id,
        {"version": learning.outline.version, "cycle": learning.cycle, "reason": reason.value},
    )
    return completion.consequences(learning.person, learning.outline, summary, now).with_event(event)


def _lesson_events(learning: Learning, entry: Entry, before: ProgressStatus, row: LessonProgress) -> list[Event]:
    course_id, version, person_id = learning.outline.course_id, learning.outline.version, learning.person.user_id
    events = []
    if learning.summary is None:
        events.append(Event("course.opened", course_id, person_id, {"version": version}))
    if before is ProgressStatus.NOT_STARTED:
        events.append(Event("lesson.started", entry.lesson_id, person_id, {"course_id": course_id, "version": version}))
    if before is not ProgressStatus.COMPLETED and row.status == ProgressStatus.COMPLETED:
        told = Event("lesson.completed", entry.lesson_id, person_id, {"course_id": course_id, "version": version})
        events.append(told)
    return events
