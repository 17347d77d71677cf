"""What Admins do with channels. The address of one is taken in and never shown again."""

from __future__ import annotations

from collections.abc import Collection

from accounts.enums import Role
from accounts.permissions import Permission, require
from accounts.person import Person
from core import outbound
from core.errors import Invalid, Refused, Stale
from core.names import tidied
from core.targets import target_of
from notifications.delivery.channels import sending, store
from notifications.delivery.channels.models import Channel
from notifications.delivery.channels.rules import TOPICS
from notifications.delivery.channels.store import entry
from webhooks import sealing

MAX_NAME = 60


def create(*, name: str, address: str, topics: Collection[str], audience: Role, by: Person, channel_id: str) -> Channel:
    """Raises Invalid; Refused when there are too many; Stale when one with this id was made already."""
    require(by, Permission.WEBHOOKS_MANAGE)
    url = _checked(name, topics, audience, address)
    if len(store.all_channels()) >= store.MOST:
        raise Refused(f"There can be {store.MOST} channels. Delete one that is no longer used.")
    channel = store.new_channel(channel_id, **_values(name, topics, audience), **_kept(url))
    changes = {"host": {"after": channel.host}, "topics": {"after": list(channel.topics)}}
    store.save_channel(channel, audit=[entry("channel.created", channel, by, changes)])
    return channel


def change(
    *,
    channel_id: str,
    name: str,
    address: str,
    topics: Collection[str],
    audience: Role,
    by: Person,
    seen_rev: int | None = None,
) -> Channel:
    """Without an `address` the one it has stays. One that was switched off gets another chance. Raises Invalid, Stale."""
    channel = _one(channel_id, by)
    if seen_rev is not None and channel.rev != seen_rev:
        raise Stale
    url = _checked(name, topics, audience, address, required=False)
    before = {"host": channel.host, "topics": list(channel.topics), "audience": channel.audience}
    for key, value in (_values(name, topics, audience) | (_kept(url) if url else {})).items():
        setattr(channel, key, value)
    channel.active, channel.off_because = True, None
    after = {"host": channel.host, "topics": list(channel.topics), "audience": channel.audience}
    changes = {key: {"before": before[key], "after": after[key]} for key in after if before[key] != after[key]}
    store.save_channel(channel, audit=[entry("channel.changed", channel, by, changes)])
    return channel


def delete(*, channel_id: str, by: Person) -> None:
    channel = _one(channel_id, by)
    store.delete_channel(channel, audit=[entry("channel.deleted", channel, by)])


def test(*, channel_id: str, by: Person) -> str:
    """Writes there that it works; why it did not arrive, if it did not."""
    return sending.post_test(_one(channel_id, by))


def _one(channel_id: str, by: Person) -> Channel:
    require(by, Permission.WEBHOOKS_MANAGE)
    return store.channel_by_id(channel_id)


def _checked(name: str, topics: Collection[str], audience: Role, address: str, *, required: bool = True) -> str:
    """The address in its one spelling. Raises Invalid."""
    problems: dict[str, str] = {}
    url = ""
    if not tidied(name) or len(tidied(name)) > MAX_NAME:
        problems["name"] = f"Give it a name of up to {MAX_NAME} characters."
    if not topics or set(topics) - set(TOPICS):
        problems["topics"] = "Choose what is told there."
    elif audience is Role.VIEWER and any(TOPICS[topic].for_approvers for topic in topics):
        problems["audience"] = "What waits for review is told where Approvers alone read."
    if required or address.strip():
        try:
            url = outbound.check(address.strip())
        except Invalid as invalid:
            problems["address"] = invalid.message
    if problems:
        raise Invalid(fields=problems)
    return url


def _values(name: str, topics: Collection[str], audience: Role) -> dict[str, object]:
    return {"name": tidied(name), "topics": [topic for topic in TOPICS if topic in topics], "audience": audience.value}


def _kept(url: str) -> dict[str, object]:
    return {"address": sealing.seal(url), "host": target_of(url).host}
