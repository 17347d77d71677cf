"""Markdown to HTML that is safe to show: rendered by markdown-it, then cleaned by nh3 to a short list of tags."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import nh3
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.anchors import anchors_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

ID_PREFIX = "text-"
"""Before every id of a text, so that none is that of a part of the page around it, where HTMX swaps and labels point."""

_TAGS = nh3.ALLOWED_TAGS | {"input"}  # the boxes of task lists; nh3 allows no script, style or frame
_ATTRIBUTES = {
    "*": {"id", "lang", "dir"},
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "th": {"align", "colspan", "rowspan"},
    "td": {"align", "colspan", "rowspan"},
    "ol": {"start"},
    "code": {"class"},
    "input": {"checked", "disabled"},
}
_FRAGMENT = re.compile(r"^((?:/content/[\w-]+/)?#)(?=.)")

_ADDRESS = re.compile(r"https?://[^\s<>\"“”„«»\u202a-\u202e\u2066-\u2069]+", re.IGNORECASE)
_BEHIND = ".,;:!?…'’)]}"


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    anchor: str


@functools.cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(["table", "strikethrough"])
    parser.use(anchors_plugin, max_level=4, permalink=False)
    parser.use(tasklists_plugin)
    return parser


@functools.lru_cache(maxsize=256)
def render(text: str) -> SafeString:
    """HTML of a Markdown text. Links to other sites tell them nothing of where they were clicked."""
    html = _parser().render(text)
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        tag_attribute_values={"input": {"type": {"checkbox"}}},
        attribute_filter=_to_prefixed,
        id_prefix=ID_PREFIX,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
        generic_attribute_prefixes=None,
    )
    return SafeString(clean)


def _to_prefixed(tag: str, name: str, value: str) -> str:
    """Links to a place in this text or in another item's go to the id as it is rendered."""
    return _FRAGMENT.sub(rf"\g<1>{ID_PREFIX}", value) if (tag, name) == ("a", "href") else value


@functools.lru_cache(maxsize=256)
def headings(text: str) -> tuple[Heading, ...]:
    """The second and third level, for a table of contents."""
    tokens = _parser().parse(text)
    return tuple(
        Heading(int(token.tag[1]), tokens[at + 1].content, f"{ID_PREFIX}{token.attrs.get('id', '')}")
        for at, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag in {"h2", "h3"}
    )


def plain(text: str) -> str:
    """What a reader sees of a Markdown text, without its marks: for searching and for excerpts."""
    found: list[str] = []
    for token in _parser().parse(text):
        if token.type == "inline":
            found.append("".join(_words(child) for child in token.children or ()))
        elif token.type in {"fence", "code_block"}:
            found.append(token.content)
    return "\n".join(found)


def _words(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    return "" if token.type == "html_inline" else token.content


@functools.lru_cache(maxsize=1024)
def linked(text: str) -> SafeString:
    """A plain text as HTML, letter for letter, in which web addresses can be followed.

    Its line breaks stay for the stylesheet. Django's `urlize` loses letters behind some addresses and changes others.
    """
    return format_html_join("", "{}", ((piece,) for piece in _linked(text)))


def _linked(text: str) -> Iterator[str]:
    done = 0
    for found in _ADDRESS.finditer(text):
        address = _without_its_sentence(found[0])
        if _leads_somewhere(address):
            yield text[done : found.start()]
            yield format_html('<a href="{}" rel="noopener noreferrer nofollow">{}</a>', address, address)
            done = found.start() + len(address)
    yield text[done:]


def _without_its_sentence(address: str) -> str:
    """Full stops behind it are not its own, nor is a bracket that was opened before it."""
    while address and address[-1] in _BEHIND:
        if address[-1] == ")" and address.count("(") >= address.count(")"):
            break
        address = address[:-1]
    return address


def _leads_somewhere(address: str) -> bool:
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False
