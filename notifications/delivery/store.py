"""Reads and writes of mailings, each by key or by the index of what is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from core.aws import records
from core.aws.records import Delete, Put, query, write
from core.aws.together import read_together
from core.errors import Stale
from notifications.delivery.enums import MailingState, Rhythm
from notifications.delivery.models import DueMailings, Mailing, Waiting
from notifications.delivery.rules import Slot

QUEUES = {"now": "now", "daily": "digest", "weekly": "digest", "slack": "slack"}
"""By how the `row` of a mailing begins."""
MOST_WAITING = 500
"""Of one person; what is older than that was told often enough by then, and stands in her inbox."""
_TOGETHER = 90
"""Of the hundred records that one transaction may hold."""
_KEPT = timedelta(days=60)
_PREFIX = "waiting#"


def waiting(user_id: str, key: str, kind: str, now: datetime) -> Waiting:
    """`key` is the notification's own in her partition, which begins with its moment."""
    return Waiting(user_id, _PREFIX + key, kind=kind, ttl=now + _KEPT)


def key_of(row: Waiting) -> str:
    return row.row.removeprefix(_PREFIX)


def put_waiting(rows: Sequence[Waiting]) -> None:
    """Harmless to repeat, as long as no mail has told of them yet."""
    records.put_unread(rows)


def waiting_of(user_id: str, now: datetime) -> list[Waiting]:
    """The newest first, as they are at this moment."""
    found = query(
        Waiting,
        user_id,
        scope=f"waiting:{user_id}",
        limit=MOST_WAITING,
        newest_first=True,
        range_condition=Waiting.row.startswith(_PREFIX),
        consistent=True,
    )
    return [row for row in found.items if row.ttl > now]


def drop_waiting(rows: Sequence[Waiting]) -> None:
    records.remove_unread(rows)


def mailings_at(places: Iterable[tuple[str, Slot]]) -> dict[tuple[str, str], Mailing]:
    """By person and name of the slot, as they are at this moment: one BatchGet per hundred."""
    keys = [(user_id, slot.name) for user_id, slot in places]
    found = read_together({Mailing: keys}, consistent=True)
    return {(one.user_id, one.row): one for one in found.many(Mailing, keys)}


def open_mailings_of(user_id: str) -> list[Mailing]:
    """Those that are still to be sent."""
    found = [
        query(Mailing, user_id, scope=f"mailings:{user_id}", limit=100, range_condition=Mailing.row.startswith(prefix))
        for prefix in (f"{Rhythm.DAILY}#", f"{Rhythm.WEEKLY}#")
    ]
    return [one for page in found for one in page.items if one.state == MailingState.WAITING]


def make(user_id: str, slot: Slot, keys: Sequence[str] = ()) -> None:
    """Raises Stale when there is one."""
    write(_made(user_id, slot, keys), audit=())


def make_all(places: Sequence[tuple[str, Slot]]) -> None:
    """In a request for each ninety people. Raises Stale when there is one of them: then look again which."""
    for start in range(0, len(places), _TOGETHER):
        write(*(_made(user_id, slot) for user_id, slot in places[start : start + _TOGETHER]), audit=())


def forget(mailing: Mailing) -> None:
    """One that nobody has taken yet; another one stands for it."""
    with suppress(Stale):
        write(Delete(mailing, Mailing.state == MailingState.WAITING.value), audit=())


def due(queue: str, now: datetime, limit: int) -> Sequence[Mailing]:
    """The longest due first."""
    until = DueMailings.due_at <= now
    return query(Mailing.by_due, queue, scope=f"due:{queue}", limit=limit, range_condition=until).items


def take(mailing: Mailing, rows: Sequence[Waiting], now: datetime) -> bool:
    """From here on it is this process's to send and nobody else's; what it tells of waits no more.

    False when another one was quicker. The index may still show a mailing that is done.
    """
    mailing.state, mailing.queue, mailing.taken_at = MailingState.SENDING.value, None, now
    mailing.keys = [*mailing.keys, *(key_of(row) for row in rows)]
    together, later = rows[:_TOGETHER], rows[_TOGETHER:]
    free = (Mailing.state == MailingState.WAITING.value) & (Mailing.tries == mailing.tries)
    try:
        write(Put(mailing, free), *(Delete(row) for row in together), audit=())
    except Stale:
        return False
    records.remove_unread(later)
    return True


def done(mailing: Mailing, state: MailingState, now: datetime) -> None:
    mailing.state, mailing.queue = state.value, None
    mailing.sent_at = now if state is MailingState.SENT else None
    write(Put(mailing, Mailing.state == MailingState.SENDING.value), audit=())


def give_back(mailing: Mailing, due_at: datetime) -> None:
    """It did not go out, and is tried again."""
    mailing.state, mailing.queue, mailing.due_at = MailingState.WAITING.value, _queue(mailing.row), due_at
    mailing.tries += 1
    write(Put(mailing, Mailing.state == MailingState.SENDING.value), audit=())


def _queue(row: str) -> str:
    return QUEUES[row.partition("#")[0]]


def _made(user_id: str, slot: Slot, keys: Sequence[str] = ()) -> Put:
    mailing = Mailing(user_id, slot.name, queue=_queue(slot.name), due_at=slot.due_at, ttl=slot.due_at + _KEPT)
    mailing.keys = list(keys)
    return Put(mailing, Mailing.user_id.does_not_exist())
