"""The order of a course's lessons. Every move is one transaction: course and lessons change together, or nothing does."""

from __future__ import annotations

from accounts.person import Person
from core.errors import NotFound, Stale
from lms import store
from lms.models import Course, Lesson
from lms.rules.outline import Section, in_order
from lms.services import courses


def move(*, course_id: str, lesson_id: str, section_id: str, before_id: str | None, by: Person) -> Course:
    """To stand before `before_id` in that section, or at its end. Raises Stale when either is gone or elsewhere."""
    course = courses.authored(course_id, by)
    sections, lessons = arranged(course)
    moved = named(lessons, lesson_id)
    there = [one for one in lessons if one.section_id == section_id and one is not moved]
    if section_id not in {one.section_id for one in sections}:
        raise Stale("This section was removed meanwhile. Look at the course as it is now.")
    if before_id == lesson_id:
        return course
    if before_id and before_id not in {one.lesson_id for one in there}:
        raise Stale("The lessons were put in another order meanwhile. Look at them as they are now.")
    place = next((place for place, one in enumerate(there) if one.lesson_id == before_id), len(there))
    there.insert(place, moved)
    elsewhere = moved.section_id != section_id
    moved.section_id = section_id
    by_section = [there if one.section_id == section_id else _in(lessons, one, moved) for one in sections]
    changed = renumbered([lesson for section in by_section for lesson in section])
    if elsewhere and lesson_id not in changed:
        moved.moves = int(moved.moves) + 1
        changed[lesson_id] = moved
    if changed:
        courses.save(course, "course.lesson_moved", by, *changed.values(), changes={"lesson": moved.lesson_id})
    return course


def step(*, course_id: str, lesson_id: str, down: bool, by: Person) -> Course:
    """One place up or down; from the edge of its section into the next one. At the very edge nothing happens."""
    course = courses.authored(course_id, by)
    sections, lessons = arranged(course)
    moved = named(lessons, lesson_id)
    beside = [one for one in lessons if one.section_id == moved.section_id]
    place = beside.index(moved) + (1 if down else -1)
    if 0 <= place < len(beside):
        before = beside[place + 1 : place + 2] if down else beside[place : place + 1]
        before_id = before[0].lesson_id if before else None
        return move(course_id=course_id, lesson_id=lesson_id, section_id=moved.section_id, before_id=before_id, by=by)
    ids = [one.section_id for one in sections]
    next_section = ids.index(moved.section_id) + (1 if down else -1)
    if not 0 <= next_section < len(ids):
        return course
    there = [one for one in lessons if one.section_id == ids[next_section]]
    before_id = there[0].lesson_id if down and there else None
    return move(course_id=course_id, lesson_id=lesson_id, section_id=ids[next_section], before_id=before_id, by=by)


def arranged(course: Course) -> tuple[tuple[Section, ...], list[Lesson]]:
    """Its sections, and its lessons in the order of the whole course, read afresh."""
    sections = courses.sections_of(course)
    return sections, in_order(sections, store.lessons_of(course.course_id, fresh=True))


def named(lessons: list[Lesson], lesson_id: str) -> Lesson:
    """Raises NotFound."""
    for lesson in lessons:
        if lesson.lesson_id == lesson_id:
            return lesson
    raise NotFound()


def renumbered(lessons: list[Lesson]) -> dict[str, Lesson]:
    """Gives them the numbers of their places; those that had another, by id."""
    changed = {}
    for place, lesson in enumerate(lessons, start=1):
        if lesson.order_index != place:
            lesson.order_index = place
            lesson.moves = int(lesson.moves) + 1
            changed[lesson.lesson_id] = lesson
    return changed


def _in(lessons: list[Lesson], section: Section, without: Lesson) -> list[Lesson]:
    return [one for one in lessons if one.section_id == section.section_id and one is not without]
