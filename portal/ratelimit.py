"""How much one person, or one address when signed out, may ask of one process in a minute."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from core.errors import TooMany


class Limiter:
    def __init__(self) -> None:
        self._window = MovingWindowRateLimiter(MemoryStorage())
        self._all = parse(settings.RATE_LIMIT)
        self._writes = parse(settings.RATE_LIMIT_WRITES)
        self._sign_in = parse(settings.RATE_LIMIT_SIGN_IN)
        self._verify = parse(settings.RATE_LIMIT_VERIFY)

    def check(self, request: HttpRequest, *, signing_in: bool, verifying: bool = False, who: Callable[[], str]) -> None:
        """Raises TooMany, with the seconds after which it is worth another try."""
        address = request.META.get("REMOTE_ADDR", "")
        if signing_in:
            self._hit(self._sign_in, "sign-in", address)
            return
        if verifying:
            self._hit(self._verify, "verify", address)
            return
        key = who() or address
        self._hit(self._all, "all", key)
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            self._hit(self._writes, "writes", key)

    def _hit(self, limit: RateLimitItem, what: str, key: str) -> None:
        if not self._window.hit(limit, what, key):
            reset_at = self._window.get_window_stats(limit, what, key).reset_time
            raise TooMany(retry_after=max(1, int(reset_at - time.time()) + 1))
