"""The inbox and what somebody follows, as pages, mails and the API show them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext

from accounts.person import Person
from core import clock
from core.aws.together import Together
from notifications import subjects
from notifications.delivery.kinds import Line
from notifications.enums import Kind
from notifications.kinds import GONE, KINDS, Said
from notifications.models import Notification
from notifications.store import inbox as store
from notifications.subjects import About, Subject

_ON_A_PAGE = 30


@dataclass(frozen=True)
class Row:
    """`path` is empty for what she may not see any more; its title and sentence then say nothing of it."""

    notification_id: str
    kind: str
    label: str | Promise
    icon: str
    title: str | Promise
    sentence: str
    path: str
    count: int
    at: datetime
    began_at: datetime
    is_unread: bool

    @property
    def is_gone(self) -> bool:
        return self.title is GONE


@dataclass(frozen=True)
class Day:
    label: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Choice:
    value: str
    label: str | Promise
    is_chosen: bool


@dataclass(frozen=True)
class InboxPage:
    days: Sequence[Day]
    kinds: Sequence[Choice]
    tabs: Sequence[dict[str, object]]
    next_url: str
    is_unread_only: bool
    is_narrowed: bool
    seen_at: str


def inbox_page(person: Person, *, unread: bool, kind: str, cursor: str | None) -> InboxPage:
    """Two requests. Raises Invalid for a cursor of another list."""
    page = store.page_of(person.user_id, unread=unread, kinds=[kind] if kind else [], cursor=cursor, limit=_ON_A_PAGE)
    here = reverse("notifications:inbox")
    more = {"unread": "1" if unread else "", "kind": kind, "cursor": page.next_cursor or ""}
    return InboxPage(
        days=list(_days(rows_of(person, page.items))),
        kinds=[Choice(one.value, told.label, one.value == kind) for one, told in KINDS.items()],
        tabs=[
            _tab(gettext("All"), here, {"kind": kind}, not unread),
            _tab(gettext("Unread"), here, {"unread": "1", "kind": kind}, unread),
        ],
        next_url=_address(here, more) if page.next_cursor else "",
        is_unread_only=unread,
        is_narrowed=bool(kind or cursor),
        seen_at=clock.iso(clock.now()),
    )


def rows_of(person: Person, notifications: Sequence[Notification]) -> list[Row]:
    """One request for all of them, with the titles of what she may see at this moment."""
    abouts = [About.of(one) for one in notifications]
    found = subjects.read((person, about) for about in abouts)
    return [_row(person, one, about, found) for one, about in zip(notifications, abouts, strict=True)]


def lines_for(person: Person, keys: Sequence[str]) -> list[Line]:
    """For mails: those that she has not read, and may see at this moment."""
    waiting = [one for one in store.notifications_by_ids(person.user_id, keys) if one.read_at is None]
    return [
        Line(row.notification_id, row.kind, str(row.title), row.sentence, _opens(row), row.at)
        for row in rows_of(person, waiting)
        if not row.is_gone
    ]


def _opens(row: Row) -> str:
    return reverse("notifications:open", args=[row.notification_id])


def _row(person: Person, one: Notification, about: About, found: Together) -> Row:
    told = KINDS[about.kind]
    subject = subjects.shown(person, about, found)
    return Row(
        notification_id=one.notification_id,
        kind=about.kind.value,
        label=told.label,
        icon=told.icon if subject else "eye-off",
        title=subject.title if subject else GONE,
        sentence=told.sentence(_said(one, about, found)) if subject else "",
        path=_path(subject),
        count=int(one.times),
        at=one.updated_at,
        began_at=one.created_at,
        is_unread=one.read_at is None,
    )


def _path(subject: Subject | None) -> str:
    return subject.url if subject else ""


def _said(one: Notification, about: About, found: Together) -> Said:
    return Said(
        object_type=about.object_type,
        actor=subjects.name_in(found, about.actor_id),
        learner=subjects.name_in(found, about.fact("user_id")),
        count=int(one.times),
        facts=about.facts,
    )


def _days(rows: Sequence[Row]) -> Iterator[Day]:
    """By the day on which each began, which is the order of the list; what is older than a week by its month."""
    today = timezone.localtime(clock.now()).date()
    for label, group in groupby(rows, key=lambda row: _called(timezone.localtime(row.began_at).date(), today)):
        yield Day(label, list(group))


def _called(day: date, today: date) -> str:
    if day == today:
        return gettext("Today")
    if day == today - timedelta(days=1):
        return gettext("Yesterday")
    if today - day < timedelta(days=7):
        return date_format(day, "l, j F")
    return date_format(day, "F" if day.year == today.year else "F Y")


def _tab(label: str, here: str, query: dict[str, str], current: bool) -> dict[str, object]:
    return {"label": label, "url": _address(here, query), "current": current}


def _address(here: str, query: dict[str, str]) -> str:
    asked = urlencode({name: value for name, value in query.items() if value})
    return f"{here}?{asked}" if asked else here


def is_kind(text: str) -> bool:
    return text in set(Kind)
