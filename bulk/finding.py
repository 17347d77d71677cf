"""What a row of a file means: a thing by its id, by the address of its page, or by its title.

Titles are looked for in the derived index, among what the person may see, so no row costs a request to a table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from core import clock
from core.errors import Refused
from core.index import index
from core.index.documents import Clause, Order, Query
from metadata.rules.names import comparison_key, slug_of

_IDS_AS_MADE = re.compile(r"[0-9a-z]{26}")
_ANY_ID = re.compile(r"[0-9a-z][0-9a-z_-]{1,80}")
_MOST_ALIKE = 100


def find(text: str, *, kind: str, allowed: Sequence[Clause], address: re.Pattern[str], noun: str) -> str:
    """Its id. Raises Refused. Whether there is anything with an id is not said here: whoever reads it finds out."""
    if not text:
        raise Refused(f"There is no {noun} in this row. Write its title, its address or its id.")
    if named := address.search(text):
        return named[1]
    if _IDS_AS_MADE.fullmatch(text):
        return text
    if found := _called(text, _among(kind, allowed, titled=" ".join(text.split()))):
        return found
    alike = _among(kind, allowed, text=text)  # costs more: only for a title that is not there to the letter
    if found := _called(text, alike):
        return found
    if like := next((title for _, title in alike if slug_of(title) == slug_of(text)), ""):
        raise Refused(f"There is no {noun} with this title. Do you mean “{like}”? Accents and signs count.")
    if _ANY_ID.fullmatch(text):
        return text
    raise Refused(f"There is no {noun} with this title, address or id.")


def _called(text: str, titled: Sequence[tuple[str, str]]) -> str:
    """The one that is called so, if there is one. Raises Refused when there are several."""
    key = comparison_key(text)
    same = [doc_id for doc_id, title in titled if comparison_key(title) == key]
    if len(same) > 1:
        raise Refused(f"{len(same)} are called so. Write the address of the one that you mean.")
    return same[0] if same else ""


def _among(kind: str, allowed: Sequence[Clause], *, titled: str = "", text: str = "") -> list[tuple[str, str]]:
    """Ids and titles: of those with this title, or of those that have these words."""
    query = Query(
        allowed=allowed,
        now=clock.now(),
        text=text,
        titled=titled,
        kinds=frozenset({kind}),
        order=Order.RELEVANCE,
        limit=_MOST_ALIKE,
    )
    hits = index().search(query).hits
    return [(hit.doc_id, "".join(piece.text for piece in hit.title)) for hit in hits]
