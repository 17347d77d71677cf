"""Courses, lessons and paths as search results: what has to be read of them, in one request, and the rows of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from accounts.person import Person
from content.rows import Row
from core.aws.records import BaseRecord
from core.aws.together import Together
from lms import permissions
from lms.documents.lessons import Key
from lms.enums import CourseStatus
from lms.models import Course, Path, Snapshot
from lms.pages.cards import live_facts
from lms.pages.course import lesson_url
from lms.rules.outline import Entry, Outline
from lms.store.courses import OUTLINE, part_key
from lms.words import LESSON_ICONS
from metadata.store import by_id

Wanted = Mapping[type[BaseRecord], Sequence[Any]]


def courses_wanted(course_ids: Sequence[str]) -> Wanted:
    return {Course: course_ids}


def course_rows(person: Person, course_ids: Sequence[str], now: datetime, found: Together) -> dict[str, Row]:
    return {
        course.course_id: _row(
            course,
            course.course_id,
            reverse("lms:course", args=[course.course_id]),
            str(live_facts(course)["title"]),
            str(live_facts(course)["summary"]),
            icon="graduation-cap",
            kind=gettext("Course"),
        )
        for course in found.many(Course, course_ids)
        if permissions.can_read(person, course)
    }


def lessons_wanted(doc_ids: Sequence[str]) -> Wanted:
    """Titles stand in the outline, which is small; the lessons themselves are not."""
    keys = [Key.read(doc_id) for doc_id in doc_ids]
    return {Course: [key.course_id for key in keys], Snapshot: [_outline_key(key) for key in keys]}


def lesson_rows(person: Person, doc_ids: Sequence[str], now: datetime, found: Together) -> dict[str, Row]:
    """Of the version that learners read now; the index may be a moment behind."""
    rows = {}
    for doc_id in doc_ids:
        key = Key.read(doc_id)
        course, snapshot = found.get(Course, key.course_id), found.get(Snapshot, _outline_key(key))
        if course is None or snapshot is None or int(course.version) != key.version:
            continue
        outline = Outline.from_data(snapshot.data)
        entry = outline.by_id.get(key.lesson_id)
        if entry and course.status == CourseStatus.PUBLISHED and permissions.can_read(person, course):
            rows[doc_id] = _lesson_row(course, outline, entry, doc_id)
    return rows


def paths_wanted(path_ids: Sequence[str]) -> Wanted:
    return {Path: path_ids}


def path_rows(person: Person, path_ids: Sequence[str], now: datetime, found: Together) -> dict[str, Row]:
    return {
        path.path_id: _row(
            path,
            path.path_id,
            reverse("lms:path", args=[path.path_id]),
            path.title,
            path.description,
            icon="route",
            kind=gettext("Path"),
        )
        for path in found.many(Path, path_ids)
        if permissions.can_read(person, path)
    }


def _lesson_row(course: Course, outline: Outline, entry: Entry, doc_id: str) -> Row:
    summary = gettext("In the course “%s”") % outline.title
    url = lesson_url(course.course_id, entry.lesson_id)
    return _row(course, doc_id, url, entry.title, summary, icon=LESSON_ICONS[entry.lesson_type], kind=gettext("Lesson"))


def _row(thing: Course | Path, row_id: str, url: str, title: str, summary: str, *, icon: str, kind: str) -> Row:
    options = by_id()
    suite, concept = options.get(thing.product_suite or ""), options.get(thing.product_concept or "")
    return Row(
        content_id=row_id,
        url=url,
        title=title,
        summary=summary,
        icon=icon,
        format=kind,
        suite=suite.label if suite else "",
        hue=(suite.color if suite else None) or "slate",
        concept=concept.label if concept else "",
        status="" if thing.status == CourseStatus.PUBLISHED else thing.status,
        work_status="",
        freshness=None,
        owner_name="",
        owner_hue="",
        owner_initials="",
        updated_at=thing.updated_at,
        work_updated_at=None,
        quick=None,
    )


def _outline_key(key: Key) -> tuple[str, str]:
    return key.course_id, part_key(key.version, OUTLINE)
