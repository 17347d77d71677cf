"""What a person does with her notifications. The count of what she has not read follows in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

from accounts.person import Person
from core import clock
from core.errors import Invalid, Stale
from core.events import Event, publish
from notifications import rules
from notifications.enums import Kind
from notifications.models import Notification
from notifications.store import inbox as store

_TRIES = 4
T = TypeVar("T")


def mark_read(*, notification_id: str, by: Person, read: bool = True) -> Notification:
    """Doing it twice comes to the same. Raises NotFound for what is not hers."""
    return _trying(lambda: _mark(by.user_id, [store.notification(by.user_id, notification_id)], read)[0])


def open_one(*, notification_id: str, by: Person) -> Notification:
    """Marks it read and says that it was opened. Raises NotFound for what is not hers."""
    found = mark_read(notification_id=notification_id, by=by)
    publish(Event("notification.opened", notification_id, by.user_id, {"kind": found.kind}))
    return found


def mark_all_read(*, by: Person, until: datetime | None = None) -> int:
    """Those that had happened by then; how many. What came since stays unread: she has not seen it.

    Her count is counted anew, for what she never read goes after 180 days without telling it.
    """
    marked, cursor = 0, None
    until = until or clock.now()
    while True:
        page = store.page_of(by.user_id, unread=True, cursor=cursor, limit=store.MOST_MARKED)
        ids = [one.notification_id for one in page.items if one.updated_at <= until]
        marked += _trying(partial(_mark_those, by.user_id, ids))
        cursor = page.next_cursor
        if cursor is None:
            recount(by.user_id)
            return marked


def set_muted(*, kinds: Collection[str], by: Person) -> None:
    """Kinds that do not come into her inbox from now on, and no others. Raises Invalid for one that must."""
    _check_may_be_muted(kinds)
    _mute(by, lambda _muted: kinds)


def change_muted(*, shown: Mapping[str, bool], by: Person) -> None:
    """Whether these kinds come into her inbox; the others stay as they are. Raises Invalid for one that must."""
    hidden = [kind for kind, is_shown in shown.items() if not is_shown]
    _check_may_be_muted(hidden)
    _mute(by, lambda muted: (set(muted) - set(shown)) | set(hidden))


def _check_may_be_muted(kinds: Collection[str]) -> None:
    for kind in kinds:
        if kind not in set(Kind) or Kind(kind) in rules.MANDATORY:
            raise Invalid("This kind always stands in the inbox.")


def _mute(by: Person, choose: Callable[[Collection[str]], Collection[str]]) -> None:
    def change() -> None:
        head = store.head_of(by.user_id, fresh=True)
        head.muted = sorted(set(choose(head.muted)))
        store.save_head(head)

    _trying(change)


def recount(user_id: str) -> tuple[int, int]:
    """What the counter said, and what it says now."""

    def change() -> tuple[int, int]:
        head = store.head_of(user_id, fresh=True)
        before, head.unread = int(head.unread), store.count_unread(user_id)
        if head.unread != before:
            store.save_head(head)
        return before, int(head.unread)

    return _trying(change)


def _mark_those(user_id: str, ids: Sequence[str]) -> int:
    rows = [one for one in store.notifications_by_ids(user_id, ids) if one.read_at is None]
    _mark(user_id, rows, read=True)
    return len(rows)


def _mark(user_id: str, rows: Sequence[Notification], read: bool) -> Sequence[Notification]:
    """Raises Stale."""
    changed = [one for one in rows if (one.read_at is not None) is not read]
    if changed:
        head = store.head_of(user_id, fresh=True)
        head.unread = max(0, int(head.unread) + (-len(changed) if read else len(changed)))
        for one in changed:
            one.read_at, one.unread_of = (clock.now(), None) if read else (None, user_id)
        store.mark(head, changed)
    return rows


def _trying(do: Callable[[], T]) -> T:
    """Something new may come, or another page of hers mark the same, in this very moment."""
    for _try in range(_TRIES - 1):
        try:
            return do()
        except Stale:
            continue
    return do()
