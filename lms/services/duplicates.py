"""A new draft that begins as a copy of another course."""

from __future__ import annotations

from hashlib import sha256

from accounts.permissions import Permission, require
from accounts.person import Person
from core import clock
from core.errors import Stale
from core.events import Event, telling
from core.ids import new_id
from lms import store
from lms.enums import CourseStatus
from lms.models import Course, Lesson
from lms.rules.lessons import MOST_TITLE
from lms.rules.outline import Section
from lms.services import courses
from lms.services.copies import copied, copied_transcripts
from lms.services.lesson_order import arranged

_NOT_COPIED = {
    "course_id",
    "rev",
    "status",
    "version",
    "last_version",
    "published_at",
    "published_by",
    "published_digest",
    "live",
    "ready_at",
    "draft_changed",
    "import_key",
    "import_digest",
    "thumbnail_s3_bucket",
    "thumbnail_s3_key",
}


def duplicate(*, course_id: str, by: Person, new_course_id: str | None = None) -> Course:
    """All that its draft says, under new ids, as a draft of `by`'s own. Raises Stale when the given id is taken.

    For those who may edit the course: its draft, and the right answers of its quizzes, are nobody else's to read.
    """
    require(by, Permission.COURSES_AUTHOR)
    source = courses.readable(course_id, by)
    courses.check_sees_draft(source, by)
    sections, lessons = arranged(source)
    course = _copy(source, new_course_id or new_id(), by)
    made_of = {one: _derived(course.course_id, one) for one in (section.section_id for section in sections)}
    courses.put_sections(course, tuple(Section(made_of[one.section_id], one.title) for one in sections))
    if store.find_course(course.course_id, fresh=True):
        raise Stale("This copy was made already.")
    pairs = [(lesson, _copied(lesson, course, made_of)) for lesson in lessons]
    store.save_copies([one for source_lesson, copy in pairs for one in copied_transcripts(source_lesson, copy)])
    entry = courses.entry_for("course.created", course, by, changes={"copy_of": source.course_id})
    with telling(Event("course.created", course.course_id, by.user_id)):
        store.save_new_course(course, [copy for _, copy in pairs], audit=[entry])
    return course


def _copy(source: Course, course_id: str, by: Person) -> Course:
    kept = {name: value for name, value in source.attribute_values.items() if name not in _NOT_COPIED}
    now = clock.now()
    kept |= {"owner_user_id": by.user_id, "created_at": now, "updated_at": now}
    kept["title"] = f"{source.title[: MOST_TITLE - 7]} (copy)"
    return Course(course_id=course_id, status=CourseStatus.DRAFT.value, **kept)


def _copied(lesson: Lesson, course: Course, made_of: dict[str, str]) -> Lesson:
    """A lesson whose section is gone comes into the last one."""
    section_id = made_of.get(lesson.section_id) or str(course.sections[-1]["section_id"])
    return copied(lesson, course.course_id, section_id, _derived(course.course_id, lesson.lesson_id))


def _derived(course_id: str, old_id: str) -> str:
    """The same for the same copy: what a first try left behind is written over by the second."""
    return sha256(f"{course_id} {old_id}".encode()).hexdigest()[:26]
