"""Access patterns of learning paths, each one request of a key or an index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from accounts.models import AuditEntry
from core.aws.records import Check, Delete, Put, get, get_many, write
from lms.models import Path
from lms.store.courses import every_id


def path_by_id(path_id: str, *, fresh: bool = False) -> Path:
    """Raises NotFound."""
    return get(Path, path_id, consistent=fresh)


def paths_by_ids(path_ids: Sequence[str]) -> list[Path]:
    """In the order asked for; one BatchGet per hundred; missing ones left out."""
    found = {path.path_id: path for path in get_many(Path, path_ids)}
    return [found[path_id] for path_id in dict.fromkeys(path_ids) if path_id in found]


def save_path(path: Path, *also: Put | Delete | Check, audit: Sequence[AuditEntry]) -> None:
    """Raises Stale when somebody else changed it meanwhile."""
    write(Put(path), *also, audit=audit)


def every_path() -> Iterator[Path]:
    """For rebuilding the index; never within a request."""
    ids = list(every_id("path"))
    for start in range(0, len(ids), 100):
        yield from paths_by_ids(ids[start : start + 100])
