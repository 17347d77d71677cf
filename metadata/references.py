"""Who refers to options. Apps above register here what only they can say: what uses an option, and how it lets go of it.

So options are counted, archived, merged and deleted with all their uses in mind, and nothing here knows of those apps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from metadata.models import Job, Option


@dataclass(frozen=True)
class Step:
    """`cursor` is where to go on, None when nothing is left to do."""

    done: int
    cursor: str | None


@dataclass(frozen=True)
class Holder:
    """An app's part. `shown` counts what its list at `address` shows; `all_uses` everything that names an option.

    `left_bare` counts what readers see and what would have nothing else of that group. `follow` does the next few of
    what a job asks for, can be repeated, and raises nothing for a single thing that fails.
    """

    name: str
    shown: Callable[[], Mapping[str, int]]
    all_uses: Callable[[], Mapping[str, int]]
    address: Callable[[Option], str]
    left_bare: Callable[[Option], int]
    follow: Callable[[Job, str, int], Step]


_holders: dict[str, Holder] = {}


def register(holder: Holder) -> None:
    _holders[holder.name] = holder


def holders() -> Iterable[Holder]:
    return tuple(_holders.values())


def shown() -> Mapping[str, int]:
    return _summed(holder.shown() for holder in holders())


def all_uses() -> Mapping[str, int]:
    return _summed(holder.all_uses() for holder in holders())


def left_bare(option: Option) -> int:
    return sum(holder.left_bare(option) for holder in holders())


def address(option: Option) -> str:
    """Where its uses are listed; empty when nobody lists any."""
    return next((found for holder in holders() if (found := holder.address(option))), "")


def _summed(counts: Iterable[Mapping[str, int]]) -> Mapping[str, int]:
    total: Counter[str] = Counter()
    for count in counts:
        total.update(count)
    return total
