"""Pages of a list, and the cursors that lead to the next one.

A cursor is opaque and signed, and bound to its list and person: one that was edited, or comes from elsewhere,
is refused instead of being guessed at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core import signing

from core.errors import Invalid

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    items: Sequence[T]
    next_cursor: str | None = None


def seal(scope: str, position: Any) -> str | None:
    """`position` is anything JSON can hold; None means that the list has ended."""
    return None if position is None else signing.dumps(position, salt=f"cursor:{scope}", compress=True)


def unseal(scope: str, cursor: str | None) -> Any:
    if not cursor:
        return None
    try:
        return signing.loads(cursor, salt=f"cursor:{scope}")
    except signing.BadSignature as error:
        raise Invalid("This link into the list is no longer valid. Start again from the first page.") from error
