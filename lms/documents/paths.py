"""What the derived index holds of paths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core.index.documents import Document, Term
from lms.models import Path
from lms.store import paths as store
from metadata.store import labels, resolve

PATH = "path"
_SINGLE = ("product_suite", "product", "product_concept")


def path_document(path: Path, known: Mapping[str, str]) -> Document:
    options = [path.product_suite, path.product, path.product_concept, *path.tags]
    return Document(
        kind=PATH,
        doc_id=path.path_id,
        title=path.title,
        summary=path.description,
        keywords=" ".join(known.get(option, "") for option in options if option),
        body="",
        terms=tuple(_terms(path)),
        updated_at=path.published_at or path.updated_at,
    )


def _terms(path: Path) -> Iterator[Term]:
    yield Term("status", path.status)
    yield Term("author", path.owner_user_id)
    for course_id in path.course_ids:
        yield Term("holds", course_id)
    for name in _SINGLE:
        if value := getattr(path, name):
            yield Term(name, resolve(value))
    for tag in {resolve(tag) for tag in path.tags}:
        yield Term("tag", tag)


def every_path_document() -> Iterator[Document]:
    known = labels()
    for path in store.every_path():
        yield path_document(path, known)
