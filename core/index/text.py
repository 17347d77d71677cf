"""Between the words of people and what SQLite's full-text search understands.

What somebody typed never becomes syntax: it is cut into words and quoted phrases, and each is quoted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from core.index.documents import Piece

START, END, JOINT = "\x01", "\x02", "\x03"
"""Marks in stored and highlighted text; `cleaned` keeps them out of everything that comes from people."""

LONGEST_QUERY = 300
MOST_WORDS = 16
LONGEST_WORD = 40
PASSAGE = 180
LEAD = 24
"""Characters of a passage, and of what stands before its match: a row shows one line of it."""

_UNWANTED = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff]")
_SPACE = re.compile("[\x09-\x0d\x1c-\x1f\x85]")
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_BETWEEN_CJK = re.compile(rf"(?<=[{_CJK}])(?=\w)|(?<=\w)(?=[{_CJK}])")
_ONLY_CJK = re.compile(rf"[{_CJK}]")
_MARKED = re.compile(f"{START}(.*?){END}", re.DOTALL)
_QUOTES = str.maketrans("“”„«»", '"""""')
_TYPED = re.compile(r'"([^"]*)"|([^\s"]+)')
_WORD = re.compile(r"[^\W_]+")
_SMALL_WORDS = frozenset(
    _WORD.findall(
        "a an and are as at be but by can do does for from has have how i if in is it its me my of on or our so that the"
        " their there this to too was we were what when where which who why will with you your"
    )
)


@dataclass(frozen=True)
class Typed:
    """One word or quoted phrase; `open_ended` is the last word, which may not be finished yet."""

    text: str
    quoted: bool = False
    open_ended: bool = False


def cleaned(text: str) -> str:
    """One line of composed characters without control characters, invisible marks and halves of pairs."""
    whole = text.encode("utf-8", "ignore").decode()
    shown = _UNWANTED.sub("", _SPACE.sub(" ", unicodedata.normalize("NFC", whole)))
    return " ".join(shown.split())


def stored(text: str) -> str:
    """Cleaned, with joints between the characters of scripts that write no spaces, so that each is a word."""
    return _BETWEEN_CJK.sub(JOINT, cleaned(text))


def folded(text: str) -> str:
    """Without case and accents, for comparing and sorting."""
    apart = unicodedata.normalize("NFKD", cleaned(text).casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


def words_of(text: str) -> set[str]:
    """The words that are worth suggesting when somebody misspells one."""
    found = _WORD.findall(folded(text))
    return {word for word in found if 3 <= len(word) <= LONGEST_WORD and not _ONLY_CJK.search(word)}


def pieces(marked: str) -> tuple[Piece, ...]:
    parts = _MARKED.split(marked.replace(JOINT, ""))
    return tuple(Piece(part, matched=bool(place % 2)) for place, part in enumerate(parts) if part)


def passage(parts: Sequence[Piece]) -> tuple[Piece, ...]:
    """The words around the first match. FTS5 has a function for it, which takes the square of the matches in time."""
    first = next((place for place, part in enumerate(parts) if part.matched), 0)
    before = parts[first - 1].text if first else ""
    cut = [Piece(f"…{before[-LEAD:].partition(' ')[2]}" if len(before) > LEAD else before)]
    left = PASSAGE
    for part in parts[first:]:
        if left <= 0:
            break
        cut.append(Piece(part.text[:left], part.matched))
        left -= len(part.text)
    if left < 0:
        cut.append(Piece("…"))
    return tuple(part for part in cut if part.text)


def typed(text: str) -> tuple[Typed, ...]:
    """What to look for; empty when there is not one letter or digit. Small words are left out beside others."""
    found: list[Typed] = []
    for phrase, word in _TYPED.findall(cleaned(text[: LONGEST_QUERY * 2])[:LONGEST_QUERY].translate(_QUOTES)):
        part = phrase or word
        if any(character.isalnum() for character in part):
            found.append(Typed(part, quoted=bool(phrase)))
    found = list(dict.fromkeys(found))[:MOST_WORDS]
    telling = [part for part in found if part.quoted or part.text.casefold() not in _SMALL_WORDS] or found
    if telling and not telling[-1].quoted and telling[-1].text[-1].isalnum():
        telling[-1] = Typed(telling[-1].text, open_ended=True)
    return tuple(telling)


def expression(parts: Sequence[Typed], endings: Sequence[str], *, every: bool) -> str:
    """A full-text expression for `every` part or any of them. `endings` are whole words that finish the open one.

    They are needed because the index holds stems: `presentatio` is not the beginning of the stem of `presentation`.
    """
    return (" AND " if every else " OR ").join(_expression_of(part, endings) for part in parts)


def _expression_of(part: Typed, endings: Sequence[str]) -> str:
    if not part.open_ended:
        return quoted(part.text)
    return "(" + " OR ".join([quoted(part.text) + "*", *map(quoted, endings)]) + ")"


def quoted(text: str) -> str:
    return '"' + stored(text).replace('"', " ") + '"'
