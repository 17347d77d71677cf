"""The Markdown of Microsoft Learn: its includes, alerts, pictures and code from files, as ordinary Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable

from lms.exchange.links import LessonFiles, markdown_with

_INCLUDE = re.compile(r"\[!include\s*\[[^\]\n]*\]\s*\(\s*(?P<to>[^)\n]+?)\s*\)\s*\]", re.IGNORECASE)
_ALERT = re.compile(
    r"^(?P<quote>[ \t]*>[ \t]*)\[!(?P<kind>NOTE|TIP|IMPORTANT|CAUTION|WARNING)\][ \t]*$", re.IGNORECASE | re.MULTILINE
)
_VIDEO = re.compile(r"\[!VIDEO\s+(?P<to>https?://[^\]\s]+)\s*\]", re.IGNORECASE)
_DIV = re.compile(r"^[ \t]*>?[ \t]*\[!div[^\]\n]*\][ \t]*\n?", re.IGNORECASE | re.MULTILINE)
_IMAGE = re.compile(r"^[ \t]*:::\s*image\b(?P<facts>[^\n]*?):::[ \t]*$", re.IGNORECASE | re.MULTILINE)
_CODE = re.compile(r"^[ \t]*:::\s*code\b(?P<facts>[^\n]*?):::[ \t]*$", re.IGNORECASE | re.MULTILINE)
_OLD_CODE = re.compile(
    r"\[!code-?(?P<language>[\w+#-]*)\s*\[[^\]\n]*\]\s*\(\s*(?P<to>[^)\s]+)[^)\n]*\)\s*\]", re.IGNORECASE
)
_FENCE = re.compile(r"^[ \t]*:::[^\n]*\n?", re.MULTILINE)
_FACT = re.compile(r"([\w-]+)\s*=\s*\"([^\"]*)\"")

Code = Callable[[str], str | None]


def with_includes(text: str, included: Callable[[str], str], files: LessonFiles) -> str:
    """`included` gives a page's text, in ordinary Markdown."""
    parts = []
    at = 0
    for found in _INCLUDE.finditer(text):
        parts += [plain(text[at : found.start()], files, lambda _: None), included(found["to"])]
        at = found.end()
    parts.append(plain(text[at:], files, lambda _: None))
    return "\n\n".join(part.strip() for part in parts if part.strip())


def plain(text: str, files: LessonFiles, code: Code) -> str:
    """`code` gives the text of a file of code, or None."""

    def block(language: str, name: str) -> str:
        source = code(name)
        if source is None:
            files.tell(f"The code it shows is missing: {name}")
            return ""
        return f"```{language}\n{source.rstrip()}\n```"

    def from_facts(found: re.Match[str]) -> str:
        facts = dict(_FACT.findall(found["facts"]))
        return block(facts.get("language", ""), facts.get("source", ""))

    text = _ALERT.sub(lambda found: f"{found['quote']}**{found['kind'].capitalize()}**  ", text)
    text = _VIDEO.sub(lambda found: f"[{found['to']}]({found['to']})", text)
    text = _DIV.sub("", text)
    text = _IMAGE.sub(_picture, text)
    text = _CODE.sub(from_facts, text)
    text = _OLD_CODE.sub(lambda found: block(found["language"], found["to"]), text)
    text = _INCLUDE.sub(lambda found: _told(found, files), text)
    return markdown_with(_FENCE.sub("", text), files)


def _picture(found: re.Match[str]) -> str:
    facts = dict(_FACT.findall(found["facts"]))
    words = re.sub(r"[\[\]\n]", " ", facts.get("alt-text", ""))
    return f"![{words}](<{facts.get('source', '')}>)"


def _told(found: re.Match[str], files: LessonFiles) -> str:
    files.tell(f"A text included within an included one was left out: {found['to']}")
    return ""
