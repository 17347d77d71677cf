"""Choosing courses and items of the library in a form, by a search that works without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext

from accounts.person import Person
from content import permissions as content_permissions
from content.access import items_for_reading
from content.documents import KIND as ITEM
from content.enums import STATUS_LABELS
from content.forms import Choices
from content.models import ContentItem
from core import clock
from core.index import index
from core.index.documents import Query
from lms import permissions, store
from lms.documents.courses import COURSE
from lms.enums import COURSE_STATUS_LABELS, CourseStatus

MOST_FOUND, MAX_QUERY = 10, 200
_IN_ADDRESS = re.compile(r"/(?:content|courses)/([0-9a-z][0-9a-z_-]{5,})/")


@dataclass(frozen=True)
class Picker:
    """`text` is what was looked for, None before anybody looked; `found` how many answers stand in the form."""

    name: str
    text: str | None
    found: int
    choices: Choices


def item_picker(
    person: Person, name: str, data: QueryDict, chosen: Sequence[str], before: Sequence[str] = ()
) -> Picker:
    """Those that are chosen, and then those that were found.

    What stands there `before` and is hidden from her is offered without its name, so that saving does not lose it.
    """
    text = _asked(data, name)
    hits = _found(person, ITEM, text) if text else []
    items = items_for_reading(person, list(dict.fromkeys([*chosen, *hits])))
    now = clock.now()
    choices: Choices = [
        (item.content_id, _item_label(item, content_permissions.status_of(item, now))) for item in items
    ]
    choices += _unnamed(before, choices, gettext("An item that is gone, or not open to you"))
    return Picker(name, text, len([one for one in items if one.content_id in hits]), choices)


def course_picker(
    person: Person, name: str, data: QueryDict, chosen: Sequence[str], without: str, before: Sequence[str] = ()
) -> Picker:
    text = _asked(data, name)
    hits = [one for one in _found(person, COURSE, text) if one != without] if text else []
    found = store.courses_by_ids(list(dict.fromkeys([*chosen, *hits])))
    courses = [course for course in found if permissions.can_read(person, course)]
    choices: Choices = [(course.course_id, _course_label(course.title, course.status)) for course in courses]
    choices += _unnamed(before, choices, gettext("A course that is gone, or not open to you"))
    return Picker(name, text, len([one for one in courses if one.course_id in hits]), choices)


def _unnamed(before: Sequence[str], choices: Choices, label: str) -> Choices:
    named = {value for value, _label in choices}
    return [(one, label) for one in before if one not in named]


def chosen_in(data: QueryDict | None, initial: Mapping[str, object], name: str) -> list[str]:
    """What the form was sent with, else what it began with."""
    if data:
        return [one for one in data.getlist(name) if one]
    before = initial.get(name) or ()
    return [before] if isinstance(before, str) else list(before)  # type: ignore[call-overload, no-any-return]


def is_search(data: QueryDict) -> bool:
    """A button of a picker was pressed, not the one that saves."""
    return any(name.startswith("find_") for name in data)


def _asked(data: QueryDict, name: str) -> str | None:
    return data.get(f"text_{name}", "").strip()[:MAX_QUERY] if f"text_{name}" in data else None


def _found(person: Person, kind: str, text: str) -> list[str]:
    """An address that was pasted is as good as a title."""
    if pasted := _IN_ADDRESS.search(text):
        return [pasted[1]]
    allowed = content_permissions.clauses_for(person) if kind == ITEM else permissions.clauses_for(person)
    query = Query(allowed=allowed, now=clock.now(), text=text, kinds=frozenset({kind}), limit=MOST_FOUND)
    return [hit.doc_id for hit in index().search(query).hits]


def _item_label(item: ContentItem, status: str) -> str:
    """What readers do not see yet, or no more, says so."""
    return item.title if status == "Approved" else f"{item.title} ({STATUS_LABELS.get(status, status)})"


def _course_label(title: str, status: str) -> str:
    return title if status == CourseStatus.PUBLISHED else f"{title} ({COURSE_STATUS_LABELS.get(status, status)})"
