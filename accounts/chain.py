"""The chain of seals over the audit log, computed: no storage, no clock.

A seal names every entry of a closed hour by its fingerprint, and has a digest over them and the seal before. So one
entry that is changed, taken away or put in later disagrees with its seal, and a seal that is changed to agree breaks
the chain behind it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from typing import Any, TypeVar

T = TypeVar("T")

GRACE = timedelta(minutes=10)
"""After an hour has ended, for writes that began in it; no request takes as long."""
LATE = timedelta(hours=2)
"""Closed hours that are not sealed after so long mean that the job does not run, or that seals were taken away."""
ENTRIES_AT_MOST = 1000
"""In one part, which stays well below what a record can hold."""


def fingerprint(stored: Mapping[str, Any]) -> str:
    return _digest(stored)


def seal_digest(previous: str, hour_part: str, entries: Mapping[str, str]) -> str:
    return _digest({"previous": previous, "hour": hour_part, "entries": entries})


def hour_of(ts_id: str) -> str:
    """`2026-11-22T21` of an entry's or a seal's sort key; text order is time order."""
    return ts_id[:13]


def first_open_hour(now: datetime) -> str:
    """Entries of this hour and later ones may still come."""
    return (now - GRACE).strftime("%Y-%m-%dT%H")


def first_hour_not_late(now: datetime) -> str:
    return (now - GRACE - LATE).strftime("%Y-%m-%dT%H")


def part_after(hour: str, last: str | None) -> str:
    """The sort key of the next seal of an hour, `last` being that of the newest seal of all."""
    number = int(last.partition("#")[2]) + 1 if last and hour_of(last) == hour else 1
    return f"{hour}#{number:04d}"


def portions(entries: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(entries)
    while portion := list(islice(rest, ENTRIES_AT_MOST)):
        yield portion


def month_after(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year + (number == 12):04d}-{number % 12 + 1:02d}"


def month_before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year - (number == 1):04d}-{(number - 2) % 12 + 1:02d}"


def _digest(value: Mapping[str, Any]) -> str:
    return sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
