"""Access patterns of courses, each one request of a key or an index."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from accounts.models import AuditEntry
from core.aws.records import Check, Delete, Put, find, get, get_many, put_unread, query, write
from core.aws.together import read_together
from core.errors import NotFound
from core.paging import Page
from lms.enums import CourseStatus
from lms.models import Course, Lesson, Snapshot, Transcript
from lms.models.courses import Registered
from lms.rules.outline import Outline

OUTLINE = "course"
MOST_LESSONS = 90
"""All of a course's lessons change places in one transaction, which DynamoDB ends at a hundred writes."""


def course_by_id(course_id: str, *, fresh: bool = False) -> Course:
    """Raises NotFound."""
    return get(Course, course_id, consistent=fresh)


def find_course(course_id: str, *, fresh: bool = False) -> Course | None:
    return find(Course, course_id, consistent=fresh)


def courses_by_ids(course_ids: Sequence[str]) -> list[Course]:
    """In the order asked for; one BatchGet per hundred; missing ones left out."""
    found = {course.course_id: course for course in get_many(Course, course_ids)}
    return [found[course_id] for course_id in dict.fromkeys(course_ids) if course_id in found]


def courses_as_they_are(course_ids: Sequence[str]) -> list[Course]:
    """As `courses_by_ids`, and what was written a moment ago is in it."""
    return read_together({Course: course_ids}, consistent=True).many(Course, dict.fromkeys(course_ids))


def courses_with_status(status: CourseStatus, *, cursor: str | None = None, limit: int = 20) -> Page[Course]:
    """Last published first; what never was has no place in this index."""
    scope = f"courses:{status}"
    return query(Course.published, status.value, scope=scope, cursor=cursor, limit=limit, newest_first=True)


def lesson_by_id(course_id: str, lesson_id: str, *, fresh: bool = False) -> Lesson:
    """Raises NotFound."""
    return get(Lesson, course_id, lesson_id, consistent=fresh)


def lessons_of(course_id: str, *, fresh: bool = False) -> list[Lesson]:
    """In the order of `order_index`."""
    found: list[Lesson] = []
    cursor = None
    while True:
        page = query(
            Lesson, course_id, scope=f"lessons:{course_id}", cursor=cursor, limit=MOST_LESSONS, consistent=fresh
        )
        found += page.items
        cursor = page.next_cursor
        if cursor is None:
            return sorted(found, key=lambda lesson: int(lesson.order_index))


def outline_of(course_id: str, version: int) -> Outline:
    """Raises NotFound. A published version never changes, so that a process may remember it."""
    return _outline(course_id, int(version))


@functools.lru_cache(maxsize=500)
def _outline(course_id: str, version: int) -> Outline:
    return Outline.from_data(get(Snapshot, course_id, part_key(version, OUTLINE)).data)


def published_lesson(course_id: str, version: int, lesson_id: str) -> Mapping[str, Any]:
    """The lesson as learners read it: title, kind and `content`. Raises NotFound. Not to be changed: it is remembered."""
    return _published_lesson(course_id, int(version), lesson_id)


@functools.lru_cache(maxsize=250)
def _published_lesson(course_id: str, version: int, lesson_id: str) -> Mapping[str, Any]:
    if "#" in lesson_id or lesson_id == OUTLINE:
        raise NotFound()
    return dict(get(Snapshot, course_id, part_key(version, lesson_id)).data)


def part_key(version: int, part: str) -> str:
    return f"{version:06d}#{part}"


def save_course(
    course: Course,
    *lessons: Lesson,
    gone: Iterable[Lesson] = (),
    also: Sequence[Put | Delete | Check] = (),
    audit: Sequence[AuditEntry],
) -> None:
    """Course, lessons and audit entries in one transaction. Raises Stale when one of them was changed meanwhile."""
    write(Put(course), *map(Put, lessons), *map(Delete, gone), *also, audit=audit)


def save_lesson(lesson: Lesson, *, audit: Sequence[AuditEntry]) -> None:
    """Raises Stale when it was changed meanwhile."""
    write(Put(lesson), audit=audit)


def save_beside(*changes: Put, course: Course, audit: Sequence[AuditEntry]) -> None:
    """Writes what stands in a course, which is marked as changed with it: of a publication at the same moment one loses.

    Where it is marked already the course stays as it is, so that two people who write in two lessons are not in each
    other's way. Raises Stale.
    """
    if course.draft_changed:
        write(*changes, Check(course, Course.draft_changed == True), audit=audit)  # noqa: E712  (a condition)
        return
    course.draft_changed = True
    write(*changes, Put(course), audit=audit)


def save_snapshot(parts: Sequence[Snapshot]) -> None:
    """Written before the course names its number: nobody reads a snapshot that is not complete."""
    put_unread(parts)


def snapshot_of(
    course_id: str, version: int, lesson_ids: Iterable[str]
) -> tuple[Outline, dict[str, Mapping[str, Any]]]:
    """The outline, and what of these lessons was in that version, in one request per hundred. Raises NotFound."""
    keys = {part_key(version, part): part for part in (OUTLINE, *lesson_ids)}
    found = {keys[one.part]: one.data for one in get_many(Snapshot, [(course_id, key) for key in keys])}
    if OUTLINE not in found:
        raise NotFound()
    return Outline.from_data(found.pop(OUTLINE)), found


def versions_of(course_id: str, newest: int, most: int = 50) -> list[Snapshot]:
    """The outlines of published versions, newest first. A number that came to nothing is left out."""
    keys = [(course_id, part_key(number, OUTLINE)) for number in range(newest, max(0, newest - most), -1)]
    return sorted(get_many(Snapshot, keys), key=lambda one: str(one.part), reverse=True)


def save_new_course(course: Course, lessons: Sequence[Lesson], *, audit: Sequence[AuditEntry]) -> None:
    """With all its lessons, which nobody finds before the course is there. Raises Stale when there is one already."""
    put_unread(lessons)
    save_course(course, also=[Put(registered("course", course.course_id))], audit=audit)


def save_copies(transcripts: Sequence[Transcript]) -> None:
    """Of lessons that are not there yet, so that nobody finds them before."""
    put_unread(transcripts)


def delete_course(course: Course, lessons: Sequence[Lesson], *, audit: Sequence[AuditEntry]) -> None:
    write(Delete(course), Delete(registered("course", course.course_id)), *map(Delete, lessons), audit=audit)


def registered(noun: str, thing_id: str) -> Registered:
    """To be written with the thing itself. `noun` is `course` or `path`."""
    return Registered(register=f"~{noun}", named=thing_id)


def every_id(noun: str) -> Iterator[str]:
    """Of all there are, for rebuilding the index; never within a request."""
    cursor = None
    while True:
        page = query(Registered, f"~{noun}", scope=f"register:{noun}", cursor=cursor, limit=500)
        yield from (entry.named for entry in page.items)
        cursor = page.next_cursor
        if cursor is None:
            break


def every_course() -> Iterator[Course]:
    ids = list(every_id("course"))
    for start in range(0, len(ids), 100):
        yield from courses_by_ids(ids[start : start + 100])
