"""Reads of options. They change seldom and every page shows their labels, so a process remembers them for a minute."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from accounts.models import AuditEntry
from core.aws.records import Put, find, query, write
from metadata.enums import Group
from metadata.models import NameClaim, Option

REMEMBERED_SECONDS = 60

_remembered: dict[Group, tuple[float, tuple[Option, ...]]] = {}


def options_of(group: Group) -> Sequence[Option]:
    """In their order, archived ones too; at most a minute old."""
    read_at, options = _remembered.get(group, (0.0, ()))
    if not read_at or time.monotonic() - read_at > REMEMBERED_SECONDS:
        options = tuple(_read(group))
        _remembered[group] = (time.monotonic(), options)
    return options


def _read(group: Group) -> list[Option]:
    options: list[Option] = []
    cursor = None
    while True:
        page = query(Option.by_group, group.value, scope="options", cursor=cursor, limit=500)
        options += page.items
        cursor = page.next_cursor
        if cursor is None:
            return options


def by_id() -> Mapping[str, Option]:
    """Every option of every group."""
    return {option.option_id: option for group in Group for option in options_of(group)}


def labels() -> Mapping[str, str]:
    return {option_id: option.label for option_id, option in by_id().items()}


def named(group: Group, key: str) -> str | None:
    """The id of the option that holds this name; `key` is `rules.comparison_key(label)`."""
    claim = find(NameClaim, claim_id(group, key), consistent=True)
    return claim.claimed_by if claim else None


def claim_id(group: Group, key: str) -> str:
    return f"name:{group.value}:{key}"


def create(option: Option, key: str, *, audit: AuditEntry) -> None:
    """Raises Stale when the name was taken meanwhile."""
    group = Group(option.group_key)
    claim = NameClaim(claim_id(group, key), claimed_by=option.option_id)
    write(Put(option), Put(claim, NameClaim.option_id.does_not_exist()), audit=[audit])
    forget()


def forget() -> None:
    """Makes this process read the options again."""
    _remembered.clear()
