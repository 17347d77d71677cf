"""JSON lines that say the same in the same way, so that two exports of the same things are the same bytes."""

from __future__ import annotations

import base64
import heapq
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

_RUN_BYTES = 16 * 1024 * 1024
"""What is sorted in memory at once."""
_CHUNK = 1024 * 1024
_SETS = {"SS", "NS", "BS"}


@dataclass(frozen=True)
class Written:
    """`total` adds up the hashes of the lines: it is the same in whatever order they come."""

    lines: int
    bytes: int
    sha256: str
    total: str

    def to_data(self) -> dict[str, Any]:
        return asdict(self)


class Total:
    def __init__(self) -> None:
        self.lines = 0
        self._sum = 0

    def add(self, told: bytes) -> None:
        self.lines += 1
        self._sum += int.from_bytes(sha256(told).digest(), "big")

    @property
    def hex(self) -> str:
        return f"{self._sum % 2**256:064x}"


def line_of(value: Mapping[str, Any]) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")) + "\n"


def item_line(item: Mapping[str, Any], keys: Iterable[str]) -> str:
    """A record of DynamoDB's with its key in front, by which lines are sorted."""
    at = [next(iter(item[name].values())) for name in keys]
    return line_of({"at": at, "item": {name: _to_json(value) for name, value in item.items()}})


def item_of(line: str) -> dict[str, Any]:
    return {name: _from_json(value) for name, value in json.loads(line)["item"].items()}


def write(path: Path, lines: Iterable[str]) -> Written:
    """As a whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.part")
    digest, size, total = sha256(), 0, Total()
    with draft.open("wb") as file:
        for line in lines:
            told = line.encode()
            file.write(told)
            digest.update(told)
            size += len(told)
            total.add(told)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return Written(total.lines, size, digest.hexdigest(), total.hex)


def read(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="\n") as file:
        yield from file


def weighed(path: Path) -> Written:
    """What a file of lines is now."""
    digest, size, total = sha256(), 0, Total()
    with path.open("rb") as file:
        for told in file:
            digest.update(told)
            size += len(told)
            total.add(told)
    return Written(total.lines, size, digest.hexdigest(), total.hex)


def digest_of(path: Path) -> tuple[str, int]:
    """SHA-256 and size of any file."""
    digest, size = sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def in_order(lines: Iterable[str], scratch: Path) -> Iterator[str]:
    """Sorted, each once, with flat memory however many there are."""
    last = ""
    with ExitStack() as opened:
        runs = [
            opened.enter_context(path.open(encoding="utf-8", newline="\n")) for path in _sorted_runs(lines, scratch)
        ]
        for line in heapq.merge(*runs):
            if line != last:
                yield line
            last = line
    for run in runs:
        Path(run.name).unlink()


def _sorted_runs(lines: Iterable[str], scratch: Path) -> list[Path]:
    made: list[Path] = []
    held: list[str] = []
    size = 0

    def put_aside() -> None:
        path = scratch / f"run-{len(made)}"
        held.sort()
        path.write_text("".join(held), encoding="utf-8", newline="\n")
        made.append(path)
        held.clear()

    for line in lines:
        held.append(line)
        size += len(line)
        if size > _RUN_BYTES:
            put_aside()
            size = 0
    if held:
        put_aside()
    return made


def _to_json(value: Mapping[str, Any]) -> dict[str, Any]:
    """An attribute with its type; binary as base64, and the values of sets in order, for they have none."""
    kind, held = next(iter(value.items()))
    if kind == "B":
        held = _base64(held)
    elif kind == "BS":
        held = sorted(map(_base64, held))
    elif kind in _SETS:
        held = sorted(held)
    elif kind == "M":
        held = {name: _to_json(one) for name, one in held.items()}
    elif kind == "L":
        held = [_to_json(one) for one in held]
    return {kind: held}


def _from_json(value: Mapping[str, Any]) -> dict[str, Any]:
    kind, held = next(iter(value.items()))
    if kind == "B":
        held = base64.b64decode(held)
    elif kind == "BS":
        held = [base64.b64decode(one) for one in held]
    elif kind == "M":
        held = {name: _from_json(one) for name, one in held.items()}
    elif kind == "L":
        held = [_from_json(one) for one in held]
    return {kind: held}


def _base64(held: bytes) -> str:
    return base64.b64encode(held).decode()
