"""Names of object versions that mean the same everywhere.

S3 makes up the id of a version, so in another bucket the same version has another one. In an export stands instead which
it is: of what object, and the how manyeth. What records say of versions is put into these words and back.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256

_ID = re.compile(r"[A-Za-z0-9_.~-]{16,}")
_NAME = re.compile(r"s3v-[0-9a-f]{40}")


def name_of(bucket: str, key: str, number: int) -> str:
    """`number` counts the versions of the object from 1, the oldest."""
    return "s3v-" + sha256("\0".join((bucket, key, str(number))).encode()).hexdigest()[:40]


def named(line: str, name_for: Callable[[str], str | None]) -> str:
    """The line with the id of each known version as its name."""
    return _ID.sub(lambda found: name_for(found[0]) or found[0], line)


def names_in(line: str) -> list[str]:
    return _NAME.findall(line)


def identified(line: str, id_for: Callable[[str], str | None]) -> str:
    """The line with the names as the ids that they have here; a name of nothing stays."""
    return _NAME.sub(lambda found: id_for(found[0]) or found[0], line)
