"""Makes courses agree with their parcels: once, again, or after having been cut off, it comes to the same.

The mark on a course and on a lesson is two fingerprints: of the source it came from, and of what was made of it. The first
says whether there is anything to do, the second whether people have changed it here since: then it is left to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from accounts.person import Person
from core.errors import PortalError, Refused
from lms import store
from lms.enums import CourseStatus
from lms.exchange import storing
from lms.exchange.labels import How, fields_for
from lms.exchange.parcel import Parcel, ParcelLesson, ParcelSection, digest_of
from lms.models import Course, Lesson
from lms.rules.outline import Section, in_order
from lms.services import courses, lessons, publishing
from lms.services.lesson_order import renumbered

__all__ = ["EDITED", "How", "Outcome", "Told", "bring", "course_id_of", "id_of", "id_of_course"]

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


def course_id_of(parcel: Parcel, owner: Person) -> str:
    return id_of_course(parcel.key, owner)


def id_of_course(key: str, owner: Person) -> str:
    """The same at every import for this owner, so that nothing is made twice."""
    return id_of(owner.user_id, key)


def id_of(within: str, key: str) -> str:
    return f"{_OURS}{digest_of([within, key])[:24]}"


def bring(parcel: Parcel, how: How) -> Iterator[Told]:
    """Says of each part what became of it, as it happens. One that is refused keeps none of the others."""
    yield from _Bringing(parcel, how).run()


class _Edited(Refused):
    message = EDITED


class _Bringing:
    """`ids` are those of its sections and lessons here, by their keys: an exported course names them by their ids."""

    def __init__(self, parcel: Parcel, how: How) -> None:
        self.parcel, self.how, self.by = parcel, how, how.owner
        self.course_id = course_id_of(parcel, how.owner)
        there = store.find_course(self.course_id, fresh=True)
        known = {one.section_id for one in courses.sections_of(there)} if there else set()
        known |= {one.lesson_id for one in store.lessons_of(self.course_id, fresh=True)}
        keys = [*(one.key for one in parcel.sections), *(one.key for one in parcel.lessons)]
        self.ids = {key: key if key in known else id_of(self.course_id, key) for key in keys}

    def run(self) -> Iterator[Told]:
        page = self._told("course", self.parcel.title, self._bring_page)
        yield page
        if page.outcome is Outcome.REFUSED and page.reason != EDITED:
            return
        is_new = False
        for section in self.parcel.sections:
            for lesson in section.lessons:
                told = self._bring(lesson, section)
                is_new |= told.outcome is Outcome.NEW
                yield told
        yield from self._left_over()
        if is_new or page.outcome in (Outcome.NEW, Outcome.CHANGED):
            self._arrange()
        if self.how.publish:
            yield from self._publish()

    def _bring(self, lesson: ParcelLesson, section: ParcelSection) -> Told:
        return self._told(lesson.lesson_type.value, lesson.title, lambda: self._bring_lesson(lesson, section))

    def _told(self, what: str, title: str, do: Callable[[], Outcome]) -> Told:
        try:
            return Told(what, title, do())
        except PortalError as error:
            return Told(what, title, Outcome.REFUSED, error.message)

    def _bring_page(self) -> Outcome:
        course = store.find_course(self.course_id, fresh=True)
        fields = fields_for(self.parcel, self.how)
        if course is None:
            courses.create(fields=fields, course_id=self.course_id, import_key=self.parcel.key, by=self.by)
            self._fill_page(fields)
            return Outcome.NEW
        course = courses.authored(self.course_id, self.by)
        source, _, made = (course.import_digest or "").partition(" ")
        if source == self.parcel.page_digest:
            return Outcome.UNCHANGED
        wanted = digest_of([asdict(fields), [asdict(one) for one in self._sections(course)]])
        if source and _page_digest(course) not in (made, wanted):
            raise _Edited()
        self._fill_page(fields)
        return Outcome.CHANGED if source else Outcome.NEW

    def _fill_page(self, fields: courses.Fields) -> None:
        """The mark comes last, with the sections, and says that all of it is there."""
        course = courses.authored(self.course_id, self.by)
        course = courses.edit(course_id=self.course_id, fields=fields, seen_rev=int(course.rev), by=self.by)
        courses.put_sections(course, self._sections(course))
        if self.parcel.thumbnail:
            storing.put_thumbnail(course, self.parcel.thumbnail)
        course.import_digest = f"{self.parcel.page_digest} {_page_digest(course)}"
        courses.save(course, "course.imported", self.by)

    def _sections(self, course: Course) -> tuple[Section, ...]:
        """The source's in its order, then those that were added here; the one of a new course makes room."""
        ours = tuple(Section(self.ids[one.key], one.title) for one in self.parcel.sections)
        ids = {one.section_id for one in ours}
        used = {lesson.section_id for lesson in store.lessons_of(self.course_id, fresh=True)}
        kept = tuple(one for one in courses.sections_of(course) if one.section_id not in ids and one.section_id in used)
        return (*ours, *kept) or courses.sections_of(course)

    def _bring_lesson(self, wanted: ParcelLesson, section: ParcelSection) -> Outcome:
        lesson_id = self.ids[wanted.key]
        lesson = next((one for one in store.lessons_of(self.course_id, fresh=True) if one.lesson_id == lesson_id), None)
        source, _, made = (lesson.import_digest or "" if lesson else "").partition(" ")
        if lesson and source == wanted.digest:
            return Outcome.UNCHANGED
        courses.authored(self.course_id, self.by)  # before anything is stored
        fields = lessons.Fields(
            title=wanted.title,
            description=wanted.description,
            required=wanted.required,
            duration_seconds=wanted.duration_seconds,
            content=storing.content_of(wanted, lesson_id, lesson),
        )
        if lesson is None:
            lessons.add(
                course_id=self.course_id,
                lesson_type=wanted.lesson_type,
                fields=fields,
                section_id=self.ids[section.key],
                lesson_id=lesson_id,
                by=self.by,
            )
        else:
            _check_untouched(lesson, wanted, source, made, fields)
            seen = int(lesson.text_rev)
            lessons.edit(course_id=self.course_id, lesson_id=lesson_id, fields=fields, seen_rev=seen, by=self.by)
        _mark(self.course_id, lesson_id, wanted, self.by)
        return Outcome.CHANGED if source else Outcome.NEW

    def _left_over(self) -> Iterator[Told]:
        """Lessons that came from the source once and are no longer in it stay: somebody may be learning from them."""
        for lesson in store.lessons_of(self.course_id, fresh=True):
            if lesson.lesson_id.startswith(_OURS) and lesson.lesson_id not in self.ids.values():
                reason = "it is no longer in the source, and was left here. Remove it if it is not needed."
                yield Told(lesson.lesson_type, lesson.title, Outcome.UNCHANGED, reason)

    def _arrange(self) -> None:
        """The source's lessons in their order; what was added here follows in its section."""
        course = store.course_by_id(self.course_id, fresh=True)
        there = store.lessons_of(self.course_id, fresh=True)
        section_of = {
            self.ids[lesson.key]: self.ids[section.key]
            for section in self.parcel.sections
            for lesson in section.lessons
        }
        places = {lesson_id: place for place, lesson_id in enumerate(section_of)}
        for lesson in there:
            lesson.section_id, was = section_of.get(lesson.lesson_id, lesson.section_id), lesson.section_id
            if was != lesson.section_id:
                lesson.order_index, lesson.moves = 0, int(lesson.moves) + 1
        ordered = sorted(there, key=lambda lesson: (places.get(lesson.lesson_id, len(places)), lesson.order_index))
        changed = renumbered(_by_section(courses.sections_of(course), ordered))
        if changed:
            courses.save(course, "course.lessons_ordered", self.by, *changed.values())

    def _publish(self) -> Iterator[Told]:
        course = store.course_by_id(self.course_id, fresh=True)
        there = in_order(courses.sections_of(course), store.lessons_of(self.course_id, fresh=True))
        published = course.status == CourseStatus.PUBLISHED
        if published and course.published_digest == publishing.digest_of(course, there):
            return
        done = Outcome.CHANGED if published else Outcome.NEW

        def publish() -> Outcome:
            publishing.publish(course_id=self.course_id, by=self.by)
            return done

        yield self._told("publishing", self.parcel.title, publish)


def _check_untouched(lesson: Lesson, wanted: ParcelLesson, source: str, made: str, fields: lessons.Fields) -> None:
    if lesson.lesson_type != wanted.lesson_type:
        raise Refused(
            f"it was a {lesson.lesson_type} lesson before, and lessons do not change their kind. Remove it first."
        )
    if source and _lesson_digest(lesson) not in (made, _told_digest(asdict(fields))):
        raise _Edited()


def _mark(course_id: str, lesson_id: str, wanted: ParcelLesson, by: Person) -> None:
    """Says that all of it is there, the video and its captions too."""
    storing.put_video(course_id, lesson_id, wanted, by=by)
    lesson = store.lesson_by_id(course_id, lesson_id, fresh=True)
    lesson.import_digest = f"{wanted.digest} {_lesson_digest(lesson)}"
    course = store.course_by_id(course_id, fresh=True)
    store.save_lesson(lesson, audit=[courses.entry_for("course.lesson_imported", course, by)])


def _page_digest(course: Course) -> str:
    return digest_of([asdict(courses.fields_of(course)), [asdict(one) for one in courses.sections_of(course)]])


def _lesson_digest(lesson: Lesson) -> str:
    return _told_digest(asdict(lessons.fields_of(lesson)))


def _told_digest(values: dict[str, Any]) -> str:
    """Without what the portal finds out by itself, such as how long a video is."""
    content = {name: value for name, value in values["content"].items() if name not in storing.FOUND_OUT}
    return digest_of([values["title"], values["description"], bool(values["required"]), content])


def _by_section(sections: tuple[Section, ...], ordered: list[Lesson]) -> list[Lesson]:
    places = {section.section_id: place for place, section in enumerate(sections)}
    return sorted(ordered, key=lambda lesson: places.get(lesson.section_id, len(places)))
