"""A course as its author builds it: sections with their lessons, what is missing, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from accounts.permissions import Permission, can
from accounts.person import Person
from accounts.store import names_of
from core.offers import offered_on
from core.pages import Action
from lms.enums import LESSON_TYPE_LABELS, CourseMove, CourseStatus, LessonType
from lms.models import Course, Lesson
from lms.rules.course_lifecycle import moves_from
from lms.services import courses
from lms.services.checklist import problems_of_lessons
from lms.services.lesson_order import arranged
from lms.words import LESSON_ICONS, minutes_label, seconds_label

MOVE_ICONS = {
    CourseMove.PUBLISH: "send",
    CourseMove.UNPUBLISH: "eye-off",
    CourseMove.ARCHIVE: "archive",
    CourseMove.BRING_BACK: "undo-2",
}


@dataclass(frozen=True)
class LessonRow:
    """`problem` is what it lacks; `changed` says that learners have another text than the one that stands here."""

    lesson_id: str
    title: str
    url: str
    icon: str
    kind: str
    duration: str
    required: bool
    problem: str
    changed: bool
    first: bool
    last: bool


@dataclass(frozen=True)
class Block:
    """A section."""

    section_id: str
    title: str
    lessons: Sequence[LessonRow]
    first: bool
    last: bool
    only: bool


@dataclass(frozen=True)
class Builder:
    course: Course
    blocks: Sequence[Block]
    lesson_count: int
    required_count: int
    problem_count: int
    duration: str
    owner: str
    editable: bool
    may_publish: bool
    actions: Sequence[Action]

    @property
    def kinds(self) -> list[tuple[str, str, str]]:
        return [(kind.value, gettext(LESSON_TYPE_LABELS[kind]), LESSON_ICONS[kind]) for kind in LessonType]


def builder_of(person: Person, course: Course) -> Builder:
    sections, lessons = arranged(course)
    problems = problems_of_lessons(lessons)
    blocks = [
        Block(
            section_id=section.section_id,
            title=section.title,
            lessons=[
                _row(course, lesson, problems, lesson is lessons[0], lesson is lessons[-1])
                for lesson in lessons
                if lesson.section_id == section.section_id
            ],
            first=section is sections[0],
            last=section is sections[-1],
            only=len(sections) == 1,
        )
        for section in sections
    ]
    return Builder(
        course=course,
        blocks=blocks,
        lesson_count=len(lessons),
        required_count=sum(1 for lesson in lessons if lesson.required),
        problem_count=len(problems),
        duration=duration_of(course, lessons),
        owner=names_of([course.owner_user_id]).get(course.owner_user_id) or gettext("Former colleague"),
        editable=course.status != CourseStatus.ARCHIVED,
        may_publish=can(person, Permission.COURSES_PUBLISH),
        actions=actions(person, course),
    )


def duration_of(course: Course, lessons: Sequence[Lesson]) -> str:
    seconds = sum(int(lesson.duration_seconds) for lesson in lessons)
    return minutes_label(int(course.duration_override)) if course.duration_override else seconds_label(seconds)


def actions(person: Person, course: Course) -> list[Action]:
    """What can be done from here; what her role never does is left out."""
    offered = []
    if course.status != CourseStatus.ARCHIVED:
        offered.append(Action(gettext("Preview the draft"), _url("preview", course), "eye"))
        offered.append(Action(gettext("Edit course page"), _url("manage-edit", course), "pencil"))
        offered.append(Action(gettext("Picture"), _url("manage-thumbnail", course), "image"))
    if can(person, Permission.COURSES_PUBLISH):
        for move, transition in moves_from(CourseStatus(course.status)):
            if move is CourseMove.PUBLISH:
                continue  # the one primary button of the page
            url = reverse("lms:course-move", args=[course.course_id, move.value])
            offered.append(Action(gettext(transition.label), url, MOVE_ICONS[move]))
    offered.append(Action(gettext("Duplicate"), _url("course-duplicate", course), "copy"))
    if course.version:
        offered.append(Action(gettext("Versions and history"), _url("course-versions", course), "history"))
        offered += offered_on("course", course.course_id)
    if courses.may_delete(person, course):
        offered.append(Action(gettext("Delete"), _url("course-delete", course), "trash-2", "danger quiet"))
    return offered


def _url(name: str, course: Course) -> str:
    return reverse(f"lms:{name}", args=[course.course_id])


def _row(course: Course, lesson: Lesson, problems: Mapping[str, str], first: bool, last: bool) -> LessonRow:
    kind = LessonType(lesson.lesson_type)
    return LessonRow(
        lesson_id=lesson.lesson_id,
        title=lesson.title,
        url=reverse("lms:manage-lesson", args=[course.course_id, lesson.lesson_id]),
        icon=LESSON_ICONS[kind],
        kind=gettext(LESSON_TYPE_LABELS[kind]),
        duration=seconds_label(int(lesson.duration_seconds)),
        required=bool(lesson.required),
        problem=problems.get(lesson.lesson_id, "").partition("”: ")[2],
        changed=bool(course.published_at and lesson.updated_at > course.published_at),
        first=first,
        last=last,
    )
