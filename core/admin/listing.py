"""How a table is listed without a scan: by the values of one of its indexes, or by what somebody searches for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.utils.http import urlencode

from core.aws.records import BaseRecord, get_many, query
from core.paging import Page

Choices = Sequence[tuple[str, Any]]
Source = type[BaseRecord] | Any


@dataclass(frozen=True)
class By:
    """A list of its own for each value of `name`, the hash key of `source`."""

    name: str
    title: Any
    source: Source
    values: Callable[[], Choices]
    newest_first: bool = True

    def page(self, value: str, cursor: str | None, limit: int) -> Page[BaseRecord]:
        scope = f"admin:{self.name}:{value}"
        return query(self.source, value, scope=scope, cursor=cursor, limit=limit, newest_first=self.newest_first)


def filter_of(by: By, *, first: bool) -> type[SimpleListFilter]:
    """In the admin's rail; there is no “All”, which would be a scan. Of the `first` filter one value is always chosen."""

    class ByFilter(SimpleListFilter):
        title = by.title
        parameter_name = by.name

        def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
            return by.values()

        def value(self) -> str | None:
            chosen: str | None = super().value()
            return chosen or (next((str(value) for value, _ in self.lookup_choices), None) if first else None)

        def choices(self, changelist: ChangeList) -> Iterator[Any]:
            for value, title in self.lookup_choices:
                query_string = f"?{urlencode({by.name: value})}"
                yield {
                    "selected": self._shown(changelist) == str(value),
                    "query_string": query_string,
                    "display": title,
                }

        def _shown(self, changelist: ChangeList) -> str | None:
            """One list is shown at a time, so that each is one query."""
            other = any(name != by.name for name in changelist.params if name not in ("q", "after"))
            return None if other or "q" in changelist.params else self.value()

        def queryset(self, request: HttpRequest, queryset: Any) -> Any:
            return queryset

    return ByFilter


def found(record: type[BaseRecord], text: str, cursor: str | None, limit: int) -> Page[BaseRecord]:
    """`text` is a key, or `attribute:value` for the hash key of the table or of one of its indexes."""
    name, _, value = text.partition(":")
    sources = searchable(record)
    if value and name in sources:
        return query(sources[name], value.strip(), scope=f"admin:{name}:{value}", cursor=cursor, limit=limit)
    if record._range_keyname is None:
        return Page(get_many(record, [text]), None)
    return query(record, text, scope=f"admin:{text}", cursor=cursor, limit=limit)


def searchable(record: type[BaseRecord]) -> dict[str, Source]:
    """By the hash keys that can be asked for; the table's own comes first."""
    sources: dict[str, Source] = {}
    if record._range_keyname is not None:
        sources[str(record._hash_keyname)] = record
    for index in record._indexes.values():
        sources.setdefault(str(index._hash_key_attribute().attr_name), index)
    attributes = {attribute.attr_name: name for name, attribute in record.get_attributes().items()}
    return {attributes.get(name, name): source for name, source in sources.items()}
