"""The lessons of a course as its authors write them: making, changing, ordering and removing."""

from __future__ import annotations

from dataclasses import replace

from accounts.person import Person
from core import clock
from core.aws.records import Put
from core.errors import Invalid, Stale
from core.events import Event, telling
from core.ids import new_id
from lms import store
from lms.enums import LessonType
from lms.models import Course, Lesson
from lms.rules.lessons import MOST_TITLE
from lms.rules.outline import in_order
from lms.services import courses
from lms.services.copies import copied, copied_transcripts
from lms.services.lesson_fields import Fields, apply, fields_of
from lms.services.lesson_order import arranged, move, named, renumbered, step
from lms.store.courses import MOST_LESSONS

__all__ = ["Fields", "add", "duplicate", "edit", "fields_of", "move", "remove", "renumbered", "require_it", "step"]

_TRIES = 5
CHANGED = "Somebody else changed this lesson while you were writing. Compare the two before you save again."


def add(
    *,
    course_id: str,
    lesson_type: LessonType,
    fields: Fields,
    by: Person,
    section_id: str | None = None,
    lesson_id: str | None = None,
) -> Lesson:
    """At the end of its section, the last one unless it is said which. Raises Stale when the given id is taken."""
    course = courses.authored(course_id, by)
    sections, lessons = arranged(course)
    check_room(len(lessons) + 1)
    now = clock.now()
    lesson = Lesson(
        course_id=course_id,
        lesson_id=lesson_id or new_id(),
        section_id=section_id if section_id in {one.section_id for one in sections} else sections[-1].section_id,
        lesson_type=lesson_type.value,
        order_index=len(lessons) + 1,
        created_at=now,
        updated_at=now,
    )
    apply(lesson, fields, by)
    changed = renumbered(in_order(sections, [*lessons, lesson]))
    course.lesson_count = len(lessons) + 1
    with telling(Event("lesson.created", lesson.lesson_id, by.user_id, {"course_id": course_id})):
        _save(course, "course.lesson_added", by, lesson, {lesson.lesson_id: lesson} | changed)
    return lesson


def edit(
    *,
    course_id: str,
    lesson_id: str,
    fields: Fields,
    seen_rev: int,
    by: Person,
    files: dict[str, str | None] | None = None,
) -> Lesson:
    """Raises Stale when somebody else saved after `seen_rev`, its `text_rev`, was read.

    `files` are the places of its video and transcript (`video_s3_key`, …), where they change with it.
    """
    for tried in range(_TRIES):
        course = courses.authored(course_id, by)
        lesson = store.lesson_by_id(course_id, lesson_id, fresh=True)
        if lesson.text_rev != seen_rev:
            raise Stale(CHANGED)
        changed = _edited(lesson, fields, files or {}, by)
        if not changed:
            return lesson
        try:
            _save_text(course, lesson, changed, by)
        except Stale:
            if tried == _TRIES - 1:
                raise
            continue  # the course around it was written at this moment; the lesson itself is asked again
        return lesson
    raise Stale()


def require_it(*, course_id: str, lesson_id: str, required: bool, by: Person) -> Lesson:
    """Whether a course is complete without it. Says the same thing twice without harm."""
    lesson = store.lesson_by_id(course_id, lesson_id, fresh=True)
    fields = replace(fields_of(lesson), required=required)
    return edit(course_id=course_id, lesson_id=lesson_id, fields=fields, seen_rev=lesson.text_rev, by=by)


def remove(*, course_id: str, lesson_id: str, by: Person) -> Course:
    """From the draft: learners keep it until the course is published again. Removing it twice is harmless."""
    course = courses.authored(course_id, by)
    _, lessons = arranged(course)
    gone = next((one for one in lessons if one.lesson_id == lesson_id), None)
    if gone is None:
        return course
    rest = [one for one in lessons if one is not gone]
    course.lesson_count = len(rest)
    changed = renumbered(rest)
    changes = {"lesson": lesson_id}
    with telling(Event("lesson.removed", lesson_id, by.user_id, {"course_id": course_id})):
        courses.save(course, "course.lesson_removed", by, *changed.values(), gone=[gone], changes=changes)
    return course


def duplicate(*, course_id: str, lesson_id: str, by: Person, new_lesson_id: str | None = None) -> Lesson:
    """Right behind the one that it is a copy of."""
    course = courses.authored(course_id, by)
    _, lessons = arranged(course)
    check_room(len(lessons) + 1)
    source = named(lessons, lesson_id)
    copy = copied(source, course_id, source.section_id, new_lesson_id)
    copy.title = f"{source.title[: MOST_TITLE - 7]} (copy)"
    store.save_copies(copied_transcripts(source, copy))
    lessons.insert(lessons.index(source) + 1, copy)
    course.lesson_count = len(lessons)
    with telling(Event("lesson.created", copy.lesson_id, by.user_id, {"course_id": course_id})):
        _save(course, "course.lesson_added", by, copy, {copy.lesson_id: copy} | renumbered(lessons))
    return copy


def check_room(count: int) -> None:
    if count > MOST_LESSONS:
        raise Invalid(f"A course holds at most {MOST_LESSONS} lessons. Make two courses of it, and a path.")


def _edited(lesson: Lesson, fields: Fields, files: dict[str, str | None], by: Person) -> list[str]:
    """Puts the fields into the lesson; the names of those that are new."""
    before = fields_of(lesson)
    apply(lesson, fields, by)
    after = fields_of(lesson)
    changed = [name for name in Fields.__dataclass_fields__ if getattr(before, name) != getattr(after, name)]
    for name, value in files.items():
        if getattr(lesson, name) != value:
            setattr(lesson, name, value)
            changed.append(name)
    return changed


def _save_text(course: Course, lesson: Lesson, changed: list[str], by: Person) -> None:
    lesson.updated_at = clock.now()
    changes = {"lesson": lesson.lesson_id, "fields": changed}
    entry = courses.entry_for("course.lesson_edited", course, by, changes=changes)
    of_course = Event("course.lesson_edited", course.course_id, by.user_id)
    with telling(of_course, Event("lesson.edited", lesson.lesson_id, by.user_id, {"course_id": course.course_id})):
        store.save_beside(Put(lesson), course=course, audit=[entry])


def _save(course: Course, action: str, by: Person, about: Lesson, lessons: dict[str, Lesson]) -> None:
    courses.save(course, action, by, *lessons.values(), changes={"lesson": about.lesson_id})
