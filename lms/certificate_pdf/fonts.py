"""The fonts of certificates, each from a package of its own, and what of a text they can print.

Names come in any script. What none of the fonts has, such as an emoji, is left out rather than printed as a box.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from fontTools.ttLib import TTFont
from fpdf import FPDF

SANS, SERIF = "sans", "serif"


@dataclass(frozen=True)
class Font:
    name: str
    package: str
    file: str

    @property
    def path(self) -> str:
        return str(files(self.package).joinpath(self.file))


_MAIN = (
    Font(SANS, "fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf"),
    Font(SERIF, "fontpkg_noto_serif", "files/NotoSerif[wdth,wght].ttf"),
)
_OTHERS = (
    Font("arabic", "fontpkg_noto_sans_arabic", "files/NotoSansArabic[wdth,wght].ttf"),
    Font("hebrew", "fontpkg_heebo", "files/Heebo[wght].ttf"),
    Font("thai", "fontpkg_noto_sans_thai", "files/NotoSansThai[wdth,wght].ttf"),
    Font("cjk", "noto_cjk_sans_otc", "NotoSansCJK-Regular.ttc"),
)
_DROPPED = re.compile("[\ufe00-\ufe0f\u200d\U0001f3fb-\U0001f3ff\U000e0000-\U000e007f]")
"""What only says how the emoji before it looks."""


def printable(text: str) -> str:
    """The text without what no font has, in one line."""
    whole = unicodedata.normalize("NFC", text)
    if any(unicodedata.category(character) == "So" for character in whole):
        whole = _DROPPED.sub("", whole)
    return " ".join("".join(one if _can_print(one) else " " for one in whole).split())


def add_fonts(pdf: FPDF, texts: Iterable[str]) -> None:
    """The two that every certificate needs, and those that these texts need beside them."""
    missing = {one for text in texts for one in text if not all(_has(font, one) for font in _MAIN)}
    needed = []
    for font in _OTHERS:
        if found := {one for one in missing if _has(font, one)}:
            needed.append(font)
            missing -= found
    for font in (*_MAIN, *needed):
        pdf.add_font(font.name, fname=font.path)
    pdf.set_fallback_fonts([SANS, *(font.name for font in needed)], exact_match=False)


def _can_print(character: str) -> bool:
    is_control = unicodedata.category(character) == "Cc"
    return not is_control and any(_has(font, character) for font in _MAIN + _OTHERS)


def _has(font: Font, character: str) -> bool:
    return ord(character) in _covered(font)


@functools.cache
def _covered(font: Font) -> frozenset[int]:
    with TTFont(font.path, fontNumber=0, lazy=True) as opened:
        return frozenset(opened.getBestCmap())
