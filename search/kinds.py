"""The kinds of things that can be searched, each asked of the app whose noun it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Profile
from accounts.person import Person
from content import documents as content_documents
from content.access import readable
from content.models import ContentItem
from content.permissions import clauses_for
from content.rows import Row, rows_of
from core.aws.records import BaseRecord
from core.aws.together import Together, read_together
from core.index.documents import Clause, Hit
from lms import permissions as lms_permissions
from lms.documents.courses import COURSE
from lms.documents.lessons import LESSON
from lms.documents.paths import PATH
from lms.pages import found as lms_found

Wanted = Mapping[type[BaseRecord], Sequence[Any]]


@dataclass(frozen=True)
class Kind:
    """`wanted` says what is to be read of such hits; `rows` gives, by id, those that she may see at this moment: hits
    are only a suggestion."""

    name: str
    label: str | Promise
    clauses: Callable[[Person], Sequence[Clause]]
    wanted: Callable[[Sequence[str]], Wanted]
    rows: Callable[[Person, Sequence[str], datetime, Together], dict[str, Row]]


def _items_wanted(content_ids: Sequence[str]) -> Wanted:
    return {ContentItem: content_ids}


def _items(person: Person, content_ids: Sequence[str], now: datetime, found: Together) -> dict[str, Row]:
    rows = rows_of(readable(person, found.many(ContentItem, content_ids)), now, names={})
    return {row.content_id: row for row in rows}


_LEARNING = lms_permissions.clauses_for
KINDS = {
    kind.name: kind
    for kind in (
        Kind(content_documents.KIND, _("Library item"), clauses_for, _items_wanted, _items),
        Kind(COURSE, _("Course"), _LEARNING, lms_found.courses_wanted, lms_found.course_rows),
        Kind(LESSON, _("Lesson"), _LEARNING, lms_found.lessons_wanted, lms_found.lesson_rows),
        Kind(PATH, _("Path"), _LEARNING, lms_found.paths_wanted, lms_found.path_rows),
    )
}


def clauses_of(person: Person) -> list[Clause]:
    """What she may see of every kind; one app's clauses never let another's documents through."""
    return [clause.within(kind.name) for kind in KINDS.values() for clause in kind.clauses(person)]


def read_for(hits: Sequence[Hit], *, owners: Iterable[str] = ()) -> Together:
    """One request for all kinds, and for the owners that were chosen."""
    wanted: dict[type[BaseRecord], list[Any]] = {Profile: list(owners)}
    for name, kind in KINDS.items():
        _add(wanted, kind.wanted(_ids(name, hits)))
    return read_together(wanted)


def rows_for(person: Person, hits: Sequence[Hit], now: datetime, found: Together) -> dict[tuple[str, str], Row]:
    """By kind and id."""
    return {
        (name, row_id): row
        for name, kind in KINDS.items()
        for row_id, row in kind.rows(person, _ids(name, hits), now, found).items()
    }


def names_in(found: Together, owners: Iterable[str]) -> dict[str, str]:
    """Of the owners that were chosen."""
    return {str(one.user_id): str(one.display_name) for one in found.many(Profile, owners)}


def _ids(kind: str, hits: Sequence[Hit]) -> list[str]:
    return [hit.doc_id for hit in hits if hit.kind == kind]


def _add(wanted: dict[type[BaseRecord], list[Any]], more: Mapping[type[BaseRecord], Iterable[Any]]) -> None:
    for model, keys in more.items():
        wanted.setdefault(model, []).extend(keys)
