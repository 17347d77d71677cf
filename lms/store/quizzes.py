"""Access patterns of attempts at quizzes, each one request of a key or an index."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime

from accounts.models import AuditEntry
from core.aws.records import Put, get, get_many, query, write
from lms.models import Attempt, Lesson
from lms.rules.quizzes import Quiz
from lms.store.courses import published_lesson

MOST_OF_ONE = 500
"""Attempts of one person at one quiz."""
MOST_LOOKED_AT = 1_000
"""Attempts of everybody at one quiz that analysis and regrading look at, the latest ones."""
_AT_ONCE = 100


def attempt_key(lesson_id: str, number: int) -> str:
    return f"{lesson_id}#{number:04d}"


def attempt_of(user_id: str, lesson_id: str, number: int) -> Attempt:
    """As it stands now. Raises NotFound."""
    return get(Attempt, user_id, attempt_key(lesson_id, number), consistent=True)


def attempts_of(user_id: str, lesson_id: str) -> list[Attempt]:
    """All of hers at this quiz as they stand now, the first one first."""
    condition = Attempt.key.startswith(f"{lesson_id}#")
    page = query(Attempt, user_id, scope="attempts", limit=MOST_OF_ONE, range_condition=condition, consistent=True)
    return list(page.items)


def latest_attempts(lesson_id: str) -> list[Attempt]:
    """Of everybody, the newest first."""
    page = query(Attempt.by_lesson, lesson_id, scope="quiz", limit=MOST_LOOKED_AT, newest_first=True)
    return list(page.items)


def overdue(day: date, before: datetime) -> Iterator[Attempt]:
    """Open attempts whose deadline was on that UTC day and before that moment."""
    cursor = None
    condition = Attempt.deadline_at < before
    while True:
        page = query(
            Attempt.by_deadline,
            day.isoformat(),
            scope="overdue",
            cursor=cursor,
            limit=_AT_ONCE,
            range_condition=condition,
        )
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            break


def lessons_named(places: Iterable[tuple[str, str]]) -> list[Lesson]:
    """By course and lesson id, those that are still there; one BatchGet per hundred."""
    return get_many(Lesson, places)


def utc_day(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).date().isoformat() if moment else None


def save_attempt(attempt: Attempt, *, audit: Sequence[AuditEntry] = ()) -> None:
    """A learner's own doing leaves no audit entry. Raises Stale when it was changed, or made, meanwhile."""
    write(Put(attempt), audit=audit)


def quiz_at(course_id: str, version: int, lesson_id: str) -> Quiz:
    """As learners of that version have it. Raises NotFound."""
    return _quiz(course_id, int(version), lesson_id)


@functools.lru_cache(maxsize=250)
def _quiz(course_id: str, version: int, lesson_id: str) -> Quiz:
    return Quiz.from_content(published_lesson(course_id, version, lesson_id)["content"])
