"""Opaque ids that sort by the time they were made and never hold a `#`."""

from __future__ import annotations

from datetime import datetime

from ulid import ULID

_LENGTH, _OF_TIME = 26, 10


def new_id() -> str:
    return str(ULID()).lower()


def id_at(moment: datetime) -> str:
    """A new one, as if made then: for what the portal's clock says happened at that time."""
    return str(ULID.from_datetime(moment)).lower()


def first_id_at(moment: datetime) -> str:
    """Not after any id that was made then or later: for asking what was made since."""
    return str(ULID.from_datetime(moment))[:_OF_TIME].lower().ljust(_LENGTH, "0")
