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
from bench.library import Options, colleague_id
from core import clock
from core.aws.records import BaseRecord, query
from core.index import index
from core.testing import RITA, VERA
from lms import store
from lms.documents.courses import course_document
from lms.enums import LessonType
from lms.models import Course, CourseProgress, Lesson, LessonProgress, Snapshot
from lms.models.courses import Registered
from lms.services import assignments, courses, lessons, progress, publishing
from lms.services.assignments import Order
from lms.store.learning import course_key
from metadata.store import labels

LESSONS = 10
BEGUN = 3
_AT_ONCE = 100
_LETTERS = 7
"""So many letters of an id are the number of the copy."""
_COURSE = f"bench-course-{'0' * _LETTERS}"


@dataclass(frozen=True)
class Template:
    course: Course
    rows: list[BaseRecord]
    """Lessons, parts of the snapshot, and her progress."""


def make_template(options: Options) -> Template:
    """The same one when it is there already."""
    course = store.find_course(_COURSE) or _make(options)
    rows: list[BaseRecord] = [*store.lessons_of(_COURSE), *_every(Snapshot, _COURSE)]
    rows += [row for row in _every(LessonProgress, VERA.user_id) if row.key.startswith(f"{_COURSE}#")]
    rows += [row for row in _every(CourseProgress, VERA.user_id) if row.key == course_key(_COURSE)]
    return Template(course, rows)


def _make(options: Options) -> Course:
    suite = next(iter(options.suites.values()))
    fields = courses.Fields(title="Template", description="What all the others copy.", product_suite=suite)
    courses.create(fields=fields, course_id=_COURSE, by=RITA)
    made = [_add(number) for number in range(LESSONS)]
    publishing.publish(course_id=_COURSE, by=RITA)
    for place, lesson_id in enumerate(made):
        note = progress.complete_lesson if place < LESSONS // 2 else progress.open_lesson
        note(course_id=_COURSE, lesson_id=lesson_id, by=VERA)
    return store.course_by_id(_COURSE)


def _add(number: int) -> str:
    lesson_id = f"bench-lesson-{number}-{'0' * _LETTERS}"
    text = lessons.Fields(title=f"Lesson {number}", content={"body": words.article(Random(number))})
    lessons.add(course_id=_COURSE, lesson_type=LessonType.TEXT, fields=text, lesson_id=lesson_id, by=RITA)
    return lesson_id


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
        _write(Registered, [store.registered("course", course.course_id) for course in made])
        for model in (Lesson, Snapshot, LessonProgress, CourseProgress):
            rows = [row for row in template.rows if type(row) is model]
            _write(model, [_copy(row, template, number) for number in numbers for row in rows])
        known = labels()
        index().put([course_document(course, known) for course in made])
        for number in numbers:
            if number % 50 == 0:
                _assign(course_id(template, number))


def learn(template: Template, colleagues: range, courses: int) -> None:
    """Each of them has begun some courses, and is as far in them as she who took the first."""
    hers = [row for row in template.rows if isinstance(row, LessonProgress | CourseProgress)]
    made: dict[type[Any], list[Any]] = {LessonProgress: [], CourseProgress: []}
    for number in colleagues:
        for taken in Random(number).sample(range(courses), min(BEGUN, courses)):
            for row in hers:
                copy = _copy(row, template, taken)
                copy.user_id = colleague_id(number)
                made[type(row)].append(copy)
    for model, rows in made.items():
        _write(model, rows)


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
