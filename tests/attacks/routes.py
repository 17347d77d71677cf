from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


def every_route() -> Mapping[str, tuple[str, ...]]:
    """The names of all addresses, as they are reversed, with the names of their parts.

    Those of the Django admin are left out: tests/test_record_admin.py asks them.
    """
    return dict(_routes(get_resolver(), "", ()))


def _routes(resolver: URLResolver, namespace: str, parts: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for entry in resolver.url_patterns:
        inner = (*parts, *_parts(entry.pattern))
        if getattr(entry, "namespace", None) == "admin":
            continue
        if isinstance(entry, URLPattern):
            assert entry.name, f"{entry.pattern} has no name"
            yield namespace + entry.name, inner
        else:
            yield from _routes(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace, inner)


def _parts(pattern: Any) -> tuple[str, ...]:
    return tuple(getattr(pattern, "converters", {}))
