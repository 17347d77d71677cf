"""What every parcel must be before it is written, whatever it was read from: described, and no larger than a course may be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from content.importing import markdown
from core.errors import Invalid
from lms.enums import LessonType
from lms.exchange.packages import Package
from lms.exchange.parcel import Itinerary, Note, Parcel, ParcelLesson, ParcelSection, Reading
from lms.rules.lessons import MOST_BODY, MOST_DESCRIPTION, MOST_TITLE
from lms.services.thumbnails import drawn_anew
from lms.store.courses import MOST_LESSONS


def shaped(reading: Reading, package: Package) -> Reading:
    """A course that has no lesson is refused: nobody wants an empty one."""
    whole = [parcel for parcel in reading.parcels if parcel.lessons]
    empty = [parcel for parcel in reading.parcels if not parcel.lessons]
    parcels = [part for parcel in whole for part in _parts(_fitting(parcel))]
    keys = {parcel.key: _keys_of(parcel) for parcel in whole}
    paths = [_through(path, keys) for path in reading.paths]
    notes = (*package.notes, *reading.notes, *(note for parcel in empty for note in parcel.notes))
    refusals = [
        *reading.refusals,
        *(Note(parcel.title, "There is nothing in it that could become a lesson.") for parcel in empty),
    ]
    return replace(reading, parcels=parcels, paths=paths, notes=notes, refusals=refusals)


def _fitting(parcel: Parcel) -> Parcel:
    sections = tuple(
        replace(one, title=_title(one.title), lessons=tuple(map(_lesson, one.lessons))) for one in parcel.sections
    )
    notes = tuple(
        Note(lesson.title, f"Its text is longer than {MOST_BODY} characters and was cut there.")
        for lesson in parcel.lessons
        if len(lesson.content.get("body", "")) > MOST_BODY
    )
    thumbnail, told = _thumbnail(parcel)
    description = parcel.description.strip() or _from_first_text(parcel) or f"{parcel.title}, imported."
    return replace(
        parcel,
        title=_title(parcel.title),
        description=markdown.cut(description, MOST_DESCRIPTION),
        sections=sections,
        thumbnail=thumbnail,
        notes=(*parcel.notes, *notes, *told),
    )


def _thumbnail(parcel: Parcel) -> tuple[Path | None, list[Note]]:
    if parcel.thumbnail is None:
        return None, []
    try:
        drawn_anew(parcel.thumbnail.name, parcel.thumbnail.read_bytes())
    except Invalid as error:
        return None, [Note(parcel.title, f"Its picture was left out: {error.message}")]
    return parcel.thumbnail, []


def _lesson(lesson: ParcelLesson) -> ParcelLesson:
    content = lesson.content
    if lesson.lesson_type is LessonType.TEXT:
        content = content | {"body": content["body"][:MOST_BODY]}
    description = markdown.cut(lesson.description, MOST_DESCRIPTION)
    return replace(lesson, title=_title(lesson.title), description=description, content=content)


def _title(text: str) -> str:
    return markdown.cut(" ".join(text.split()), MOST_TITLE) or "Untitled"


def _from_first_text(parcel: Parcel) -> str:
    bodies = (one.content["body"] for one in parcel.lessons if one.lesson_type is LessonType.TEXT)
    return next((summary for body in bodies if (summary := markdown.summary_of(body))), "")


def _parts(parcel: Parcel) -> Iterator[Parcel]:
    """A course that is too long becomes several, cut between sections where that is possible."""
    groups = list(_groups(parcel.sections))
    if len(groups) < 2:
        yield parcel
        return
    keys = _keys_of(parcel)
    note = Note(parcel.title, f"A course holds at most {MOST_LESSONS} lessons; this one became {len(groups)} courses.")
    for number, (key, sections) in enumerate(zip(keys, groups, strict=True), start=1):
        title = f"{parcel.title[: MOST_TITLE - 12]} ({number} of {len(groups)})"
        notes = (*parcel.notes, note) if number == 1 else ()
        yield replace(parcel, key=key, title=title, sections=tuple(sections), notes=notes)


def _groups(sections: tuple[ParcelSection, ...]) -> Iterator[list[ParcelSection]]:
    group: list[ParcelSection] = []
    count = 0
    for section in (piece for one in sections for piece in _pieces(one)):
        if group and count + len(section.lessons) > MOST_LESSONS:
            yield group
            group, count = [], 0
        group.append(section)
        count += len(section.lessons)
    if group:
        yield group


def _pieces(section: ParcelSection) -> Iterator[ParcelSection]:
    yield replace(section, lessons=section.lessons[:MOST_LESSONS])
    for start in range(MOST_LESSONS, len(section.lessons), MOST_LESSONS):
        key, lessons = f"{section.key}+{start}", section.lessons[start : start + MOST_LESSONS]
        yield replace(section, key=key, lessons=lessons)


def _keys_of(parcel: Parcel) -> tuple[str, ...]:
    """Of the courses that it becomes."""
    count = len(list(_groups(parcel.sections)))
    return (parcel.key, *(f"{parcel.key}+{number}" for number in range(2, count + 1)))


def _through(path: Itinerary, keys: dict[str, tuple[str, ...]]) -> Itinerary:
    return replace(path, course_keys=tuple(part for key in path.course_keys for part in keys.get(key, ())))
