"""Who is told what, and what is told together (behaviours 3.8)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from ulid import ULID

from notifications.enums import Followed, Kind

WINDOW = timedelta(minutes=60)
"""Repeats of one kind about one thing within it are one notification."""
KEPT = timedelta(days=180)
NEWS = timedelta(days=7)
"""What is told later than so long after it happened is history."""
MOST_COUNTED = 200
MANDATORY = frozenset(
    {
        Kind.ASSIGNED,
        Kind.OVERDUE,
        Kind.CERTIFICATE_EXPIRING,
        Kind.CERTIFICATE_EXPIRED,
        Kind.CERTIFICATE_REVOKED,
        Kind.ACCESS_CHANGED,
    }
)
"""They always stand in the inbox."""
_BY_CODE_OF_TIME = 6


@dataclass(frozen=True)
class Happening:
    """One event that an occasion gathers, and whose doing it was."""

    event_id: str
    actor_id: str


@dataclass(frozen=True)
class Occasion:
    """What is told together: all of one kind about one thing, from the first of it for as long as the window."""

    began_at: datetime
    happenings: Sequence[Happening]

    def count_for(self, user_id: str) -> int:
        """How much of it is news to her: nobody is told of what she did herself."""
        return sum(one.actor_id != user_id for one in self.happenings)


@dataclass(frozen=True)
class Candidate:
    """What is known of somebody at the moment of telling. `count` is how much of the occasion is news to her."""

    is_active: bool
    sees_it: bool
    count: int
    muted: Collection[str] = ()


def is_told(kind: Kind, candidate: Candidate) -> bool:
    is_wanted = kind in MANDATORY or kind.value not in candidate.muted
    return candidate.is_active and candidate.sees_it and candidate.count > 0 and is_wanted


def is_kept(at: datetime, now: datetime) -> bool:
    """Whether an inbox still has what happened then."""
    return at + KEPT > now


def is_history(kind: Kind, at: datetime, now: datetime) -> bool:
    """It stands in the inbox as read, and nothing is mailed: a library that is brought in rings no bell for its past.

    What somebody must do or know is told however late.
    """
    return kind not in MANDATORY and at + NEWS <= now


def joined(known: Occasion | None, happening: Happening, at: datetime) -> Occasion:
    """The occasion that it belongs to, with it. Told twice, it counts once."""
    if known and any(one.event_id == happening.event_id for one in known.happenings):
        return known
    if known and abs(at - known.began_at) < WINDOW:
        return Occasion(known.began_at, [*known.happenings, happening][:MOST_COUNTED])
    return Occasion(at, [happening])


def replaces(known: Occasion | None, occasion: Occasion) -> bool:
    """Whether it is the one to be remembered: not when it is known as it is, nor for what comes very late."""
    return known is None or (occasion != known and occasion.began_at >= known.began_at)


def id_for(began_at: datetime, name: str) -> str:
    """Of the notifications of an occasion: the same whenever it is asked for, and sorting by time."""
    milliseconds = int(began_at.timestamp() * 1000).to_bytes(_BY_CODE_OF_TIME, "big")
    return str(ULID.from_bytes(milliseconds + sha256(name.encode()).digest()[:10])).lower()


def began_at_of(notification_id: str) -> datetime:
    """Raises ValueError for what is not the id of a notification."""
    return ULID.from_str(notification_id.upper()).datetime.astimezone(UTC)


def target_of(kind: Followed, thing_id: str) -> str:
    return f"{kind}:{thing_id}"


def parts_of(target: str) -> tuple[Followed, str]:
    """Raises ValueError for what nobody can follow."""
    kind, _, thing_id = target.partition(":")
    if not thing_id or "#" in thing_id or len(target) > 200:
        raise ValueError(target)
    return Followed(kind), thing_id
