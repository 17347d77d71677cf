"""Puts notifications into inboxes. Told again, by a retry or after the process died, it comes to the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from accounts.person import Person
from core import clock
from core.errors import Stale
from notifications import rules, subjects
from notifications.delivery.services.waiting import Notice, hand_over
from notifications.enums import Kind
from notifications.models import InboxHead, Notification
from notifications.rules import Candidate, Happening, Occasion
from notifications.services import people
from notifications.store import inbox
from notifications.store.inbox import Place
from notifications.subjects import About

_TRIES = 4
_BEFORE_MAIL = timedelta(seconds=30)
"""Mail is put down before the notification is written, so that none is lost between the two; it waits so long for it."""


@dataclass(frozen=True)
class News:
    """Something that happened, as somebody is to be told of it. `about` names a thing, as `content:<id>`.

    What several people hear of in their own way (each that she was added to a team) is another occasion for each: it
    is `personal`. `but` are those who hear of it in another way.
    """

    kind: Kind
    about: str
    event_id: str
    actor_id: str
    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    personal: bool = False
    but: Sequence[str] = ()

    def to_json(self) -> dict[str, Any]:
        plain = {"kind": self.kind.value, "at": clock.iso(self.at), "facts": dict(self.facts), "but": list(self.but)}
        return plain | {name: getattr(self, name) for name in ("about", "event_id", "actor_id", "personal")}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> News:
        plain = {name: str(kept[name]) for name in ("about", "event_id", "actor_id")}
        moment = clock.parse(kept["at"])
        return cls(
            Kind(kept["kind"]),
            at=moment,
            facts=kept["facts"],
            personal=bool(kept["personal"]),
            but=tuple(kept["but"]),
            **plain,
        )

    def occasion_for(self, user_id: str) -> str:
        name = f"{self.kind}#{self.about}"
        return f"{name}#{user_id}" if self.personal else name

    @property
    def subject(self) -> About:
        object_type, _, object_id = self.about.partition(":")
        return About(self.kind, object_type, object_id, self.facts, self.actor_id)


def tell(news: News, user_ids: Iterable[str]) -> int:
    """Those of them who may hear of it; how many were told now. Raises Unavailable, Stale: it can be told again."""
    if not rules.is_kept(news.at, clock.now()):
        return 0
    told, left = 0, iter([one for one in dict.fromkeys(user_ids) if one not in news.but])
    while some := list(islice(left, inbox.AT_ONCE)):
        for name, group in _by_occasion(news, some).items():
            told += _tell(news, name, group)
    return told


def _by_occasion(news: News, user_ids: Sequence[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in user_ids:
        found.setdefault(news.occasion_for(one), []).append(one)
    return found


def _tell(news: News, name: str, user_ids: Collection[str]) -> int:
    persons = _those_who_see(news, people.active_among(user_ids).values())
    if not persons:
        return 0
    occasion = _note(news, name)
    for last in [False] * (_TRIES - 1) + [True]:
        try:
            return _put(news, name, occasion, persons)
        except Stale:  # somebody of them opened her inbox, or was told something else, in this very moment
            if last:
                raise
    raise AssertionError("the last try returns or raises")


def _those_who_see(news: News, persons: Collection[Person]) -> list[str]:
    about = news.subject
    found = subjects.read((person, about) for person in persons)
    return [
        person.user_id
        for person in persons
        if subjects.shown(person, about, found) and subjects.matters(person, about, found)
    ]


def _note(news: News, name: str) -> Occasion:
    """The occasion that it belongs to, remembered for what else happens within the hour."""
    happening = Happening(news.event_id, news.actor_id)
    for last in [False] * (_TRIES - 1) + [True]:
        row = inbox.occasion(name)
        known = inbox.read_occasion(row)
        found = rules.joined(known, happening, news.at)
        if not rules.replaces(known, found):
            return found
        try:
            inbox.save_occasion(name, row, found)
            return found
        except Stale:  # another worker has noted something else of it
            if last:
                raise
    raise AssertionError("the last try returns or raises")


def _put(news: News, name: str, occasion: Occasion, user_ids: Sequence[str]) -> int:
    notification_id = rules.id_for(occasion.began_at, name)
    places = inbox.places(user_ids, notification_id)
    wanted = {one: place for one, place in places.items() if rules.is_told(news.kind, _candidate(one, place, occasion))}
    if not rules.is_history(news.kind, news.at, clock.now()):
        _hand_over(news, notification_id, wanted)
    new = list(_changes(news, notification_id, occasion, wanted))
    if new:
        inbox.save(new)
    return len(new)


def _candidate(user_id: str, place: Place, occasion: Occasion) -> Candidate:
    """Of those who are active and see it."""
    return Candidate(True, True, occasion.count_for(user_id), place.head.muted)


def _changes(
    news: News, notification_id: str, occasion: Occasion, wanted: Mapping[str, Place]
) -> Iterator[tuple[InboxHead, Notification]]:
    """For those who do not know it yet. What she has read and what went on since is unread again."""
    is_news = not rules.is_history(news.kind, news.at, clock.now())
    for user_id, place in wanted.items():
        count = occasion.count_for(user_id)
        known = place.known
        if known and known.times >= count:
            continue
        was_unread = known is not None and known.read_at is None
        if is_news and not was_unread:
            place.head.unread = int(place.head.unread) + 1
        row = known or _new(user_id, notification_id, occasion.began_at)
        row.kind, row.about, row.facts = news.kind.value, news.about, dict(news.facts)
        row.times, row.updated_at = count, max(news.at, row.created_at)
        if news.actor_id != user_id:
            row.actor_id = news.actor_id
        row.read_at, row.unread_of = (None, user_id) if is_news or was_unread else (clock.now(), None)
        yield place.head, row


def _new(user_id: str, notification_id: str, at: datetime) -> Notification:
    return Notification(
        user_id, inbox.key_of(notification_id), created_at=at, updated_at=at, actor_id="", ttl=at + rules.KEPT
    )


def _hand_over(news: News, notification_id: str, wanted: Mapping[str, Place]) -> None:
    """Once for each of them: what it grows by afterwards stands in her inbox alone."""
    first = [user_id for user_id, place in wanted.items() if place.known is None]
    if first:
        notices = [Notice(user_id, notification_id, news.kind.value) for user_id in first]
        hand_over(notices, clock.now() + _BEFORE_MAIL)
