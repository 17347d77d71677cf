from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from accounts.models import AuditEntry
from accounts.person import Person
from accounts.store import audit_entry
from core import clock
from core.aws.records import Delete, Put, find, get, query, write
from core.errors import Stale
from notifications.delivery import store as mailings
from notifications.delivery.channels.models import Channel
from notifications.delivery.models import Mailing
from notifications.delivery.rules import Slot

MOST = 20
QUEUE = "slack"
_REGISTER = "~channels"
_PREFIX = "~channel:"


def new_channel(channel_id: str, **values: Any) -> Channel:
    now = clock.now()
    return Channel(_REGISTER, channel_id, created_at=now, updated_at=now, **values)


def all_channels() -> Sequence[Channel]:
    """In the order in which they were made, as they are at this moment."""
    return query(Channel, _REGISTER, scope="channels", limit=2 * MOST, consistent=True).items


def channel_by_id(channel_id: str) -> Channel:
    """Raises NotFound."""
    return get(Channel, _REGISTER, channel_id, consistent=True)


def channel_for(message: Mailing) -> Channel | None:
    return find(Channel, _REGISTER, message.user_id.removeprefix(_PREFIX), consistent=True)


def save_channel(channel: Channel, *, audit: Sequence[AuditEntry]) -> None:
    """Raises Stale when it was changed since it was read, or when one with this id is there already."""
    channel.updated_at = clock.now()
    write(Put(channel), audit=audit)


def delete_channel(channel: Channel, *, audit: Sequence[AuditEntry]) -> None:
    write(Delete(channel), audit=audit)


def put_message(channel: Channel, event_id: str, topic: str, thing: str, now: datetime) -> None:
    """Told twice, it makes nothing twice. A message is a mailing to a channel."""
    with suppress(Stale):
        mailings.make(_PREFIX + channel.channel_id, Slot(f"{QUEUE}#{event_id}", now), [topic, thing])


def entry(action: str, channel: Channel, by: Person, changes: Mapping[str, object] | None = None) -> AuditEntry:
    return audit_entry(by=by, action=action, object_type="channel", object_id=channel.channel_id, changes=changes)
