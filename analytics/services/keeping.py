"""Taking in what happened."""

from __future__ import annotations

from analytics import store
from analytics.rules import envelope
from analytics.rules.told import Told
from core import clock
from core.events import Event


def told_of(event: Event) -> Told:
    return Told(
        event_id=event.event_id,
        name=event.name,
        at=event.at,
        user_id=event.actor_id,
        object_id=event.object_id,
        role=event.visit.role,
        source=event.visit.source,
        session=event.visit.session,
        request_id=event.request_id,
        props=envelope.tidy(event.props),
    )


def keep(event: Event) -> None:
    """Once, however often it is told. One that comes in after its day has that day counted again."""
    if event.at + envelope.KEPT <= clock.now():
        return
    store.append(told_of(event))
    if event.at.date() < clock.now().date():  # asked after it was written, so that it is in today's count or marked
        store.mark_day(event.at.date())


def keep_words(search_id: str, typed: str) -> None:
    """Of a search that is told of in the block around: they travel in one request, and are never on the bus."""
    if words := envelope.tidy_words(typed):
        store.keep_words(search_id, words, clock.now())
