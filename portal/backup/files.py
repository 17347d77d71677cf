"""Files: every version of every object, kept once for each content, and put back in the order in which they came."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from core.aws import operator
from core.errors import NotFound
from core.ids import new_id
from portal.backup import lines, versions
from portal.backup.journal import Journal
from portal.backup.lines import Written
from portal.backup.places import Layout, buckets
from portal.backup.telling import Tell

AT_ONCE = 8
_BATCH = 64
_HEADERS = ("ContentType", "CacheControl", "ContentDisposition", "ContentEncoding", "ContentLanguage", "Metadata")
"""What S3 keeps beside the bytes and gives back with them."""
_LISTED = "objects listed"


def find(journal: Journal, tell: Tell) -> None:
    """Notes all versions that there are. `place` counts them as S3 lists them: by key, newest first."""
    if journal.note(_LISTED):
        return
    place = 0
    for name, bucket in buckets().items():
        for page in operator.versions(bucket):
            rows = [
                (name, one["Key"], one["VersionId"], place + at, int(one.get("Deleted", False)))
                for at, one in enumerate(page)
            ]
            journal.sql.executemany(
                "INSERT INTO objects (bucket, key, version, place, deleted) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT DO UPDATE SET place = excluded.place, deleted = excluded.deleted",
                rows,
            )
            place += len(page)
            tell(len(page))
    journal.put_note(_LISTED, True)


def read(layout: Layout, journal: Journal, tell: Tell) -> None:
    """Fetches what is not here yet. What is deleted meanwhile is left out."""
    left = "SELECT bucket, key, version FROM objects WHERE sha256 IS NULL AND NOT deleted LIMIT ?"
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while batch := journal.sql.execute(left, (_BATCH,)).fetchall():
            for row, found in zip(batch, pool.map(lambda one: _fetched(layout, *one), batch), strict=True):
                if found:
                    journal.sql.execute(
                        "UPDATE objects SET sha256 = ?, facts = ? WHERE bucket = ? AND key = ? AND version = ?",
                        (*found, *row),
                    )
                else:
                    journal.sql.execute("DELETE FROM objects WHERE bucket = ? AND key = ? AND version = ?", row)
                tell(1)
            journal.sql.commit()


def number(journal: Journal) -> None:
    """From now on the journal has a name for each version's id."""
    found = journal.sql.execute(_IN_ORDER)
    while rows := found.fetchmany(1000):
        journal.put_names(
            (version, versions.name_of(bucket, key, at))
            for bucket, key, version, deleted, *_, at in rows
            if not deleted
        )


def write(layout: Layout, journal: Journal) -> Written:
    return lines.write(layout.objects, (_line(row) for row in journal.sql.execute(_IN_ORDER)))


def put_back(layout: Layout, journal: Journal, tell: Tell, *, resumed: bool) -> None:
    """Object by object, each from its first version on; one that was begun before is begun anew."""
    objects = groupby(map(json.loads, lines.read(layout.objects)), key=lambda one: (one["bucket"], one["key"]))
    waiting = ((bucket, key, list(found)) for (bucket, key), found in objects if not journal.note(_note(bucket, key)))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while batch := list(islice(waiting, _BATCH)):
            for (bucket, key, found), ids in zip(
                batch, pool.map(lambda one: _put_object(layout, *one, anew=resumed), batch), strict=True
            ):
                journal.put_names(ids)
                journal.put_names((version, name) for name, version in ids)
                journal.put_note(_note(bucket, key), True)
                tell(len(found))


@dataclass(frozen=True)
class Standing:
    versions: int = 0
    bytes: int = 0


def standing() -> Standing:
    """What the buckets have now."""
    count = size = 0
    for bucket in buckets().values():
        for page in operator.versions(bucket):
            sizes = [int(one["Size"]) for one in page if "Size" in one]
            count, size = count + len(sizes), size + sum(sizes)
    return Standing(count, size)


def weight(layout: Layout) -> tuple[int, int]:
    """How many versions an export names, and their bytes."""
    count = size = 0
    for line in lines.read(layout.objects):
        told = json.loads(line)
        if not told["deleted"]:
            count, size = count + 1, size + int(told["size"])
    return count, size


def are_empty() -> bool:
    return not any(next(operator.versions(bucket)) for bucket in buckets().values())


_IN_ORDER = """
SELECT bucket, key, version, deleted, sha256, facts,
    ROW_NUMBER() OVER (PARTITION BY bucket, key ORDER BY deleted, place DESC) AS at
FROM objects ORDER BY bucket, key, at
"""


def _fetched(layout: Layout, bucket: str, key: str, version: str) -> tuple[str, str] | None:
    """The digest of its bytes and what is said of them, as JSON; None for what is not there any more."""
    draft = layout.work / f"fetching-{new_id()}"
    try:
        digest, facts = operator.patiently(lambda: _fetch(draft, buckets()[bucket], key, version))
        path = layout.file(digest)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.replace(path)
    except NotFound:
        return None
    finally:
        draft.unlink(missing_ok=True)
    return digest, json.dumps(facts)


def _fetch(draft: Path, bucket: str, key: str, version: str) -> tuple[str, dict[str, Any]]:
    """From its beginning, whatever came of an earlier try."""
    digest = sha256()
    with draft.open("wb") as file:

        def take(chunk: bytes) -> None:
            digest.update(chunk)
            file.write(chunk)

        said = operator.fetch(bucket, key, version, take)
        size = file.tell()
    return digest.hexdigest(), {"size": size, "headers": {name: said[name] for name in _HEADERS if said.get(name)}}


def _line(row: Sequence[Any]) -> str:
    bucket, key, _version, deleted, digest, facts, at = row
    told = {"bucket": bucket, "key": key, "number": at, "deleted": bool(deleted)}
    if deleted:
        return lines.line_of(told)
    return lines.line_of(told | {"name": versions.name_of(bucket, key, at), "sha256": digest} | json.loads(facts))


def _put_object(
    layout: Layout, bucket: str, key: str, found: Sequence[dict[str, Any]], *, anew: bool
) -> list[tuple[str, str]]:
    """The name of each version with the id that it has now."""
    stored_in = buckets()[bucket]
    if anew:
        for page in operator.versions(stored_in, key=key):
            for one in page:
                operator.ask("s3", "delete_object", Bucket=stored_in, Key=key, VersionId=one["VersionId"])
    ids: list[tuple[str, str]] = []
    for one in found:
        if one["deleted"]:
            operator.ask("s3", "delete_object", Bucket=stored_in, Key=key)
            continue
        with layout.file(one["sha256"]).open("rb") as body:
            checksum = base64.b64encode(bytes.fromhex(one["sha256"])).decode()
            made = operator.ask(
                "s3", "put_object", Bucket=stored_in, Key=key, Body=body, ChecksumSHA256=checksum, **one["headers"]
            )
        ids.append((one["name"], made.get("VersionId") or "null"))
    return ids


def _note(bucket: str, key: str) -> str:
    return f"object:{bucket}/{key}"
