"""What the page of a lesson tells its author beside the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from accounts.person import Person
from content.access import items_for_reading
from content.enums import STATUS_LABELS, Status
from content.permissions import status_of
from core import clock
from core.pages import Action
from lms.enums import LESSON_TYPE_LABELS, LessonType
from lms.models import Lesson
from lms.services.checklist import embedded_ids, missing_in
from lms.words import LESSON_ICONS, seconds_label


@dataclass(frozen=True)
class Embedded:
    """An item of the library that the lesson shows. `everybody` says whether all learners see it now."""

    title: str
    url: str
    status: str
    everybody: bool


@dataclass(frozen=True)
class Editor:
    """`hidden` counts items that are gone, or that this author may not see herself. `own` leads to a kind's own editor."""

    kind: str
    icon: str
    missing: str
    duration: str
    embedded: Sequence[Embedded]
    hidden: int
    own: Action | None


def editor_of(person: Person, lesson: Lesson) -> Editor:
    kind = LessonType(lesson.lesson_type)
    ids = sorted(embedded_ids(lesson))
    embedded = embedded_items(person, ids)
    return Editor(
        kind=gettext(LESSON_TYPE_LABELS[kind]),
        icon=LESSON_ICONS[kind],
        missing=missing_in(lesson),
        duration=seconds_label(int(lesson.duration_seconds)),
        embedded=embedded,
        hidden=len(ids) - len(embedded),
        own=_own_editor(kind, lesson),
    )


def embedded_items(person: Person, content_ids: Sequence[str]) -> list[Embedded]:
    """One request for all of them."""
    now = clock.now()
    shown = []
    for item in items_for_reading(person, content_ids) if content_ids else []:
        status = status_of(item, now)
        url = reverse("content:item", args=[item.content_id])
        label = gettext(STATUS_LABELS.get(status, status))
        shown.append(Embedded(item.title, url, label, status is Status.APPROVED))
    return shown


def _own_editor(kind: LessonType, lesson: Lesson) -> Action | None:
    place = [lesson.course_id, lesson.lesson_id]
    if kind is LessonType.QUIZ:
        return Action(
            gettext("Edit questions and settings"), reverse("lms:manage-quiz", args=place), "list-checks", "primary"
        )
    if kind is LessonType.VIDEO:
        return Action(
            gettext("Video, captions and chapters"), reverse("lms:manage-video", args=place), "clapperboard", "primary"
        )
    return None
