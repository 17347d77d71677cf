"""Text in its several kinds. What is only downloaded may be in an older encoding; what browsers read is UTF-8."""

from __future__ import annotations

import codecs
import re

from content.sniffing.source import Source, TooMuch, looks_like_markup, not_a

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BINARY = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_CUE = re.compile(rb"\d\d:\d\d:\d\d[,.]\d{1,3}\s*-->\s*\d\d:\d\d:\d\d")
_ENCODING = "its characters cannot be read. Save it as UTF-8, then add it again."


def plain(source: Source) -> str:
    if looks_like_markup(source.head):
        return not_a("plain text", source.head)
    if source.head.startswith(_UTF_16):
        return "" if _decodes(source, "utf-16") else _ENCODING
    if any(_BINARY.search(window) for window in _looked_at(source)):
        return not_a("plain text", source.head)
    return ""


def unicode_only(source: Source) -> str:
    if problem := plain(source):
        return problem
    encoding = "utf-16" if source.head.startswith(_UTF_16) else "utf-8"
    return "" if _decodes(source, encoding) else _ENCODING


def webvtt(source: Source) -> str:
    first = source.head.removeprefix(codecs.BOM_UTF8)
    if not re.match(rb"WEBVTT(?:[ \t\r\n]|$)", first):
        return "captions of this kind begin with the word WEBVTT. Export them again as WebVTT."
    return "" if _decodes(source, "utf-8") else _ENCODING


def subrip(source: Source) -> str:
    if problem := plain(source):
        return problem
    text = source.head.replace(b"\0", b"") if source.head.startswith(_UTF_16) else source.head
    return "" if _CUE.search(text) else "no times such as 00:00:01,000 --> 00:00:04,000 are in it. Export it again."


def _decodes(source: Source, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for window in source.windows():
            if "\0" in decoder.decode(window):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    except TooMuch:
        return True
    return True


def _looked_at(source: Source) -> tuple[bytes, ...]:
    return (source.head,) if source.size <= len(source.head) else (source.head, source.tail)
