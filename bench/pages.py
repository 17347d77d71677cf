"""What is measured, as whom, and how many requests it may make."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote_plus

from accounts.person import Person
from bench.library import Options, item_id
from core.testing import CARL, RITA, VERA

LISTS, ITEM, HOME = 2, 4, 6
ELSEWHERE = f"/content/{item_id(2)}/"
"""An item that is none of the pages."""


@dataclass(frozen=True)
class Page:
    """`fragment` when HTMX fetches a part of it."""

    name: str
    address: str
    person: Person
    budget: int
    fragment: bool = False


def pages(options: Options) -> list[Page]:
    article, deck = (f"/content/{item_id(number)}/" for number in (0, 1))
    text = quote_plus("renewal price")
    return [
        Page("library", "/content/", VERA, LISTS, fragment=True),
        Page("library, rare filter", f"/content/?tag={options.rare_tag}", VERA, LISTS, fragment=True),
        Page("library, text", f"/content/?q={text}", VERA, LISTS, fragment=True),
        Page("search", f"/search/?q={text}", VERA, LISTS, fragment=True),
        Page("suggestions", f"/search/suggest/?q={quote_plus('renew')}", VERA, LISTS, fragment=True),
        Page("review queue", "/content/review/", RITA, LISTS),
        Page("my items", "/content/mine/", CARL, LISTS),
        Page("favourites", "/content/favourites/", VERA, ITEM),
        Page("item, article", article, VERA, ITEM),
        Page("item, deck", deck, RITA, ITEM),
        Page("versions", f"{deck}versions/", RITA, ITEM),
        Page("history", f"{deck}history/", RITA, ITEM, fragment=True),
        Page("home, Viewer", "/", VERA, HOME),
        Page("home, Approver", "/", RITA, HOME),
    ]
