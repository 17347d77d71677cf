"""Notifications, and the count of those that were not read: always written in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from core import clock
from core.aws.records import Put, find, query, write
from core.aws.together import read_together
from core.errors import NotFound
from core.paging import Page
from notifications import rules
from notifications.models import InboxHead, Notification, OccasionRow
from notifications.rules import Happening, Occasion

HEAD = "#head"
"""Sorts before every moment."""
AT_ONCE = 48
"""People whose notification and count are written in one transaction of at most a hundred records."""
MOST_MARKED = 90
_OCCASION, _KEPT_OCCASIONS = "occasion", rules.WINDOW * 24 * 10


@dataclass(frozen=True)
class Place:
    """Somebody's inbox at the moment of telling: her head, and her notification of this occasion if there is one."""

    head: InboxHead
    known: Notification | None


def key_of(notification_id: str) -> str:
    """Raises NotFound for what is not the id of a notification."""
    try:
        return f"{clock.iso(rules.began_at_of(notification_id))}#{notification_id}"
    except ValueError as error:
        raise NotFound from error


def places(user_ids: Iterable[str], notification_id: str) -> dict[str, Place]:
    """As they are at this moment: one BatchGet for each fifty people."""
    people, key = list(dict.fromkeys(user_ids)), key_of(notification_id)
    wanted = {Notification: [(one, key) for one in people], InboxHead: [(one, HEAD) for one in people]}
    found = read_together(wanted, consistent=True)
    return {
        one: Place(found.get(InboxHead, (one, HEAD)) or InboxHead(one, HEAD), found.get(Notification, (one, key)))
        for one in people
    }


def save(changes: Iterable[tuple[InboxHead, Notification]]) -> None:
    """All of it or, with a Stale, nothing: somebody of them read or was told something in this moment."""
    write(*(Put(record) for pair in changes for record in pair), audit=())


def head_of(user_id: str, *, fresh: bool = False) -> InboxHead:
    return find(InboxHead, user_id, HEAD, consistent=fresh) or InboxHead(user_id, HEAD)


def save_head(head: InboxHead) -> None:
    """Raises Stale."""
    write(Put(head), audit=())


def notification(user_id: str, notification_id: str) -> Notification:
    """As it is at this moment. Raises NotFound, for what is over, too."""
    found = find(Notification, user_id, key_of(notification_id), consistent=True)
    if found is None or found.ttl <= clock.now():
        raise NotFound
    return found


def notifications_by_ids(user_id: str, ids: Sequence[str]) -> list[Notification]:
    """Those of hers that there still are."""
    keys = [(user_id, key_of(one)) for one in ids]
    found = read_together({Notification: keys}, consistent=True).many(Notification, keys)
    return [one for one in found if one.ttl > clock.now()]


def page_of(
    user_id: str,
    *,
    unread: bool = False,
    kinds: Sequence[str] = (),
    cursor: str | None = None,
    limit: int = 25,
    until: datetime | None = None,
    consistent: bool = False,
) -> Page[Notification]:
    """Newest first, without what is over: DynamoDB sweeps late, and the head stands before all of them."""
    since, end = clock.iso(clock.now() - rules.KEPT), clock.iso(until) + "~" if until else "~"
    return query(
        Notification.unread if unread else Notification,
        user_id,
        scope=f"inbox:{user_id}:{unread}:{','.join(sorted(kinds))}",
        cursor=cursor,
        limit=limit,
        newest_first=True,
        range_condition=Notification.key.between(since, end),
        filter_condition=reduce(or_, (Notification.kind == kind for kind in kinds)) if kinds else None,
        consistent=consistent,
    )


def mark(head: InboxHead, rows: Sequence[Notification]) -> None:
    """The rows as they are now, and her count with them. Raises Stale."""
    write(Put(head), *map(Put, rows), audit=())


def count_unread(user_id: str) -> int:
    """Counted anew from all that she has, as it is at this moment; never within a page."""
    count, cursor = 0, None
    while True:
        page = page_of(user_id, cursor=cursor, limit=1000, consistent=True)
        count += sum(one.read_at is None for one in page.items)
        cursor = page.next_cursor
        if cursor is None:
            return count


def occasion(name: str) -> OccasionRow | None:
    return find(OccasionRow, _partition(name), _OCCASION, consistent=True)


def read_occasion(row: OccasionRow | None) -> Occasion | None:
    return Occasion(row.began_at, [Happening(*pair) for pair in row.happenings]) if row else None


def save_occasion(name: str, row: OccasionRow | None, found: Occasion) -> None:
    """Raises Stale when it was changed since it was read."""
    row = row or OccasionRow(_partition(name), _OCCASION)
    row.began_at, row.ttl = found.began_at, found.began_at + _KEPT_OCCASIONS
    row.happenings = [[one.event_id, one.actor_id] for one in found.happenings]
    write(Put(row), audit=())


def _partition(name: str) -> str:
    return f"occasion#{name}"
