"""What the next write takes into its transaction: the events that it causes (`core/events.py`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.aws.records import BaseRecord


@dataclass
class Along:
    """What the next write takes into its transaction, with what is to be taken along in the blocks around."""

    rows: Sequence[BaseRecord]
    outer: Along | None
    is_written: bool = False

    @classmethod
    def everything(cls) -> list[Along]:
        found, along = list[Along](), _along.get()
        while along:
            found += [] if along.is_written else [along]
            along = along.outer
        return found


_along: ContextVar[Along | None] = ContextVar("along", default=None)


@contextmanager
def taking_along(rows: Sequence[BaseRecord]) -> Iterator[Along]:
    """The first write within the block writes these too, together with its own: both, or neither."""
    along = Along(rows, _along.get(), is_written=not rows)
    token = _along.set(along)
    try:
        yield along
    finally:
        _along.reset(token)


@contextmanager
def taking_nothing_along() -> Iterator[None]:
    """For work that the blocks around it do not tell of, such as a listener's."""
    token = _along.set(None)
    try:
        yield
    finally:
        _along.reset(token)
