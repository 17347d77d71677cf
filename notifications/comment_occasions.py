"""To whom it is news that somebody commented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from content.models import ContentItem
from content.rules.comments import Talk, place_of
from content.store import find_version, item_by_id
from content.store.comments import authors_in
from core.events import Event
from notifications import rules
from notifications.enums import Followed, Kind
from notifications.occasions import Plan, makers, on
from notifications.services.telling import News


@on("content.commented")
def _commented(event: Event) -> Iterator[Plan]:
    """Those whom all of a conversation concerns, whoever wrote in the thread, and who follows what readers say.

    To the first it is told as one, however many threads it has; to the others each thread by itself. Nobody counts what
    was said where she may not read.
    """
    place = place_of(str(event.props["comment_id"]))
    if place is None:
        return
    item = item_by_id(event.object_id, fresh=True)
    of_all, of_thread = (f"comment:{event.object_id}.{part}" for part in (place.talk.key, place.thread_id))
    facts = {"comment": place.comment_id, "reply": place.is_reply}
    news = News(Kind.COMMENT, of_all, event.event_id, event.actor_id, event.at, facts)
    concerned, others = _concerned(item, place.talk), authors_in(event.object_id, place.thread_id)
    yield Plan(news, concerned)
    yield Plan(replace(news, about=of_thread, but=concerned), others)
    if place.talk.version is None:
        target = rules.target_of(Followed.CONTENT, event.object_id)
        yield Plan(replace(news, kind=Kind.COMMENT_FOLLOWED, but=[*concerned, *others]), targets=[target])


def _concerned(item: ContentItem, talk: Talk) -> list[str]:
    """Who looks after the item; of a review whoever made the version, too, and whoever talked about it."""
    owners = [str(item.owner_user_id), *item.editor_ids]
    if talk.version is None:
        return owners
    version = find_version(item.content_id, talk.version)
    return [*owners, *makers(item, version), *authors_in(item.content_id, f"{talk.key}-")]
