"""From the files of a folder to the items that they will be. Reads, decides, and writes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from content.enums import Kind
from content.importing import frontmatter, labels, markdown
from content.importing.frontmatter import Facts
from content.importing.links import Links, PageLinks
from content.importing.sources import CAPTIONS, PAGES, SPOKEN, Found, Refusal, Source, captions_of, printable
from content.rules.fields import MAX_BODY_BYTES, MAX_SUMMARY, MAX_TAGS, MAX_TITLE
from content.services import local_files
from core.errors import Invalid


class Folders(StrEnum):
    TAGS = "tags"
    PRODUCTS = "products"
    NONE = "none"


@dataclass(frozen=True)
class Choices:
    """What holds for every file that does not say otherwise itself. `source` names the folder in the items' keys."""

    source: str
    suite: str = ""
    product: str = ""
    tags: tuple[str, ...] = ()
    folders: Folders = Folders.NONE


@dataclass(frozen=True)
class Attachment:
    """`mark` stands in the text where the file's address will be."""

    path: Path
    name: str
    mark: str = ""


@dataclass(frozen=True)
class Planned:
    """An item to be. Options are labels here."""

    source: Source
    content_id: str
    import_key: str
    kind: Kind
    title: str
    summary: str
    body: str = ""
    suite: str = ""
    product: str = ""
    concept: str = ""
    tags: tuple[str, ...] = ()
    files: tuple[Attachment, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Fingerprint of all that would be imported: equal ones need no second import."""
        facts: dict[str, Any] = asdict(self)
        files = [[file.name, local_files.digest(file.path)] for file in self.files]
        for name in ("source", "files", "notes"):
            del facts[name]
        return hashlib.sha256(json.dumps([facts, files], sort_keys=True, default=str).encode()).hexdigest()[:32]


def plan(found: Found, choices: Choices) -> Iterator[Planned | Refusal]:
    """One for each source that is an item of its own; captions and the pictures of pages belong to another."""
    every = {str(source.relative): source for source in found.sources}
    links = Links(every, lambda source: content_id_of(choices, source))
    texts = dict(_texts(found))
    for source, (facts, _) in _pages(texts):
        links.know_address(facts.text("permalink", "url", "slug"), source)
    planned = [_planned(source, texts, every, links, choices) for source in found.sources]
    for source, outcome in zip(found.sources, planned, strict=True):
        if outcome is not None and source not in links.pictures:
            yield outcome


def content_id_of(choices: Choices, source: Source) -> str:
    """The same at every import, so that nothing is made twice."""
    return "imp-" + hashlib.sha256(_key(choices, source).encode()).hexdigest()[:24]


def _key(choices: Choices, source: Source) -> str:
    return f"{choices.source}/{source.relative}"


Text = tuple[Facts, str] | Refusal


def _texts(found: Found) -> Iterator[tuple[Source, Text]]:
    for source in found.sources:
        if source.suffix in PAGES:
            try:
                yield source, frontmatter.split(_read(source))
            except Invalid as error:
                yield source, Refusal(printable(source.relative), error.message)


def _pages(texts: dict[Source, Text]) -> Iterator[tuple[Source, tuple[Facts, str]]]:
    for source, text in texts.items():
        if not isinstance(text, Refusal):
            yield source, text


def _read(source: Source) -> str:
    """Raises Invalid."""
    if source.path.stat().st_size > 2 * MAX_BODY_BYTES:
        raise Invalid("this text is too long for one article. Split it.")
    data = source.path.read_bytes()
    try:
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("it is not UTF-8 text. Save it as UTF-8.") from error
    if "\0" in text:
        raise Invalid("it is not text.")
    if not text.strip():
        raise Invalid("it is empty.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _planned(
    source: Source, texts: dict[Source, Text], every: dict[str, Source], links: Links, choices: Choices
) -> Planned | Refusal | None:
    text = texts.get(source)
    if isinstance(text, Refusal):
        return text
    try:
        if text is not None:
            return _page(source, *text, links, choices)
        return _file(source, every, choices)
    except Invalid as error:
        return Refusal(printable(source.relative), error.message)
    except OSError as error:
        return Refusal(printable(source.relative), f"it cannot be read ({error.strerror}).")


def _page(source: Source, facts: Facts, text: str, links: Links, choices: Choices) -> Planned:
    text, removed = markdown.without_template_tags(text)
    heading, below = markdown.title_and_text(text)
    own = facts.text("title", "name")
    title = markdown.cut(own or heading or labels.title_of(source.relative), MAX_TITLE)
    body = below if own in ("", heading) else text
    mine = PageLinks(links, source)
    body = markdown.with_links(body, mine.rewrite)
    if not body.strip():
        raise Invalid("it has no text below its title.")
    notes = [*mine.notes, *([f"took out {removed} tags of a site generator"] if removed else [])]
    return Planned(
        source=source,
        content_id=content_id_of(choices, source),
        import_key=_key(choices, source),
        kind=Kind.ARTICLE,
        title=title,
        summary=markdown.cut(facts.text("summary", "description") or markdown.summary_of(body) or title, MAX_SUMMARY),
        body=body.strip(),
        files=tuple(Attachment(picture.path, name, mark) for picture, name, mark in mine.pictures),
        notes=tuple(notes),
        **_options(source, facts, choices),
    )


def _file(source: Source, every: dict[str, Source], choices: Choices) -> Planned | None:
    if source.suffix in CAPTIONS:
        if any(source in captions_of(other, every) for other in every.values() if other.suffix in SPOKEN):
            return None
        raise Invalid("it holds captions, and no video or recording of the same name lies beside it.")
    name = local_files.check(source.path, source.relative.name)
    captions = captions_of(source, every) if source.suffix in SPOKEN else []
    spoken_files = [Attachment(other.path, local_files.check(other.path, other.relative.name)) for other in captions]
    return Planned(
        source=source,
        content_id=content_id_of(choices, source),
        import_key=_key(choices, source),
        kind=Kind.FILE,
        title=markdown.cut(labels.title_of(source.relative), MAX_TITLE),
        summary=markdown.cut(f"Imported from {printable(source.relative)}", MAX_SUMMARY),
        files=(Attachment(source.path, name), *spoken_files),
        **_options(source, Facts({}), choices),
    )


def _options(source: Source, facts: Facts, choices: Choices) -> dict[str, Any]:
    folders = labels.folder_labels(source.relative)
    of_folders = {Folders.TAGS: folders, Folders.PRODUCTS: [], Folders.NONE: []}[choices.folders]
    product = folders[0] if folders and choices.folders is Folders.PRODUCTS else choices.product
    own = facts.texts("tags", "keywords", "categories", "category", "topics")
    return {
        "suite": facts.text("suite", "product_suite") or choices.suite,
        "product": facts.text("product") or product,
        "concept": facts.text("concept", "product_concept"),
        "tags": tuple(labels.distinct([*own, *choices.tags, *of_folders], MAX_TAGS)),
    }
