"""What a process may remember for a minute, for reading."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from typing import Generic, TypeVar

from accounts.sessions import REMEMBERED_AT_MOST, REMEMBERED_SECONDS

V = TypeVar("V")


class Memory(Generic[V]):
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[float, V]] = OrderedDict()

    def get(self, key: str) -> V | None:
        with self._lock:
            until, value = self._kept.get(key, (0.0, None))
            if until < time.monotonic():
                self._kept.pop(key, None)
                return None
            return value

    def put(self, key: str, value: V) -> None:
        with self._lock:
            self._kept[key] = (time.monotonic() + REMEMBERED_SECONDS, value)
            self._kept.move_to_end(key)
            if len(self._kept) > REMEMBERED_AT_MOST:
                self._kept.popitem(last=False)

    def forget(self, key: str) -> None:
        with self._lock:
            self._kept.pop(key, None)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
