"""What apps above offer on the page of a thing to those who look after it.

The page knows nothing of them: they register here by the kind of thing, and it shows whatever there is. An offer costs
no request; whether it may be taken up is decided at its address.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from core.pages import Action

Offer = Callable[[str], Action]
"""Given the thing's id."""

_offers: dict[str, list[Offer]] = defaultdict(list)


def offers_on(kind: str) -> Callable[[Offer], Offer]:
    def register(offer: Offer) -> Offer:
        _offers[kind].append(offer)
        return offer

    return register


def offered_on(kind: str, thing_id: str) -> list[Action]:
    return [offer(thing_id) for offer in _offers[kind]]
