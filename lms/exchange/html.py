"""Web pages as Markdown: headings, lists, tables, code and pictures stay; what only a browser could run goes, with a note."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup, Comment, Doctype, Tag
from markdownify import MarkdownConverter

from core.errors import Invalid
from lms.exchange.links import Link

_GONE = ("script", "style", "noscript", "template", "head", "link", "meta", "title", "svg", "canvas")
_FRAMES = ("iframe", "embed", "object", "video", "audio")
_FORMS = ("form", "input", "button", "select", "textarea")
_LANGUAGE = re.compile(r"^(?:lang(?:uage)?-|brush:\s*)([\w+#-]+)")
_MATH = re.compile(
    r"\\\((?P<a>.+?)\\\)|\\\[(?P<b>.+?)\\\]|\$\$(?P<c>.+?)\$\$|\[(?P<tag>mathjax(?:inline)?)\](?P<d>.+?)\[/(?P=tag)\]",
    re.DOTALL,
)

_SIGNS = re.compile(r"([\\`<])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_OPENING = re.compile(r"^(\s*\d*)((?<=\d)[.)](?=\s)|(?<!\d)[#>+-](?=\s))")

Rewrite = Callable[[Link], str | None]
Tell = Callable[[str], None]


def to_markdown(html: str, rewrite: Rewrite, tell: Tell, *, title: str = "") -> str:
    """`rewrite` says where a link or a picture leads now, `tell` takes what there is to note. Raises Invalid.

    A first heading that repeats the `title` goes, since the page shows that above.
    """
    try:
        soup = BeautifulSoup(html, "html.parser")
        _clean(soup, tell)
        _formulas(soup, tell)
        _links(soup, rewrite, tell)
        _headings(soup, title)
        text = _Converter().convert_soup(soup)
    except RecursionError:
        raise Invalid("its markup is nested too deep to be read.") from None
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.splitlines())).strip()


def title_of(html: str) -> str:
    soup = BeautifulSoup(html, "html.parser")
    found = soup.find("title") or soup.find(["h1", "h2"])
    return " ".join(found.get_text().split()) if found else ""


def plain(html: str) -> str:
    """Words only, on one line."""
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


_Base: Any = MarkdownConverter  # its own types leave out what is to be overridden


class _Converter(_Base):
    """A table without headings has its first row as such, which Markdown cannot do without."""

    def __init__(self) -> None:
        super().__init__(
            heading_style="atx",
            bullets="-",
            newline_style="backslash",
            code_language_callback=_language,
            table_infer_header=True,
        )

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """What would be markup in Markdown and was plain text here."""
        text = _ENTITY.sub("&amp;", _SIGNS.sub(r"\\\1", text))
        return str(_OPENING.sub(r"\1\\\2", super().escape(text, parent_tags)))

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return str(super().convert_td(el, text.replace("|", "\\|"), parent_tags))

    def convert_th(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return str(super().convert_th(el, text.replace("|", "\\|"), parent_tags))

    def convert_sub(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"<sub>{text}</sub>" if text else ""

    def convert_sup(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"<sup>{text}</sup>" if text else ""


def _language(tag: Tag) -> str:
    """Of a block of code, as its classes say it."""
    for one in [tag, *tag.find_all("code")]:
        for name in one.get("class") or ():
            if found := _LANGUAGE.match(name):
                return found[1]
    return ""


def _clean(soup: BeautifulSoup, tell: Tell) -> None:
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment | Doctype)):
        comment.extract()
    for tag in soup.find_all(_FRAMES):
        _as_link(soup, tag, tell)
    if any(tag.get("type") != "hidden" for tag in soup.find_all(_FORMS)):
        tell("Fields and buttons of its page were left out.")
    if soup.find("script"):
        tell("Scripts of its page were left out.")
    for tag in soup.find_all([*_GONE, "input", "button", "select", "textarea"]):
        tag.decompose()


def _formulas(soup: BeautifulSoup, tell: Tell) -> None:
    """As code, which leaves their signs alone."""
    for text in soup.find_all(string=_MATH):
        if text.find_parent(["pre", "code"]) is not None:
            continue
        tell("Formulas are kept as they were typed; they are not drawn.")
        pieces: list[Any] = []
        at = 0
        for found in _MATH.finditer(text):
            code = soup.new_tag("code")
            code.string = " ".join((found["a"] or found["b"] or found["c"] or found["d"]).split())
            pieces += [text[at : found.start()], code]
            at = found.end()
        text.replace_with(*pieces, text[at:])


def _as_link(soup: BeautifulSoup, tag: Tag, tell: Tell) -> None:
    """What was played or framed within the page is a link from now on."""
    source = tag.find("source")
    to = _value(tag, "src") or _value(tag, "data") or (_value(source, "src") if source else "")
    if to.startswith("//"):
        to = f"https:{to}"
    words = _value(tag, "title") or to
    if not to:
        tag.decompose()
        return
    tell(f"What was shown within its page is a link now: {to}")
    link = soup.new_tag("a", href=to)
    link.string = words
    paragraph = soup.new_tag("p")
    paragraph.append(link)
    tag.replace_with(paragraph)


def _links(soup: BeautifulSoup, rewrite: Rewrite, tell: Tell) -> None:
    for picture in soup.find_all("img"):
        if picture.decomposed:
            continue
        to = rewrite(Link(_value(picture, "src"), is_image=True))
        if to:
            picture["src"] = to
        else:
            _without_picture(soup, picture)
    for link in soup.find_all("a"):
        to = rewrite(Link(_value(link, "href"), is_image=False)) if link.get("href") else None
        if to:
            link["href"] = to
        elif to is not None:
            link.unwrap()


def _without_picture(soup: BeautifulSoup, picture: Tag) -> None:
    """Where it lies on another site, a link to it stays; a browser is not sent there unasked."""
    source, words = _value(picture, "src"), _value(picture, "alt")
    if source.startswith(("http://", "https://")) and picture.find_parent("a") is None:
        link = soup.new_tag("a", href=source)
        link.string = words or source
        picture.replace_with(link)
    elif words:
        told = soup.new_tag("em")
        told.string = f"(Picture: {words})"
        picture.replace_with(told)
    else:
        picture.decompose()


def _headings(soup: BeautifulSoup, title: str) -> None:
    """Below the page's own title, the first level is the second."""
    first = soup.find(["h1", "h2", "h3"])
    if first is not None and _same(first.get_text(), title):
        first.decompose()
    if soup.find("h1"):
        for tag in soup.find_all(["h1", "h2", "h3", "h4", "h5"]):
            tag.name = f"h{int(tag.name[1]) + 1}"


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _value(tag: Any, name: str) -> str:
    return str(tag.get(name) or "").strip()
