"""The sections of a course: adding, naming, ordering and removing them."""

from __future__ import annotations

from dataclasses import replace

from accounts.person import Person
from core.errors import Invalid, NotFound, Refused
from core.ids import new_id
from lms.models import Course
from lms.rules.outline import Section
from lms.services import courses
from lms.services.lesson_order import arranged, renumbered

MOST_SECTIONS, MOST_TITLE = 50, 120


def add(*, course_id: str, title: str, by: Person, section_id: str | None = None) -> Course:
    """At the end. With a given id, doing it twice makes one."""
    course = courses.authored(course_id, by)
    sections = courses.sections_of(course)
    if section_id in {one.section_id for one in sections}:
        return course
    if len(sections) >= MOST_SECTIONS:
        raise Invalid(f"A course holds at most {MOST_SECTIONS} sections.")
    return _save(course, (*sections, Section(section_id or new_id(), _tidied(title))), "course.section_added", by)


def rename(*, course_id: str, section_id: str, title: str, by: Person) -> Course:
    course = courses.authored(course_id, by)
    sections = courses.sections_of(course)
    place = _place_of(section_id, sections)
    renamed = replace(sections[place], title=_tidied(title))
    if renamed == sections[place]:
        return course
    return _save(course, (*sections[:place], renamed, *sections[place + 1 :]), "course.section_renamed", by)


def remove(*, course_id: str, section_id: str, by: Person) -> Course:
    """Only an empty one, and never the last. Removing it twice is harmless. Raises Refused."""
    course = courses.authored(course_id, by)
    sections, lessons = arranged(course)
    if section_id not in {one.section_id for one in sections}:
        return course
    if any(lesson.section_id == section_id for lesson in lessons):
        raise Refused("This section still has lessons. Move or remove them first.")
    if len(sections) == 1:
        raise Refused("A course has at least one section.")
    rest = tuple(one for one in sections if one.section_id != section_id)
    return _save(course, rest, "course.section_removed", by)


def move(*, course_id: str, section_id: str, down: bool, by: Person) -> Course:
    """One place up or down with all its lessons; at the edge nothing happens."""
    course = courses.authored(course_id, by)
    sections, lessons = arranged(course)
    place = _place_of(section_id, sections)
    other = place + (1 if down else -1)
    if not 0 <= other < len(sections):
        return course
    ordered = list(sections)
    ordered[place], ordered[other] = ordered[other], ordered[place]
    courses.put_sections(course, tuple(ordered))
    by_section = [lesson for one in ordered for lesson in lessons if lesson.section_id == one.section_id]
    courses.save(course, "course.section_moved", by, *renumbered(by_section).values())
    return course


def _save(course: Course, sections: tuple[Section, ...], action: str, by: Person) -> Course:
    courses.put_sections(course, sections)
    courses.save(course, action, by)
    return course


def _tidied(title: str) -> str:
    tidied = " ".join(title.split())
    if not tidied or len(tidied) > MOST_TITLE:
        raise Invalid(fields={"title": f"Give it a name of up to {MOST_TITLE} characters."})
    return tidied


def _place_of(section_id: str, sections: tuple[Section, ...]) -> int:
    """Raises NotFound."""
    for place, section in enumerate(sections):
        if section.section_id == section_id:
            return place
    raise NotFound()
