"""What can be told of a Markdown page without showing it: its title and summary, its links, what others' tools left."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

SUMMARY_LENGTH = 240

_CODE = re.compile(
    r"^[ \t]*(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??[ \t]*(?P=fence)[`~]*[ \t]*$"
    r"|(?<!`)(?P<ticks>`+)(?!`)(?:[^`\n]|\n(?!\n)|(?!(?P=ticks)(?!`))`)+(?P=ticks)(?!`)",
    re.DOTALL | re.MULTILINE,
)
_PAGE_TAGS = re.compile(
    r"\{\{[<%]\s*(?:rel)?ref\s+[\"']?(?P<hugo>[^\"'\s>%}]+)[\"']?\s*[>%]\}\}|\{%-?\s*link\s+(?P<jekyll>[^\s%]+)\s*-?%\}"
)
_TAGS = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|^[ \t]*\{:[^{}\n]*\}[ \t]*$\n?", re.MULTILINE)
_DESTINATION = re.compile(r"\]\(\s*(?P<to><[^<>\n]*>|[^\s()<>]+(?:\([^\s()]*\)[^\s()]*)*)")
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*(?P<to><[^<>\n]*>|\S+)", re.MULTILINE)
_IN_HTML = re.compile(r"<(?P<tag>img|a)\b[^>]*?\b(?:src|href)\s*=\s*[\"'](?P<to>[^\"'\n]*)[\"']", re.IGNORECASE)


@dataclass(frozen=True)
class Link:
    to: str
    is_image: bool


Rewrite = Callable[[Link], str | None]
"""The new destination, or None to leave it."""


def title_and_text(text: str) -> tuple[str, str]:
    """The page's first heading, and the text; without that heading where it opens the page, since it is shown above."""
    tokens = _parser().parse(text)
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and token.map:
            title = _plain(tokens[at + 1])
            if token.tag == "h1" and at == 0 and title:
                lines = text.splitlines(keepends=True)
                return title, "".join(lines[token.map[1] :]).lstrip("\n")
            return title, text
    return "", text


def summary_of(text: str) -> str:
    """The first paragraph that says something, as plain text, cut at a word; else the first words there are."""
    tokens = _parser().parse(text)
    inline = [(before, token) for before, token in itertools.pairwise(tokens) if token.type == "inline"]
    in_paragraphs = [token for before, token in inline if before.type == "paragraph_open" and before.level == 0]
    for token in (*in_paragraphs, *(token for _, token in inline)):
        if plain := _plain(token):
            return cut(plain, SUMMARY_LENGTH)
    return ""


def cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    shorter = text[: most - 1]
    return (shorter.rpartition(" ")[0] or shorter).rstrip(" ,;:.") + "…"


def without_template_tags(text: str) -> tuple[str, int]:
    """What Hugo and Jekyll would have acted on, taken out; links that they made become plain paths. And how many."""
    removed = 0

    def clean(part: str) -> str:
        nonlocal removed
        part = _PAGE_TAGS.sub(lambda found: found["hugo"] or found["jekyll"], part)
        part, count = _TAGS.subn("", part)
        removed += count
        return part

    return _outside_code(text, clean), removed


def with_links(text: str, rewrite: Rewrite) -> str:
    """The text with every destination of a link or an image as `rewrite` wants it; code stays as it is."""

    def change(part: str) -> str:
        part = _DESTINATION.sub(lambda found: _changed(found, _is_image(found), rewrite), part)
        part = _DEFINITION.sub(lambda found: _changed(found, False, rewrite), part)
        return _IN_HTML.sub(lambda found: _changed(found, found["tag"].lower() == "img", rewrite), part)

    return _outside_code(text, change)


def _changed(found: re.Match[str], is_image: bool, rewrite: Rewrite) -> str:
    start, end = found.span("to")
    whole = found[0]
    to = rewrite(Link(found["to"].strip("<>"), is_image))
    if to is None:
        return whole
    return whole[: start - found.start()] + to + whole[end - found.start() :]


def _is_image(found: re.Match[str]) -> bool:
    """Walks back to the bracket that this `](` closes and looks for the `!` before it."""
    text, depth = found.string, 0
    for at in range(found.start(), max(-1, found.start() - 2000), -1):
        depth += {"]": 1, "[": -1}.get(text[at], 0)
        if depth == 0:
            return at > 0 and text[at - 1] == "!"
    return False


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    return "".join(part if is_code else change(part) for part, is_code in _parts(text))


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    at = 0
    for found in _CODE.finditer(text):
        yield text[at : found.start()], False
        yield found[0], True
        at = found.end()
    yield text[at:], False


def _plain(inline: Token) -> str:
    """Words only; pictures, tags and comments say nothing here."""
    words = {"text", "code_inline"}
    breaks = {"softbreak", "hardbreak"}
    pieces = [
        token.content if token.type in words else " " if token.type in breaks else "" for token in inline.children or ()
    ]
    return " ".join("".join(pieces).split())


@functools.cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])
