"""What the derived index holds of an item: the texts of the shown version, and the fields that lists filter by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from content import store
from content.enums import Status
from content.models import ContentItem, ContentVersion
from content.rules import relabelling
from content.rules.review import freshness_over_time
from content.rules.visibility import statuses_over_time
from core import markup
from core.index.documents import Document, Term
from metadata.store import labels, resolve

_ITEM_LINK = re.compile(r"/content/([0-9a-z][0-9a-z_-]{5,})/")

KIND = "content"
NAMES = "names"
"""The field for options as they are written down, in the version in work too; merges look for it."""
OPTION_FIELDS = {
    "product_suite": "product_suite",
    "product": "product",
    "product_concept": "product_concept",
    "topic_tag": "tag",
}
"""Group of options -> the field by which lists filter; it holds what stands for the option now."""
FACETS = ("product_suite", "product_concept", "format", "product", "tag", "status", "freshness", "owner")


def document_of(
    item: ContentItem, version: ContentVersion | None, labels: Mapping[str, str], work: ContentVersion | None = None
) -> Document:
    """`version` is the shown one; without it only the item's own texts are searched. `work` is one beside it."""
    options = [item.product_suite, item.product, item.product_concept, *item.tags]
    names = [file.name for file in version.files] if version else []
    return Document(
        kind=KIND,
        doc_id=item.content_id,
        title=item.title,
        summary=item.summary,
        keywords=" ".join([labels.get(option, "") for option in options if option] + names),
        body=markup.plain(version.body) if version else "",
        terms=(*_terms(item), *_names(item, work), *(Term("uses", other) for other in used_items(item, version))),
        updated_at=item.updated_at,
    )


def _states(item: ContentItem) -> Iterator[Term]:
    for state, since, until in statuses_over_time(Status(item.status), item.go_live_at, item.expire_at):
        yield Term("status", state.value, since, until)
    if item.status == Status.APPROVED:
        for freshness, since, until in freshness_over_time(item.next_review_at):
            yield Term("freshness", freshness.value, since, until)


def _terms(item: ContentItem) -> Iterator[Term]:
    yield from _states(item)
    if item.work_status:
        yield Term("work", item.work_status)
    yield Term("owner", item.owner_user_id)
    for editor in {item.owner_user_id, *item.editor_ids}:
        yield Term("editor", editor)
    yield Term("format", item.format)
    for name in ("product_suite", "product", "product_concept"):
        if value := getattr(item, name):
            yield Term(name, resolve(value))
    for tag in {resolve(tag) for tag in item.tags}:
        yield Term("tag", tag)


def _names(item: ContentItem, work: ContentVersion | None) -> Iterator[Term]:
    """A submitted version never changes, so it counts for what its options stand for now."""
    named = set(relabelling.options_of(item))
    if work:
        submitted = work.status != Status.DRAFT
        named |= {resolve(option) if submitted else option for option in relabelling.options_of(work)}
    return (Term(NAMES, option) for option in named)


def used_items(item: ContentItem, version: ContentVersion | None) -> set[str]:
    """Other items that this one names: its replacement, and those that its text links to."""
    linked = set(_ITEM_LINK.findall(version.body)) if version else set()
    return (linked | ({item.replacement_id} if item.replacement_id else set())) - {item.content_id}


def shown_document(item: ContentItem) -> Document:
    """Reads the versions afresh: they may have been written a moment ago, and nobody would come back for the rest."""
    number = item.live_version or item.work_version
    shown = store.find_version(item.content_id, int(number), fresh=True) if number else None
    beside = item.work_version if item.live_version else None
    work = store.find_version(item.content_id, int(beside), fresh=True) if beside else None
    return document_of(item, shown, labels(), work)


def every_document() -> Iterator[Document]:
    for item in store.every_item():
        yield shown_document(item)
