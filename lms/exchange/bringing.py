"""Makes courses agree with their parcels: once, again, or after having been cut off, it comes to the same.

The mark on a course and on a lesson is two fingerprints: of the source it came from, and of what was made of it. The first
says whether there is anything to do, the second whether people have changed it here since: then it is left to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from accounts.person import SYSTEM, Person
from core.errors import NotFound, PortalError, Refused
from lms import store
from lms.enums import CourseStatus, Difficulty
from lms.exchange import storing
from lms.exchange.parcel import Parcel, ParcelLesson, digest_of
from lms.models import Course, Lesson
from lms.rules.outline import Section, in_order
from lms.services import courses, lessons, publishing
from metadata.enums import Group
from metadata.services import ensure_option

_OURS = "imp-"
EDITED = "it has changed in its source, but somebody has edited it here. What is here was kept."


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class Told:
    """What became of one thing: the course's page (`what` is “course”), a lesson, the publishing."""

    what: str
    title: str
    outcome: Outcome
    reason: str = ""


@dataclass
class How:
    """`options` fills with the ids of the labels that were met, so that each is asked for once."""

    owner: Person
    publish: bool = False
    options: dict[tuple[Group, str], str] = field(default_factory=dict)


def course_id_of(parcel: Parcel, owner: Person) -> str:
    return id_of_course(parcel.key, owner)


def id_of_course(key: str, owner: Person) -> str:
    """The same at every import for this owner, so that nothing is made twice."""
    return id_of(owner.user_id, key)


def id_of(within: str, key: str) -> str:
    return f"{_OURS}{digest_of([within, key])[:24]}"


def bring(parcel: Parcel, how: How) -> Iterator[Told]:
    """Says of each part what became of it, as it happens. One that is refused keeps none of the others."""
    course_id = course_id_of(parcel, how.owner)
    try:
        outcome = _bring_page(parcel, course_id, how)
    except PortalError as error:
        yield Told("course", parcel.title, Outcome.REFUSED, error.message)
        if store.find_course(course_id, fresh=True) is None or not isinstance(error, _Edited):
            return
    else:
        yield Told("course", parcel.title, outcome)
    for section in parcel.sections:
        for lesson in section.lessons:
            section_id = id_of(course_id, section.key)
            yield _told(lesson, lambda one=lesson, at=section_id: _bring_lesson(one, course_id, at, how))  # type: ignore[misc]
    yield from _left_over(parcel, course_id)
    _arrange(parcel, course_id, how)
    if how.publish:
        yield from _publish(parcel, course_id, how)


class _Edited(Refused):
    message = EDITED


def _told(lesson: ParcelLesson, bring_it: Callable[[], Outcome]) -> Told:
    try:
        return Told(lesson.lesson_type.value, lesson.title, bring_it())
    except PortalError as error:
        return Told(lesson.lesson_type.value, lesson.title, Outcome.REFUSED, error.message)


def _bring_page(parcel: Parcel, course_id: str, how: How) -> Outcome:
    course = store.find_course(course_id, fresh=True)
    fields = _fields(parcel, how)
    if course is None:
        courses.create(fields=fields, course_id=course_id, import_key=parcel.key, by=how.owner)
        _fill_page(parcel, course_id, fields, how)
        return Outcome.NEW
    course = courses.authored(course_id, how.owner)
    source, _, made = (course.import_digest or "").partition(" ")
    if source == parcel.page_digest:
        return Outcome.UNCHANGED
    wanted = digest_of([asdict(fields), [asdict(one) for one in _sections(parcel, course)]])
    if source and _page_digest(course) not in (made, wanted):
        raise _Edited()
    _fill_page(parcel, course_id, fields, how)
    return Outcome.CHANGED if source else Outcome.NEW


def _fill_page(parcel: Parcel, course_id: str, fields: courses.Fields, how: How) -> None:
    """The mark comes last, with the sections, and says that all of it is there."""
    course = courses.authored(course_id, how.owner)
    course = courses.edit(course_id=course_id, fields=fields, seen_rev=int(course.rev), by=how.owner)
    courses.put_sections(course, _sections(parcel, course))
    if parcel.thumbnail:
        storing.put_thumbnail(course, parcel.thumbnail)
    course.import_digest = f"{parcel.page_digest} {_page_digest(course)}"
    courses.save(course, "course.imported", how.owner)


def _sections(parcel: Parcel, course: Course) -> tuple[Section, ...]:
    """The source's in its order, then those that were added here; the one of a new course makes room."""
    ours = tuple(Section(id_of(course.course_id, one.key), one.title) for one in parcel.sections)
    ids = {one.section_id for one in ours}
    used = {lesson.section_id for lesson in store.lessons_of(course.course_id, fresh=True)}
    kept = tuple(one for one in courses.sections_of(course) if one.section_id not in ids and one.section_id in used)
    return (*ours, *kept) or courses.sections_of(course)


def _page_digest(course: Course) -> str:
    return digest_of([asdict(courses.fields_of(course)), [asdict(one) for one in courses.sections_of(course)]])


def _bring_lesson(wanted: ParcelLesson, course_id: str, section_id: str, how: How) -> Outcome:
    lesson_id = id_of(course_id, wanted.key)
    try:
        lesson = store.lesson_by_id(course_id, lesson_id, fresh=True)
    except NotFound:
        lesson = None
    source, _, made = (lesson.import_digest or "" if lesson else "").partition(" ")
    if lesson and source == wanted.digest:
        return Outcome.UNCHANGED
    courses.authored(course_id, how.owner)  # before anything is stored
    fields = lessons.Fields(
        title=wanted.title,
        description=wanted.description,
        required=wanted.required,
        duration_seconds=wanted.duration_seconds,
        content=storing.content_of(wanted, lesson_id, lesson),
    )
    if lesson is None:
        lesson = lessons.add(
            course_id=course_id,
            lesson_type=wanted.lesson_type,
            fields=fields,
            section_id=section_id,
            lesson_id=lesson_id,
            by=how.owner,
        )
    else:
        _check_untouched(lesson, wanted, source, made, fields)
        seen = int(lesson.text_rev)
        lessons.edit(course_id=course_id, lesson_id=lesson_id, fields=fields, seen_rev=seen, by=how.owner)
    _mark(course_id, lesson_id, wanted, how)
    return Outcome.CHANGED if source else Outcome.NEW


def _check_untouched(lesson: Lesson, wanted: ParcelLesson, source: str, made: str, fields: lessons.Fields) -> None:
    if lesson.lesson_type != wanted.lesson_type:
        raise Refused(
            f"it was a {lesson.lesson_type} lesson before, and lessons do not change their kind. Remove it first."
        )
    if source and _lesson_digest(lesson) not in (made, _told_digest(asdict(fields))):
        raise _Edited()


def _mark(course_id: str, lesson_id: str, wanted: ParcelLesson, how: How) -> None:
    """Says that all of it is there, the video and its captions too."""
    storing.put_video(course_id, lesson_id, wanted, by=how.owner)
    lesson = store.lesson_by_id(course_id, lesson_id, fresh=True)
    lesson.import_digest = f"{wanted.digest} {_lesson_digest(lesson)}"
    course = store.course_by_id(course_id, fresh=True)
    store.save_lesson(lesson, audit=[courses.entry_for("course.lesson_imported", course, how.owner)])


def _lesson_digest(lesson: Lesson) -> str:
    return _told_digest(asdict(lessons.fields_of(lesson)))


def _told_digest(values: dict[str, Any]) -> str:
    """Without what the portal finds out by itself, such as how long a video is."""
    content = {name: value for name, value in values["content"].items() if name not in storing.FOUND_OUT}
    return digest_of([values["title"], values["description"], bool(values["required"]), content])


def _left_over(parcel: Parcel, course_id: str) -> Iterator[Told]:
    """Lessons that came from the source once and are no longer in it stay: somebody may be learning from them."""
    wanted = {id_of(course_id, lesson.key) for lesson in parcel.lessons}
    for lesson in store.lessons_of(course_id, fresh=True):
        if lesson.lesson_id.startswith(_OURS) and lesson.lesson_id not in wanted:
            reason = "it is no longer in the source, and was left here. Remove it if it is not needed."
            yield Told(lesson.lesson_type, lesson.title, Outcome.UNCHANGED, reason)


def _arrange(parcel: Parcel, course_id: str, how: How) -> None:
    """The source's lessons in their order; what was added here follows in its section."""
    course = store.course_by_id(course_id, fresh=True)
    there = store.lessons_of(course_id, fresh=True)
    section_of = {
        id_of(course_id, lesson.key): id_of(course_id, section.key)
        for section in parcel.sections
        for lesson in section.lessons
    }
    places = {lesson_id: place for place, lesson_id in enumerate(section_of)}
    for lesson in there:
        lesson.section_id, was = section_of.get(lesson.lesson_id, lesson.section_id), lesson.section_id
        if was != lesson.section_id:
            lesson.order_index, lesson.moves = 0, int(lesson.moves) + 1
    ordered = sorted(there, key=lambda lesson: (places.get(lesson.lesson_id, len(places)), lesson.order_index))
    changed = lessons.renumbered(_by_section(courses.sections_of(course), ordered))
    if changed:
        courses.save(course, "course.lessons_ordered", how.owner, *changed.values())


def _by_section(sections: tuple[Section, ...], ordered: list[Lesson]) -> list[Lesson]:
    places = {section.section_id: place for place, section in enumerate(sections)}
    return sorted(ordered, key=lambda lesson: places.get(lesson.section_id, len(places)))


def _publish(parcel: Parcel, course_id: str, how: How) -> Iterator[Told]:
    course = store.course_by_id(course_id, fresh=True)
    there = in_order(courses.sections_of(course), store.lessons_of(course_id, fresh=True))
    published = course.status == CourseStatus.PUBLISHED
    if published and course.published_digest == publishing.digest_of(course, there):
        return
    try:
        publishing.publish(course_id=course_id, by=how.owner)
    except PortalError as error:
        yield Told("publishing", parcel.title, Outcome.REFUSED, error.message)
    else:
        yield Told("publishing", parcel.title, Outcome.CHANGED if published else Outcome.NEW)


def _fields(parcel: Parcel, how: How) -> courses.Fields:
    suite = _option(how, Group.PRODUCT_SUITE, parcel.product_suite)
    return courses.Fields(
        title=parcel.title,
        description=parcel.description,
        outcomes=parcel.outcomes,
        product_suite=suite,
        product=_option(how, Group.PRODUCT, parcel.product, suite),
        product_concept=_option(how, Group.PRODUCT_CONCEPT, parcel.product_concept),
        tags=tuple(tag for label in parcel.tags if (tag := _option(how, Group.TOPIC_TAG, label))),
        badge=_option(how, Group.BADGE, parcel.badge),
        difficulty_level=parcel.difficulty_level or Difficulty.BEGINNER.value,
        duration_override=parcel.duration_override,
        prerequisite_ids=tuple(one for one in parcel.prerequisite_ids if store.find_course(one)),
        related_item_ids=parcel.related_item_ids,
        self_marking=parcel.self_marking,
        certificate=parcel.certificate,
        validity_months=parcel.validity_months,
        renewal_window_days=parcel.renewal_window_days,
    )


def _option(how: How, group: Group, label: str, parent_id: str | None = None) -> str | None:
    if label and (group, label) not in how.options:
        how.options[group, label] = ensure_option(group=group, label=label, parent_id=parent_id, by=SYSTEM)
    return how.options.get((group, label))
