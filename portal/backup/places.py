"""Where things lie: the tables and buckets of this environment, and the files of an export."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from core.aws.attributes import key_names
from core.aws.operator import Item
from core.aws.records import BaseRecord, all_records


@dataclass(frozen=True)
class Table:
    """`name` is what settings call it, the same everywhere; `stored_as` its name in this environment.

    A `derived` one is filled by jobs even where there is nothing.
    """

    name: str
    stored_as: str
    keys: tuple[str, ...]
    expiry: str = ""
    passing: tuple[str, ...] = ()
    derived: bool = False

    def leaves_behind(self, item: Item) -> bool:
        """A row that holds for the moment alone (`Meta.transient_rows`)."""
        return bool(self.passing) and item[self.keys[-1]]["S"].startswith(self.passing)


def tables() -> list[Table]:
    """All that the records make, but for those that only hold for the moment (`Meta.transient`)."""
    names = {stored_as: name for name, stored_as in settings.TABLES.items()}
    return [
        _table(record, names[record.Meta.table_name])
        for record in all_records()
        if not getattr(record.Meta, "transient", False)
    ]


def buckets() -> dict[str, str]:
    return {"content": settings.ENABLEMENT_CONTENT_BUCKET, "media": settings.LMS_MEDIA_BUCKET}


def environment() -> str:
    """Tells one from another; an account's own number need not be known for that."""
    parts = [settings.AWS_ENDPOINT_URL, settings.AWS_REGION, settings.COGNITO_USER_POOL_ID]
    return sha256("\0".join([*parts, *sorted(settings.TABLES.values()), *buckets().values()]).encode()).hexdigest()[:16]


class Layout:
    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.manifest = directory / "manifest.json"
        self.objects = directory / "objects.jsonl"
        self.people = directory / "people.jsonl"
        self.keys = directory / "badge-keys.jsonl"
        self.files = directory / "files"
        self.work = directory / "work"

    def table(self, name: str) -> Path:
        return self.directory / "tables" / f"{name}.jsonl"

    def file(self, digest: str) -> Path:
        return self.files / digest[:2] / digest

    def restoring(self) -> Path:
        """The journal of a restore into this environment."""
        return self.directory / "restoring" / f"{environment()}.db"

    def of(self, path: Path) -> str:
        return path.relative_to(self.directory).as_posix()


def _table(record: type[BaseRecord], name: str) -> Table:
    attributes = record.get_attributes()
    expiry = record._ttl_attribute()  # type: ignore[no-untyped-call]
    keys = tuple(str(attributes[key].attr_name) for key in key_names(record))
    return Table(
        name,
        record.Meta.table_name,
        keys,
        str(expiry.attr_name) if expiry else "",
        tuple(getattr(record.Meta, "transient_rows", ())),
        bool(getattr(record.Meta, "derived", False)),
    )
