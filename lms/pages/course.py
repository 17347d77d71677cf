"""The page of a course: all that it says and offers to this person, computed before any template runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from accounts.models import Profile
from accounts.person import Person
from core import clock
from core.aws.records import BaseRecord
from core.aws.together import Together
from core.pages import Action
from lms import permissions
from lms.enums import CourseStatus, ProgressStatus
from lms.models import Course, CourseProgress
from lms.pages.cards import state_of
from lms.rules.outline import Entry, Outline
from lms.services import cycles, learning
from lms.services.cycles import Renewal
from lms.services.learning import Learning
from lms.store.learning import course_key
from lms.words import LESSON_ICONS, lesson_type_label, level_label, minutes_label, seconds_label
from metadata.store import by_id


@dataclass(frozen=True)
class Line:
    """A lesson in the outline, and how far she is in it."""

    entry: Entry
    url: str
    icon: str
    kind: str
    minutes: str
    state: str
    new: bool

    @property
    def done(self) -> bool:
        return self.state == ProgressStatus.COMPLETED


@dataclass(frozen=True)
class Part:
    title: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Prerequisite:
    course_id: str
    url: str
    title: str
    state: str


@dataclass(frozen=True)
class CoursePage:
    parts: Sequence[Part]
    primary: Action
    percent: int
    done: int
    required: int
    state: str
    completed_at: datetime | None
    certificate_url: str
    valid_until: datetime | None
    renewal: Renewal | None
    taken_before: bool
    new: int
    withdrawn: bool
    prerequisites: Sequence[Prerequisite]
    suite: str
    hue: str
    product: str
    concept: str
    level: str
    duration: str
    lesson_count: int
    owner: str
    tags: Sequence[tuple[str, str]]
    manage_url: str


def load_for_page(person: Person, course_id: str) -> Learning:
    """With her progress in the courses that should come first, what these are called, and the owner's name."""

    def beside(course: Course, outline: Outline) -> Mapping[type[BaseRecord], Iterable[Any]]:
        return {
            Course: outline.prerequisite_ids,
            CourseProgress: [(person.user_id, course_key(one)) for one in outline.prerequisite_ids],
            Profile: [course.owner_user_id],
        }

    return learning.settle(learning.load(person, course_id, beside=beside))


def course_page(taken: Learning) -> CoursePage:
    course, outline, options = taken.course, taken.outline, by_id()
    suite = options.get(course.product_suite or "")
    owner = taken.beside.get(Profile, course.owner_user_id)
    summary, rollup = taken.summary, taken.rollup
    parts = parts_of(taken)
    return CoursePage(
        parts=parts,
        primary=primary_action(taken),
        percent=taken.percent,
        done=rollup.done,
        required=rollup.required,
        state=state_of(summary),
        completed_at=summary.completed_at if summary else None,
        certificate_url=_certificate(summary),
        valid_until=summary.valid_until if summary else None,
        renewal=cycles.renewal_of(outline, summary, clock.now()),
        taken_before=bool(summary and int(summary.cycle) > 1),
        new=sum(line.new for part in parts for line in part.lines),
        withdrawn=course.status != CourseStatus.PUBLISHED,
        prerequisites=_prerequisites(taken.person, outline, taken.beside),
        suite=suite.label if suite else "",
        hue=(suite.color if suite else None) or "slate",
        product=getattr(options.get(course.product or ""), "label", ""),
        concept=getattr(options.get(course.product_concept or ""), "label", ""),
        level=level_label(course.difficulty_level),
        duration=minutes_label(outline.duration_minutes),
        lesson_count=len(outline.lessons),
        owner=owner.display_name if owner else gettext("Former colleague"),
        tags=[(tag, options[tag].label) for tag in course.tags if tag in options],
        manage_url=_manage(taken.person, course),
    )


def parts_of(taken: Learning) -> list[Part]:
    """Sections without lessons are left out; lessons whose section is gone stand at the end."""
    outline = taken.outline
    sections = [(section.title, outline.in_section(section.section_id)) for section in outline.sections]
    known = {section.section_id for section in outline.sections}
    rest = tuple(entry for entry in outline.lessons if entry.section_id not in known)
    return [
        Part(title, [line_of(taken, entry) for entry in entries])
        for title, entries in [*sections, (gettext("More"), rest)]
        if entries
    ]


def line_of(taken: Learning, entry: Entry) -> Line:
    state = taken.standing(entry.lesson_id).status
    return Line(
        entry=entry,
        url=lesson_url(taken.outline.course_id, entry.lesson_id),
        icon=LESSON_ICONS[entry.lesson_type],
        kind=lesson_type_label(entry.lesson_type),
        minutes=seconds_label(entry.duration_seconds),
        state=state.value,
        new=entry.lesson_id in taken.new_since and state is not ProgressStatus.COMPLETED,
    )


def lesson_url(course_id: str, lesson_id: str) -> str:
    return reverse("lms:lesson", args=[course_id, lesson_id])


def primary_action(taken: Learning) -> Action:
    """Start, go on where she was, or look again: always one lesson."""
    following = taken.next
    first = taken.outline.lessons[0]
    to = lesson_url(taken.outline.course_id, (following or first).lesson_id)
    if taken.finished:
        return Action(gettext("Review"), lesson_url(taken.outline.course_id, first.lesson_id), "book-open")
    if taken.summary is None:
        return Action(gettext("Start"), to, "play", "primary")
    return Action(gettext("Continue"), to, "play", "primary")


def _certificate(summary: CourseProgress | None) -> str:
    if not summary or not summary.certificate_id:
        return ""
    return reverse("certificates:certificate", args=[summary.certificate_id])


def _prerequisites(person: Person, outline: Outline, found: Together) -> list[Prerequisite]:
    """What she may not see is not named."""
    shown = []
    for course in found.many(Course, outline.prerequisite_ids):
        mine = found.get(CourseProgress, (person.user_id, course_key(course.course_id)))
        if learning.may_take(person, course, mine) and course.version:
            title = (course.live or {}).get("title") or course.title
            url = reverse("lms:course", args=[course.course_id])
            shown.append(Prerequisite(course.course_id, url, title, state_of(mine)))
    return shown


def _manage(person: Person, course: Course) -> str:
    if not permissions.can_author(person, course):
        return ""
    try:
        return reverse("lms:manage-course", args=[course.course_id])
    except NoReverseMatch:
        return ""
