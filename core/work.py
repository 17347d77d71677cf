"""What a worker does all the time, and hearing what is told on EventBridge, by other services or by the portal itself.

`manage.py work` does so at home, reading the queue that EventBridge fills there. On AWS EventBridge calls `tell` in a
Lambda function with the same envelope.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Turn = Callable[[], bool]
Hearer = Callable[[Mapping[str, Any]], None]
ANYTHING = "*"

_turns: list[Turn] = []
_hearers: dict[tuple[str, str], list[Hearer]] = {}


def again_and_again(turn: Turn) -> Turn:
    """Registers what a worker does all the time; a turn says whether there was anything to do."""
    _turns.append(turn)
    return turn


def turns() -> Sequence[Turn]:
    return tuple(_turns)


def hears(source: str, detail_type: str) -> Callable[[Hearer], Hearer]:
    """Registers who is told the `detail` of such events, or of `ANYTHING` from there.

    They may come twice, late, or not at all.
    """

    def register(hearer: Hearer) -> Hearer:
        _hearers.setdefault((source, detail_type), []).append(hearer)
        return hearer

    return register


def tell(envelope: Mapping[str, Any]) -> None:
    """An event as EventBridge sends it. Whatever a hearer raises goes on to the caller, so that it is told again."""
    source, kind = str(envelope.get("source")), str(envelope.get("detail-type"))
    for hearer in (*_hearers.get((source, kind), ()), *_hearers.get((source, ANYTHING), ())):
        hearer(envelope.get("detail") or {})
