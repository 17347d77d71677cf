"""What learners would find changed if the draft were published now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from lms import store
from lms.models import Course, Lesson
from lms.rules.outline import Outline
from lms.services.snapshots import lesson_data, outline_for

_OF_LESSONS = {"lessons", "version", "duration_minutes", "sections"}


@dataclass(frozen=True)
class Differences:
    """`fields` are those of the course's own page. `changed` and `added` are lessons of the draft, `removed` titles."""

    fields: tuple[str, ...] = ()
    added: tuple[Lesson, ...] = ()
    changed: tuple[Lesson, ...] = ()
    removed: tuple[str, ...] = ()
    reordered: bool = False

    def __bool__(self) -> bool:
        return any((self.fields, self.added, self.changed, self.removed, self.reordered))

    @property
    def changed_ids(self) -> frozenset[str]:
        return frozenset(lesson.lesson_id for lesson in (*self.added, *self.changed))


NONE = Differences()


def differences(course: Course, lessons: Sequence[Lesson]) -> Differences:
    """`lessons` in the order of the course. None for what was never published; else one request for the snapshot."""
    if not course.version or not course.draft_changed:
        return NONE
    ids = [lesson.lesson_id for lesson in lessons]
    live, told = store.snapshot_of(course.course_id, int(course.version), ids)
    draft = outline_for(course, lessons, 0)
    kept = [lesson for lesson in lessons if lesson.lesson_id in live.by_id]
    return Differences(
        fields=_fields(live, draft),
        added=tuple(lesson for lesson in lessons if lesson.lesson_id not in live.by_id),
        changed=tuple(lesson for lesson in kept if _says_other(told.get(lesson.lesson_id), lesson)),
        removed=tuple(entry.title for entry in live.lessons if entry.lesson_id not in set(ids)),
        reordered=_places(live, set(ids)) != _places(draft, set(live.by_id)) or live.sections != draft.sections,
    )


def _fields(live: Outline, draft: Outline) -> tuple[str, ...]:
    names = [one.name for one in fields(Outline) if one.name not in _OF_LESSONS]
    return tuple(name for name in names if getattr(live, name) != getattr(draft, name))


def _places(outline: Outline, ids: set[str]) -> list[tuple[str, str]]:
    return [(entry.section_id, entry.lesson_id) for entry in outline.lessons if entry.lesson_id in ids]


def _says_other(told: Mapping[str, Any] | None, lesson: Lesson) -> bool:
    return told is None or _plain(told) != _plain(lesson_data(lesson))


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """As it comes back from the table: an empty place is the same as none, and a number as a number."""
    return {name: value for name, value in data.items() if value not in (None, "", {}, [])}
