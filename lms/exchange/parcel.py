"""A course on its way: what every format is read into, and all that is written from. Files lie on this machine's disk."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from lms.enums import LessonType


@dataclass(frozen=True)
class Note:
    """Something that was not taken over, or not as it was: where, and why."""

    where: str
    text: str


@dataclass(frozen=True)
class Attached:
    """A picture or another file of a lesson, under the name that its text calls it by."""

    name: str
    path: Path

    def facts(self) -> list[str]:
        return [self.name, digest_of_file(self.path)]


@dataclass(frozen=True)
class Captions:
    language: str
    path: Path


@dataclass(frozen=True)
class ParcelLesson:
    """`key` names it within its course from one import to the next. `content` is as `rules.lessons` says."""

    key: str
    title: str
    lesson_type: LessonType
    content: dict[str, Any] = field(default_factory=dict)
    description: str = ""
    required: bool = True
    duration_seconds: int = 0
    files: tuple[Attached, ...] = ()
    video: Path | None = None
    captions: tuple[Captions, ...] = ()

    def facts(self) -> dict[str, Any]:
        """All that people made of it, files by what is in them."""
        told = {name: value for name, value in asdict(self).items() if name not in _NOT_IN_LESSON}
        return told | {
            "files": sorted(file.facts() for file in self.files),
            "video": digest_of_file(self.video) if self.video else None,
            "captions": sorted([one.language, digest_of_file(one.path)] for one in self.captions),
        }

    @property
    def digest(self) -> str:
        """Equal ones need no second import."""
        return digest_of(self.facts())


@dataclass(frozen=True)
class ParcelSection:
    key: str
    title: str
    lessons: tuple[ParcelLesson, ...] = ()


@dataclass(frozen=True)
class Parcel:
    """`key` names the course from one import to the next. Options are labels here, other courses and items ids."""

    key: str
    title: str
    description: str = ""
    outcomes: tuple[str, ...] = ()
    product_suite: str = ""
    product: str = ""
    product_concept: str = ""
    tags: tuple[str, ...] = ()
    badge: str = ""
    difficulty_level: str = ""
    duration_override: int | None = None
    prerequisite_ids: tuple[str, ...] = ()
    related_item_ids: tuple[str, ...] = ()
    self_marking: bool = True
    certificate: bool = True
    validity_months: int | None = None
    renewal_window_days: int = 60
    thumbnail: Path | None = None
    sections: tuple[ParcelSection, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def lessons(self) -> tuple[ParcelLesson, ...]:
        return tuple(lesson for section in self.sections for lesson in section.lessons)

    def page_facts(self) -> dict[str, Any]:
        """What stands on the course's own page, and the titles of its sections. Its picture is drawn anew each time."""
        told = {name: value for name, value in self.__dict__.items() if name not in _NOT_ON_PAGE}
        return told | {"thumbnail": bool(self.thumbnail), "sections": [one.title for one in self.sections]}

    @property
    def page_digest(self) -> str:
        thumbnail = digest_of_file(self.thumbnail) if self.thumbnail else None
        return digest_of([self.page_facts(), thumbnail, self._order()])

    def _order(self) -> list[list[str]]:
        return [[one.key, *(lesson.key for lesson in one.lessons)] for one in self.sections]

    def facts(self) -> dict[str, Any]:
        """Equal for courses that are the same to their learners, whoever holds them and under whichever keys."""
        return self.page_facts() | {"lessons": [[lesson.facts() for lesson in one.lessons] for one in self.sections]}

    def noting(self, *notes: Note) -> Parcel:
        return replace(self, notes=(*self.notes, *notes))


@dataclass(frozen=True)
class Itinerary:
    """A learning path, by the keys of the parcels that its courses come in."""

    key: str
    title: str
    description: str
    course_keys: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """What a package turned out to hold."""

    kind: str
    parcels: Sequence[Parcel] = ()
    paths: Sequence[Itinerary] = ()
    notes: Sequence[Note] = ()
    refusals: Sequence[Note] = ()
    """Parts of the package of which nothing could be made; the others are not held up by them."""


_NOT_IN_LESSON = {"key", "files", "video", "captions"}
_NOT_ON_PAGE = {"key", "notes", "sections", "thumbnail"}


def digest_of(told: Any) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()[:32]


def digest_of_file(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()[:32]
