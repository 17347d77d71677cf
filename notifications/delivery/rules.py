"""When a mail is due, what stands in it, and what unsubscribing changes (behaviours 3.8)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from notifications.delivery.enums import Rhythm

MORNING = time(8)
SHOWN_AT_MOST = 5
"""Of each section; the rest is counted."""
_SATURDAY, _MONDAY = 5, 0
_MINUTE = timedelta(minutes=1)
_BACK_OFF = (1, 5, 15, 60)
"""Minutes before a mailing that could not be handed over is tried again; then every hour."""
TRIES_AT_MOST = 24
"""About a day; what could not be handed over by then is in her inbox alone."""

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Slot:
    """A mail that is to come: one for each name and person, ever."""

    name: str
    due_at: datetime


@dataclass(frozen=True)
class Section(Generic[K, T]):
    key: K
    shown: Sequence[T]
    more: int


def slot_after(rhythm: Rhythm, moment: datetime, zone: str) -> Slot:
    """The first one that begins after `moment`; of what comes at once, all of a minute is one mail."""
    if rhythm is Rhythm.NOW:
        begins = moment.astimezone(UTC).replace(second=0, microsecond=0)
        return Slot(f"now#{begins:%Y-%m-%dT%H:%M}Z", moment)
    place = ZoneInfo(zone)
    for day in _days_from(moment.astimezone(place).date()):
        at = _morning_of(day, place)
        if at is not None and at > moment and _suits(rhythm, day):
            return Slot(f"{rhythm}#{day}", at)
    raise OverflowError  # the calendar has ended


def next_slot(rhythm: Rhythm, taken: Slot, zone: str) -> Slot:
    """The one after a slot whose mail has gone out already."""
    after = taken.due_at + (_MINUTE if rhythm is Rhythm.NOW else timedelta())
    return slot_after(rhythm, after, zone)


def rhythm_of(slot_name: str) -> Rhythm:
    return Rhythm(slot_name.partition("#")[0])


def retry_after(tries: int) -> timedelta:
    """`tries` counts those that failed, from 1."""
    return timedelta(minutes=_BACK_OFF[min(tries, len(_BACK_OFF)) - 1])


def rhythm_for(chosen: str | None, *, default: Rhythm, mandatory: bool) -> Rhythm:
    """What she chose, as far as it may be chosen: a mandatory kind that is said to be off comes in the digest."""
    rhythm = Rhythm(chosen) if chosen in set(Rhythm) else default
    return Rhythm.DAILY if mandatory and rhythm is Rhythm.OFF else rhythm


def less_often(current: Rhythm, *, came: Rhythm, mandatory: bool) -> Rhythm:
    """After unsubscribing from a mail that `came` so: no mail, or the next slower one of a mandatory kind.

    Doing it twice changes no more than doing it once.
    """
    if not mandatory:
        return Rhythm.OFF
    slower = Rhythm.DAILY if came is Rhythm.NOW else Rhythm.WEEKLY
    return max(current, slower, key=list(Rhythm).index)


def sections(
    entries: Iterable[T], *, section_of: Callable[[T], K], order: Sequence[K], at_most: int = SHOWN_AT_MOST
) -> list[Section[K, T]]:
    """In this order, each with its first entries, and how many more there are. Empty ones are left out."""
    grouped: dict[K, list[T]] = {}
    for entry in entries:
        grouped.setdefault(section_of(entry), []).append(entry)
    places: Mapping[K, int] = {key: place for place, key in enumerate(order)}
    return [
        Section(key, found[:at_most], max(0, len(found) - at_most))
        for key, found in sorted(grouped.items(), key=lambda item: places.get(item[0], len(places)))
    ]


def _days_from(day: date) -> Iterator[date]:
    while day < date.max:
        yield day
        day += timedelta(days=1)


def _suits(rhythm: Rhythm, day: date) -> bool:
    return day.weekday() == _MONDAY if rhythm is Rhythm.WEEKLY else day.weekday() < _SATURDAY


def _morning_of(day: date, zone: ZoneInfo) -> datetime | None:
    """None for a day that the zone left out. Of two such mornings it is the first."""
    at = datetime.combine(day, MORNING, tzinfo=zone).astimezone(UTC)
    return at if at.astimezone(zone).date() == day else None
