"""Fills the tables and the index with courses, and one busy person's progress in all of them.

One course of ten lessons is made through the services and taken by her; the others are copies of its records under ids
of their own, written in batches, so that they have whatever a course has.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from bench import words
from bench.library import Options
from core import clock
from core.aws.records import BaseRecord, query
from core.index import index
from core.testing import RITA, VERA
from lms import store
from lms.documents.courses import course_document
from lms.enums import LessonType
from lms.models import Course, CourseProgress, Lesson, LessonProgress, Snapshot
from lms.services import assignments, courses, lessons, progress, publishing
from lms.services.assignments import Order
from metadata.store import labels

LESSONS = 10
_AT_ONCE = 100
_LETTERS = 7
"""So many letters of an id are the number of the copy."""


@dataclass(frozen=True)
class Template:
    course: Course
    rows: list[BaseRecord]
    """Lessons, parts of the snapshot, and her progress."""


def make_template(options: Options) -> Template:
    suite = next(iter(options.suites.values()))
    fields = courses.Fields(title="Template", description="What all the others copy.", product_suite=suite)
    course_id = str(courses.create(fields=fields, by=RITA).course_id)
    made = [_add(course_id, number) for number in range(LESSONS)]
    publishing.publish(course_id=course_id, by=RITA)
    for lesson in made[: LESSONS // 2]:
        progress.complete_lesson(course_id=course_id, lesson_id=str(lesson.lesson_id), by=VERA)
    for lesson in made[LESSONS // 2 :]:
        progress.open_lesson(course_id=course_id, lesson_id=str(lesson.lesson_id), by=VERA)
    rows: list[BaseRecord] = [*store.lessons_of(course_id), *_every(Snapshot, course_id)]
    rows += [row for row in _every(LessonProgress, VERA.user_id) if row.course_id == course_id and "~" not in row.key]
    rows += [row for row in _every(CourseProgress, VERA.user_id) if row.key == f"~course#{course_id}"]
    return Template(store.course_by_id(course_id), rows)


def _add(course_id: str, number: int) -> Lesson:
    text = lessons.Fields(title=f"Lesson {number}", content={"body": words.article(Random(number))})
    return lessons.add(course_id=course_id, lesson_type=LessonType.TEXT, fields=text, by=RITA)


def _every(model: type[Any], key: str) -> Iterator[Any]:
    cursor = None
    while True:
        page = query(model, key, scope="bench", cursor=cursor, limit=500)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            break


def course_id(template: Template, number: int) -> str:
    return numbered(str(template.course.course_id), number)


def numbered(one: str, number: int) -> str:
    return f"{one[:-_LETTERS]}{number:0{_LETTERS}d}"


def fill(template: Template, options: Options, first: int, beyond: int) -> None:
    """Courses with the numbers from `first` to just before `beyond`, each begun by her, some assigned to her."""
    for start in range(first, beyond, _AT_ONCE):
        numbers = range(start, min(start + _AT_ONCE, beyond))
        made = [_course(template, options, number) for number in numbers]
        _write(Course, made)
        for model in (Lesson, Snapshot, LessonProgress, CourseProgress):
            rows = [row for row in template.rows if type(row) is model]
            _write(model, [_copy(row, template, number) for number in numbers for row in rows])
        known = labels()
        index().put([course_document(course, known) for course in made])
        for number in numbers:
            if number % 50 == 0:
                _assign(course_id(template, number))


def _course(template: Template, options: Options, number: int) -> Course:
    random = Random(number)
    suite = random.choice(list(words.SUITES))
    course = _copy(template.course, template, number)
    course.title = words.title(random, random.choice(words.SUITES[suite]))
    course.product_suite = options.suites[suite]
    course.tags = random.sample(list(options.tags), 3)
    course.published_at = course.updated_at = clock.now() - timedelta(hours=number)
    if course.live:
        course.live = dict(course.live) | {"title": course.title}
    return course  # type: ignore[no-any-return]


def _copy(record: Any, template: Template, number: int) -> Any:
    """The same record under the ids of that copy, wherever they stand in it."""
    ids = {str(template.course.course_id)} | {str(row.lesson_id) for row in template.rows if isinstance(row, Lesson)}
    swap = _swapping({one: numbered(one, number) for one in ids})
    values = {name: swap(value) for name, value in record.attribute_values.items()}
    return type(record)(**values)


def _swapping(names: dict[str, str]) -> Callable[[Any], Any]:
    def swap(value: Any) -> Any:
        if isinstance(value, str):
            for old, new in names.items():
                value = value.replace(old, new)
            return value
        return json.loads(swap(json.dumps(value))) if isinstance(value, dict | list) else value

    return swap


def _assign(course_id: str) -> None:
    order = Order(assignments.target_of("course", course_id))
    list(assignments.assign(user_ids=[VERA.user_id], order=order, by=RITA))


def _write(model: type[Any], rows: list[Any]) -> None:
    with model.batch_write() as batch:
        for row in rows:
            batch.save(row)
