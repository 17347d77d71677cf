"""What owners see: the numbers of the items that are theirs, and of no other."""

from __future__ import annotations

from accounts.person import Person
from analytics import store
from analytics.enums import Count, Kind
from analytics.rules import months as rules
from analytics.rules.months import Span
from analytics.services.numbers import Series, Used, used_of
from content import permissions
from content import store as content
from core.errors import NotFound

MOST_ITEMS = 100


def own_items(by: Person, span: Span) -> list[Used]:
    """Of the items that she owns, last changed first: the index of owners, and what is counted of them."""
    owned = content.items_owned_by(by.user_id, limit=MOST_ITEMS)
    return used_of([item.content_id for item in owned.items], span)


def item_numbers(by: Person, content_id: str, span: Span) -> tuple[Used, dict[Count, Series]]:
    """Of one item, for its owner, its co-editors and Admins. Raises NotFound for whoever else asks."""
    item = content.item_by_id(content_id)
    if not permissions.is_editor(by, item):
        raise NotFound()
    found = used_of([content_id], span)
    if not found:
        raise NotFound()
    months = store.months_of(Kind.CONTENT, span.months, content_id).get(content_id, {})
    daily = {
        count: Series(count.value, span.days, rules.by_day([months], count, span))
        for count in (Count.VIEWS, Count.DOWNLOADS, Count.FOUND)
    }
    return found[0], daily
