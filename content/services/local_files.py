"""Files that commands bring along, read from this machine's disk; for the same checks as what browsers send."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings

from accounts.person import Person
from content import sniffing
from content.models import ContentVersion, StoredFile
from content.rules import files as rules
from content.services import drafts, files
from core.aws import s3
from core.ids import new_id


def attach_local(*, content_id: str, path: Path, name: str, by: Person) -> ContentVersion:
    """Nothing is done when the draft holds the same bytes under this name. Raises Invalid for what is not taken."""
    name = check(path, name)
    _, version = drafts.draft_in_work(content_id, by)
    files.check_room(version, name)
    if any(file.name == name and is_same(file, path) for file in version.files):
        return version
    kind = rules.file_type_of(name)
    key = f"content/{content_id}/source/{name}"
    facts = s3.put_file(settings.ENABLEMENT_CONTENT_BUCKET, key, path, mime=kind.mime)
    stored = StoredFile(
        file_id=new_id(),
        name=name,
        mime=kind.mime,
        group=kind.group,
        size=facts.size,
        key=key,
        s3_version=facts.version,
        etag=facts.etag,
    )
    return files.attach(content_id=content_id, version=int(version.version), file=stored, by=by)


def check(path: Path, name: str) -> str:
    """The name as it will be kept. Raises Invalid."""
    name = rules.clean_filename(name)
    kind = rules.file_type_of(name)
    size = path.stat().st_size
    rules.check_size(name, size)
    with path.open("rb") as source:

        def read(start: int, length: int) -> bytes:
            source.seek(start)
            return source.read(length)

        sniffing.check(name, kind, size, read)
    return name


def is_same(file: StoredFile, path: Path) -> bool:
    """By size and by the MD5 that S3 gives as the tag of what came in one piece."""
    return file.size == path.stat().st_size and str(file.etag).strip('"') == digest(path)


def digest(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
