"""Run within a live portal by `test_job_races_live`: what the clock does, from several places at once.

`turns` is a worker that has only a job of the test's; `sweeps` are the portal's own jobs without the lease, as when it ran out
while somebody was still at it. The portal's worker may be at them, too.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from accounts.services import seals, tokens
from accounts.store import tokens as token_store
from analytics import store as kept
from analytics.enums import Kind
from analytics.rules.months import Span
from analytics.services import rolling
from analytics.tests.events import noon, told
from content import store
from content.models import ContentItem
from content.services import by_the_clock
from content.services.lifecycle import month_of
from content.tests.factories import make_item
from core import clock
from core.aws.records import Delete, Put, write
from core.errors import PortalError, Stale
from core.jobs import every, job, registry, running
from core.jobs.models import JobState
from core.testing import RITA
from search.rebuilding import check, rebuild

AT_ONCE = 4
ROUNDS = 15
_PAUSE = timedelta(minutes=5)
_EACH = 2
_PATIENCE_SECONDS = 60


def turns(me: str, others: int, meeting: str, since: str) -> None:
    """Which rounds this worker did, and whether it ever met another one at it.

    Each has a clock of its own, so that the lease is longer than all of them may be apart.
    """
    done: list[int] = []
    met: list[int] = []
    began = clock.parse(since)
    registry._jobs.clear()

    @job("test.turns", about="Is done by one of two workers.", rhythm=every(_PAUSE), lease=2 * ROUNDS * _PAUSE)
    def work(now: datetime) -> None:
        inside = JobState("test.inside")
        try:
            write(Put(inside, JobState.name.does_not_exist()), audit=())
        except Stale:
            met.append(1)
        done.append(int((now - began) / _PAUSE))
        time.sleep(0.02)
        write(Delete(inside), audit=())

    _meet(Path(meeting), me, others)
    for number in range(ROUNDS):
        running.run_due(began + number * _PAUSE)
    print("TURNS", json.dumps({"done": done, "met": len(met)}))


def _meet(place: Path, me: str, others: int) -> None:
    (place / me).touch()
    until = time.monotonic() + _PATIENCE_SECONDS
    while len(list(place.iterdir())) <= others and time.monotonic() < until:
        time.sleep(0.01)


def sweeps() -> None:
    print(
        "SWEEPS", json.dumps({race.__name__: race() for race in (items, token_warnings, days, the_index, seal_chain)})
    )


def together(deed: Callable[[], Any]) -> None:
    """A loser may be told so; a turn later it has nothing to do."""

    def tried(_number: int) -> None:
        with suppress(PortalError):
            deed()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(tried, range(AT_ONCE)))
    deed()


def items() -> dict[str, list[int]]:
    """Of items whose day has come: how often each event was kept."""
    now = clock.now()
    made = [make_item(title=f"Day {number}") for number in range(3 * _EACH)]
    expiring, going_live, to_review = made[:_EACH], made[_EACH : 2 * _EACH], made[2 * _EACH :]
    for item in expiring:
        _date(item, expire_at=now - timedelta(hours=1), expiry_month=month_of(now - timedelta(hours=1)))
    for item in going_live:
        _date(item, go_live_at=now - timedelta(hours=1), go_live_month=month_of(now - timedelta(hours=1)))
    for item in to_review:
        _date(item, next_review_at=now - timedelta(days=1), review_month=month_of(now - timedelta(days=1)))
    together(lambda: by_the_clock.expire_due(now))
    together(lambda: by_the_clock.tell_of_going_live(now))
    together(lambda: by_the_clock.remind_of_reviews(now))
    wanted = [("content.expired", one.content_id) for one in expiring]
    wanted += [("content.went_live", one.content_id) for one in going_live]
    wanted += [("content.review_due", one.content_id) for one in to_review]
    return {"kept": _kept(wanted)}


def _date(item: ContentItem, **dates: Any) -> None:
    for name, value in dates.items():
        setattr(item, name, value)
    store.note_told(item)


def token_warnings() -> dict[str, list[int]]:
    made = tokens.create(name="Race", scopes=["content:read"], days=7, by=RITA).token
    made.created_at, made.expires_at = clock.now() - timedelta(days=7), clock.now() + timedelta(minutes=30)
    token_store.save_token(made)
    together(lambda: tokens.warn_of_expiry(clock.now()))
    return {"kept": _kept([("token.expiring", str(made.token_id))])}


def _kept(wanted: list[tuple[str, str]]) -> list[int]:
    """How often each was kept, once the portal's worker has told all of them."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        rows = [(row.event_name, row.metadata.get("object_id")) for row in _events_since_midnight()]
        counts = [rows.count(one) for one in wanted]
        if all(counts) or time.monotonic() > until:
            return counts
        time.sleep(0.5)


def _events_since_midnight() -> Iterator[Any]:
    today = clock.now().date()
    for day in (today - timedelta(days=1), today):
        yield from (row for row in kept.every_event_of(day) if row.metadata)


def days() -> dict[str, int]:
    """Yesterday's events, counted from several places while they come in."""
    day = noon(1).date()
    seen = [told("content.viewed", noon(1), user=f"u{number}", thing="raced") for number in range(8)]

    def count() -> None:
        if seen:
            with suppress(IndexError):
                kept.append(seen.pop())
        rolling.count_days([day])

    together(count)
    for event in list(seen):
        kept.append(event)
    together(lambda: rolling.count_days([day]))
    rows = {str(row.subject): row for row in kept.month_rows(kept.month_part(Kind.CONTENT, f"{day:%Y-%m}"))}
    return {
        "differ": len(list(rolling.differences(Span(day, day)))),
        "views": int(rows["raced"].sheet["counts"]["views"][str(day.day)]),
    }


def the_index() -> dict[str, bool]:
    together(lambda: rebuild("content", int))
    return {"differs": check("content", int).differs}


def seal_chain() -> dict[str, list[str]]:
    later = clock.now() + timedelta(hours=2)
    together(lambda: list(seals.seal_closed_hours(clock.now())))
    return {"problems": [str(one) for one in seals.verify(later).problems]}
