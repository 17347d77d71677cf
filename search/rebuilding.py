"""Makes the index again from the tables in place: readers meet old or new documents, never an empty index."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice

from core.index import index
from core.index.documents import Document
from core.index.registry import rebuilders

BATCH = 200
Progress = Callable[[int], object]


@dataclass(frozen=True)
class Outcome:
    """How many documents there are, and how many the index lacked, had in excess or held as they no longer are."""

    documents: int
    missing: int
    gone: int
    changed: int

    @property
    def differs(self) -> bool:
        return bool(self.missing or self.gone or self.changed)

    def __str__(self) -> str:
        differences = f"{self.missing} missing, {self.gone} gone, {self.changed} changed"
        return f"{self.documents} documents; {differences if self.differs else 'no differences'}"


def rebuild(kind: str, progress: Progress) -> Outcome:
    """What an event writes meanwhile is newer than what was read here, and is left as it is."""
    before = index().digests(kind)

    def put(documents: list[Document]) -> None:
        index().put(documents, unless_changed=before)

    outcome, gone = _compared(kind, before, progress, put)
    index().remove(kind, gone, unless_changed=before)
    return outcome


def _leave(_: list[Document]) -> None:
    pass


def check(kind: str, progress: Progress) -> Outcome:
    return _compared(kind, index().digests(kind), progress, _leave)[0]


def _compared(
    kind: str, before: Mapping[str, str], progress: Progress, mend: Callable[[list[Document]], None]
) -> tuple[Outcome, list[str]]:
    """Gives the documents that differ to `mend`, batch by batch; and the ids that the tables no longer have."""
    seen: set[str] = set()
    missing = changed = 0
    documents = rebuilders()[kind]()
    while batch := list(islice(documents, BATCH)):
        seen.update(document.doc_id for document in batch)
        new = [document for document in batch if document.doc_id not in before]
        other = [document for document in batch if before.get(document.doc_id, document.digest) != document.digest]
        mend(new + other)
        missing, changed = missing + len(new), changed + len(other)
        progress(len(batch))
    gone = sorted(before.keys() - seen)
    return Outcome(len(seen), missing, len(gone), changed), gone
