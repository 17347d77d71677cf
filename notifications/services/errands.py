"""Tells what happened to many: followers of a thing, in slices. Whoever dies at it is followed by another worker."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from core import clock
from core.errors import Stale
from notifications.models import Errand
from notifications.services.telling import News, tell
from notifications.store import errands as store
from notifications.store import subscriptions
from notifications.store.inbox import AT_ONCE

logger = logging.getLogger(__name__)

SLICES_IN_A_TURN = 20
"""About a thousand people; then whatever else a worker has to do has its turn."""
MOST_TRIES = 30
"""More than a day: what cannot be told by then is no news any more."""
_FIRST_PAUSE, _LONGEST = timedelta(seconds=30), timedelta(hours=1)


def send(news: News, targets: Sequence[str]) -> None:
    """To the followers of these, each once however much of it she follows; the worker does it."""
    store.put(f"{news.event_id}#{news.kind}", news.to_json(), targets)


def turn() -> bool:
    """Goes on with the oldest that can be gone on with; False when there was nothing to do."""
    now = clock.now()
    for errand in store.waiting():
        if errand.next_try_at is None or errand.next_try_at <= now:
            with suppress(Stale):  # another worker is at it
                _go_on(errand)
            return True
    return False


def finish_all(most: int = 10_000) -> int:
    """Turns until nothing is left that can be done now."""
    turns = 0
    while turns < most and turn():
        turns += 1
    return turns


def _go_on(errand: Errand) -> None:
    try:
        for _slice in range(SLICES_IN_A_TURN):
            if not _next_slice(errand):
                store.done(errand)
                return
    except Stale:
        raise
    except Exception:  # the others must not wait for this one
        logger.exception("errand put off", extra={"errand": errand.errand_id, "tries": int(errand.tries)})
        _put_off(errand)


def _put_off(errand: Errand) -> None:
    if int(errand.tries) >= MOST_TRIES:
        logger.error("errand given up", extra={"errand": errand.errand_id})
        store.done(errand)
    else:
        store.put_off(errand, clock.now() + min(_LONGEST, _FIRST_PAUSE * 2 ** min(int(errand.tries), 10)))


def _next_slice(errand: Errand) -> bool:
    """False when all have been told. Where it is then is written down after each slice: a slice is told twice at most."""
    if int(errand.place) >= len(errand.targets):
        return False
    target = errand.targets[int(errand.place)]
    some = subscriptions.followers(target, after=errand.after, limit=AT_ONCE)
    tell(News.from_json(errand.what), some)
    if len(some) < AT_ONCE:
        store.come_to(errand, int(errand.place) + 1, None)
    else:
        store.come_to(errand, int(errand.place), some[-1])
    return True
