"""Items of the library as forms offer them: those that a person may read, found as the search finds them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext

from accounts.person import Person
from content.access import items_for_reading
from content.documents import KIND
from content.enums import STATUS_LABELS, Status
from content.models import ContentItem
from content.permissions import clauses_for, status_of
from core import clock
from core.index import index
from core.index.documents import Query
from core.picker import Choice, Found
from metadata.store import by_id

_IN_ADDRESS = re.compile(r"/content/([0-9a-z][0-9a-z_-]{5,})(?:[/?#]|$)")


@dataclass(frozen=True)
class ItemSource:
    """`live`: only those that everybody can be sent to."""

    person: Person
    live: bool = False
    without: str = ""

    @property
    def url(self) -> str:
        return reverse("content:pick") + ("?live=1" if self.live else "")

    def found(self, text: str, most: int) -> Found:
        """One request. An address that was pasted is as good as a title."""
        if not text:
            return Found(more=True)
        pasted = _IN_ADDRESS.search(text)
        hits, total = ([pasted[1]], 1) if pasted else self._hits(text, most)
        return Found([self._choice_of(item) for item in self._usable(hits)], more=total > most)

    def named(self, values: Sequence[str], kept: Collection[str]) -> Mapping[str, Choice]:
        """What stood there before and is hidden from her is offered without its name: saving does not lose it."""
        gone = gettext("An item that is gone, or not open to you")
        before = {value: Choice(value, gone) for value in values if value in kept}
        return before | {item.content_id: self._choice_of(item) for item in self._usable(values)}

    def _hits(self, text: str, most: int) -> tuple[list[str], int]:
        only = {"status": frozenset({Status.APPROVED.value})} if self.live else {}
        query = Query(allowed=clauses_for(self.person), now=clock.now(), text=text, kinds=frozenset({KIND}), limit=most)
        found = index().search(replace(query, filters=only))
        return [hit.doc_id for hit in found.hits], found.total

    def _usable(self, content_ids: Sequence[str]) -> list[ContentItem]:
        now = clock.now()
        return [
            item
            for item in items_for_reading(self.person, content_ids)
            if item.content_id != self.without and not (self.live and status_of(item, now) is not Status.APPROVED)
        ]

    def _choice_of(self, item: ContentItem) -> Choice:
        """What readers do not see yet, or no more, says so."""
        status = status_of(item, clock.now())
        suite = by_id().get(item.product_suite or "")
        told = item.title if status is Status.APPROVED else f"{item.title} ({STATUS_LABELS.get(status, status)})"
        return Choice(item.content_id, told, suite.label if suite else "", (suite.color if suite else None) or "")
