"""Where each app says how its whole part of the index is made again from its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from core.index.documents import Document

Rebuilder = Callable[[], Iterator[Document]]
_rebuilders: dict[str, Rebuilder] = {}


def register(kind: str, documents: Rebuilder) -> None:
    """`documents` gives every document of that kind. An app registers in its `handlers.py`."""
    _rebuilders[kind] = documents


def rebuilders() -> Mapping[str, Rebuilder]:
    return MappingProxyType(_rebuilders)
