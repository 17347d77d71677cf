"""One `make run` per directory. The kernel drops the lock with the process, so it can be neither stale nor lost."""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from core.aws.local.config import StartError


class Lock:
    """While held, the file says who runs where; after a clean stop it is empty."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.left_behind: dict[str, Any] = {}
        self._content: dict[str, Any] = {}

    def __enter__(self) -> Self:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600), "r+")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise self._already_running() from None
        self.left_behind = self._read()
        self.record(pid=os.getpid())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._file.truncate(0)
        self._file.close()

    @property
    def was_stopped_uncleanly(self) -> bool:
        return bool(self.left_behind)

    def record(self, **facts: Any) -> None:
        self._content |= facts
        self._file.seek(0)
        self._file.truncate()
        json.dump(self._content, self._file)
        self._file.flush()

    def _read(self) -> dict[str, Any]:
        self._file.seek(0)
        try:
            content = json.load(self._file)
        except ValueError:
            return {}
        return content if isinstance(content, dict) else {}

    def _already_running(self) -> StartError:
        holder = self._read()
        self._file.close()
        where = f" at {holder['address']}" if "address" in holder else ""
        return StartError(
            f"The portal is already running{where} (pid {holder.get('pid', 'unknown')}), on the data in {self.path.parent}.",
            "Use that one, stop it with Ctrl-C, or run a second one with LOCAL_DIR, PORT and LOCAL_CLOUD_PORT of its own.",
        )
