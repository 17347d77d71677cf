"""The words of a search: for whoever keeps them for a while, and never in the event that tells of it.

Events go to everybody, to a bus and to other programs; what somebody typed does not. Whoever keeps it does so in the
transaction that takes the event along, so that it costs no further request.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from core.errors import PortalError

logger = logging.getLogger(__name__)

Keeper = Callable[[str, str], None]
"""Is given the id of the search and what was typed."""

_keepers: list[Keeper] = []


def keeps_words(keeper: Keeper) -> Keeper:
    _keepers.append(keeper)
    return keeper


def keep(search_id: str, typed: str) -> None:
    """Never fails the search."""
    for keeper in _keepers:
        try:
            keeper(search_id, typed)
        except PortalError:
            logger.exception("words not kept", extra={"search": search_id})
