"""What people type, as it is compared: words without their clothes, numbers in whichever way they are written."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

MOST_DIGITS = 40
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2012": "-"})
_BETWEEN_DIGITS = re.compile(r"[\s'\u2019_]")
_NUMBER = re.compile(r"[+-]?(\d[\d.,]*|[.,]\d+)%?", re.ASCII)


def normalised(text: str) -> str:
    """NFKC, without case, with single spaces."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def decimal(text: str) -> Decimal | None:
    """As an author writes it: a point before the decimals, and nothing else."""
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() and len(text) <= MOST_DIGITS else None


def readings(text: str) -> tuple[Decimal, ...]:
    """The numbers that a text can stand for: `1,5` is one and a half, `1.234,5` and `1,234.5` the same number.

    `1,234` and `1.234` can be read in two ways, depending on where one went to school; neither is wrong.
    """
    bare = unicodedata.normalize("NFKC", text).translate(_MINUS).strip()
    bare = _BETWEEN_DIGITS.sub("", bare)
    if len(bare) > MOST_DIGITS or not _NUMBER.fullmatch(bare):
        return ()
    bare = bare.removesuffix("%")
    marks = [mark for mark in bare if mark in ".,"]
    if not marks:
        return (Decimal(bare),)
    if len(set(marks)) == 2:
        return _mixed(bare, marks)
    mark = marks[0]
    whole = Decimal(bare.replace(mark, "")) if _in_thousands(bare, mark) else None
    if len(marks) > 1:
        return () if whole is None else (whole,)
    part = Decimal(bare.replace(mark, "."))
    return (part,) if whole is None else (part, whole)


def _mixed(bare: str, marks: list[str]) -> tuple[Decimal, ...]:
    """Both marks occur: the last is the decimal one and occurs once."""
    last = marks[-1]
    whole, _, decimals = bare.rpartition(last)
    other = marks[0]
    if marks.count(last) != 1 or not _in_thousands(whole, other) or not decimals:
        return ()
    return (Decimal(f"{whole.replace(other, '')}.{decimals}"),)


def _in_thousands(whole: str, mark: str) -> bool:
    return bool(re.fullmatch(rf"[+-]?[1-9]\d{{0,2}}({re.escape(mark)}\d{{3}})+", whole, re.ASCII))
