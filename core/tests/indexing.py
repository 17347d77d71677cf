"""Documents and questions for the tests of the index."""

from __future__ import annotations

from datetime import UTC, datetime

from core.index.documents import Clause, Document, Order, Query, Results, Term
from core.index.sqlite import SqliteIndex

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EVERYTHING = (Clause({}),)
READERS = (Clause({"status": frozenset({"Approved"})}),)


def document(
    doc_id: str, title: str = "", *terms: Term, kind: str = "content", at: datetime = NOW, **texts: str
) -> Document:
    parts = {"summary": "", "keywords": "", "body": ""} | texts
    return Document(kind=kind, doc_id=doc_id, title=title, terms=terms, updated_at=at, **parts)


def ask(index: SqliteIndex, text: str = "", **changes: object) -> Results:
    values = {"allowed": EVERYTHING, "now": NOW, "text": text, "order": Order.RELEVANCE} | changes
    return index.search(Query(**values))  # type: ignore[arg-type]


def found(results: Results) -> list[str]:
    return [hit.doc_id for hit in results.hits]
