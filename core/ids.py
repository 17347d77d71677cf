"""Opaque ids that sort by the time they were made and never hold a `#`."""

from __future__ import annotations

from ulid import ULID


def new_id() -> str:
    return str(ULID()).lower()
