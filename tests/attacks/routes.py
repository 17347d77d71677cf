from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

CATCH_ALL = "missing"


def every_route() -> list[str]:
    """The names of all addresses, as they are reversed."""
    return sorted(set(_names(get_resolver(), "")))


def _names(resolver: URLResolver, namespace: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            assert entry.name, f"{entry.pattern} has no name"
            yield namespace + entry.name
        else:
            yield from _names(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
