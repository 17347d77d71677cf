"""Django sessions in DynamoDB: server-side, revocable, found by a digest of the cookie's key.

A process may remember a session for a minute, for reading. Whatever writes or hands out a file asks for `fresh()`.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.utils.crypto import get_random_string

from accounts import store
from accounts.models import SessionRecord
from accounts.sealing import digest, seal, unseal
from core import clock
from core.errors import Stale

REMEMBERED_SECONDS = 60
REMEMBERED_AT_MOST = 2000
PERSON_KEY = "person_id"


class _Memory:
    """Sealed sessions by digest, for a minute; the least recently used go first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[float, str]] = OrderedDict()

    def get(self, key: str) -> str | None:
        with self._lock:
            until, sealed = self._kept.get(key, (0.0, ""))
            if until < time.monotonic():
                self._kept.pop(key, None)
                return None
            self._kept.move_to_end(key)
            return sealed

    def put(self, record: SessionRecord) -> None:
        seconds = min(REMEMBERED_SECONDS, (record.ttl - clock.now()).total_seconds())
        with self._lock:
            self._kept[record.session_key] = (time.monotonic() + seconds, record.data)
            self._kept.move_to_end(record.session_key)
            if len(self._kept) > REMEMBERED_AT_MOST:
                self._kept.popitem(last=False)

    def forget(self, *keys: str) -> None:
        with self._lock:
            for key in keys:
                self._kept.pop(key, None)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


memory = _Memory()


class SessionStore(SessionBase):
    """Data that came out of this process's memory is never saved back blindly: a save asks that the record exist."""

    _from_memory = False
    _must_be_fresh = False
    _role_due_at: datetime | None = None

    def fresh(self) -> None:
        """From now on what is read comes from the table, strongly consistent."""
        self._must_be_fresh = True
        if self._from_memory and not self.modified and hasattr(self, "_session_cache"):
            del self._session_cache

    def load(self) -> dict[str, Any]:
        data = self._load(self.session_key) if self.session_key else None
        if data is None:
            self._session_key = None
        return data or {}

    def _load(self, session_key: str) -> dict[str, Any] | None:
        key = digest(session_key)
        sealed = None if self._must_be_fresh else memory.get(key)
        self._from_memory = sealed is not None
        if sealed is not None:
            return unseal(session_key, sealed)
        record = store.session_by_key(key, consistent=self._must_be_fresh)
        if record is None:
            memory.forget(key)
            return None
        data = unseal(session_key, record.data)
        self._role_due_at = record.role_due_at
        if data and record.role_due_at:
            data["role_checked_at"] = 0
        else:
            memory.put(record)
        return data

    def exists(self, session_key: str) -> bool:
        return store.session_by_key(digest(session_key), consistent=True) is not None

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def _get_new_session_key(self) -> str:
        # Without asking whether it is free: it is random, and creating is conditional.
        return get_random_string(40)

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        key = digest(self.session_key)
        try:
            if must_create:
                self._keep(key, data, store.create_session)
            else:
                self._update(key, data)
        except Stale as error:
            memory.forget(key)
            raise (CreateError if must_create else UpdateError) from error

    def _update(self, key: str, data: dict[str, Any]) -> None:
        """What this request knows of her role counts no more when an Admin has changed it meanwhile. Raises Stale."""
        try:
            self._keep(key, data, partial(store.update_session, role_due_at=self._role_due_at))
        except Stale:
            record = store.session_by_key(key, consistent=True)
            if record is None or record.role_due_at == self._role_due_at:
                raise
            self._role_due_at = record.role_due_at
            data["role_checked_at"] = 0
            self._keep(key, data, partial(store.update_session, role_due_at=self._role_due_at))
        self._role_due_at = None

    def _keep(self, key: str, data: dict[str, Any], write: Callable[[SessionRecord], None]) -> None:
        record = SessionRecord(
            key,
            user_id=data.get(PERSON_KEY),
            data=seal(str(self.session_key), data),
            created_at=clock.now(),
            ttl=clock.now() + timedelta(seconds=self.get_expiry_age()),
        )
        write(record)
        memory.put(record)

    def delete(self, session_key: str | None = None) -> None:
        session_key = session_key or self.session_key
        if session_key:
            memory.forget(digest(session_key))
            store.delete_session(digest(session_key))

    @classmethod
    def clear_expired(cls) -> None:
        """DynamoDB sweeps by `ttl`."""
