"""What was searched on a day, from its events and the words of its searches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from analytics.rules.counting import what_counts
from analytics.rules.told import Told


@dataclass
class Term:
    searches: int = 0
    in_vain: int = 0
    clicks: int = 0
    people: set[str] = field(default_factory=set)


def terms(events: Iterable[Told], words: Mapping[str, str]) -> dict[str, Term]:
    """`words` by the id of the search. What was searched without words, or too long ago, is left out."""
    found: dict[str, Term] = defaultdict(Term)
    for event in what_counts(events):
        text = words.get(event.text("search"))
        if not text:
            continue
        if event.name == "search.performed":
            found[text].searches += 1
            found[text].people.add(event.user_id)
        elif event.name == "search.zero_result":
            found[text].in_vain += 1
        elif event.name == "search.clicked":
            found[text].clicks += 1
    return dict(found)
