"""What the people of the demo say beside its items: `library/comments.yaml`, oldest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import yaml

from accounts.person import Person
from content import store
from content.demo.library import FOLDER, content_id
from content.models import ContentComment, ContentItem
from content.rules.comments import READERS, Talk, review_of
from content.services import comments
from content.store.comments import every_comment_of
from core import clock


@dataclass(frozen=True)
class Said:
    by: str
    days_ago: float
    text: str


@dataclass(frozen=True)
class Thread:
    """`review` is about the version in work. `resolved_by` whom, if it is."""

    item: str
    first: Said
    answers: tuple[Said, ...]
    review: bool = False
    resolved_by: str = ""


@cache
def threads() -> tuple[Thread, ...]:
    found = yaml.safe_load((FOLDER / "comments.yaml").read_text(encoding="utf-8"))
    return tuple(_thread(entry) for entry in found)


def seed(cast: Mapping[str, Person], now: datetime) -> int:
    """What nobody has said yet; how much that was. Only beside items that are there, in the state that they are to be in."""
    wanted = threads()
    items = {item.content_id: item for item in store.items_by_ids([content_id(one.item) for one in wanted])}
    return sum(_play(items[content_id(one.item)], one, cast, now) for one in wanted if content_id(one.item) in items)


def _thread(entry: Mapping[str, Any]) -> Thread:
    first, *answers = (Said(**said) for said in entry["said"])
    rest = {name: value for name, value in entry.items() if name != "said"}
    return Thread(first=first, answers=tuple(answers), **rest)


def _play(item: ContentItem, thread: Thread, cast: Mapping[str, Person], now: datetime) -> int:
    talk = _talk(item, thread)
    if talk is None:
        return 0
    known = {one.text: one for one in every_comment_of(item.content_id)}
    first = known.get(thread.first.text)
    first_id, made = (first.comment_id, 0) if first else (_say(item, talk, thread.first, cast, now).comment_id, 1)
    for answer in thread.answers:
        if answer.text not in known:
            _say(item, talk, answer, cast, now, parent_id=first_id)
            made += 1
    if thread.resolved_by and made:
        with clock.at(_moment(now, (thread.answers or (thread.first,))[-1]) + timedelta(minutes=3)):
            by = cast[thread.resolved_by]
            comments.resolve(content_id=item.content_id, comment_id=first_id, resolved=True, by=by)
    return made


def _talk(item: ContentItem, thread: Thread) -> Talk | None:
    if thread.review:
        return review_of(int(item.work_version)) if item.work_version else None
    return READERS if item.ever_approved else None


def _say(
    item: ContentItem, talk: Talk, said: Said, cast: Mapping[str, Person], now: datetime, parent_id: str | None = None
) -> ContentComment:
    with clock.at(_moment(now, said)):
        return comments.post(
            content_id=item.content_id, talk=talk, text=said.text, parent_id=parent_id, by=cast[said.by]
        )


def _moment(now: datetime, said: Said) -> datetime:
    return now - timedelta(days=said.days_ago)
