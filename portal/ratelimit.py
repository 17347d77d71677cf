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
        self._api_address = parse(settings.RATE_LIMIT_API_ADDRESS)

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

    def check_address(self, request: HttpRequest) -> None:
        """Before it is known who asks: all that comes from an address, and its tokens that were refused."""
        address = request.META.get("REMOTE_ADDR", "")
        self._hit(self._api_address, "api", address)
        if not self._window.test(self._sign_in, "refused", address):
            raise TooMany(retry_after=self._seconds(self._sign_in, "refused", address))

    def note_refused(self, request: HttpRequest) -> None:
        self._window.hit(self._sign_in, "refused", request.META.get("REMOTE_ADDR", ""))

    def check_person(self, request: HttpRequest) -> None:
        """The same counts as on pages; `request.rate_limit` are what the answer's headers say."""
        key = str(request.user.pk)
        limit, what = self._all, "all"
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            self._hit(self._all, "all", key)
            limit, what = self._writes, "writes"
        try:
            self._hit(limit, what, key)
        finally:
            left = self._window.get_window_stats(limit, what, key).remaining
            request.rate_limit = (limit.amount, max(0, left), self._seconds(limit, what, key))  # type: ignore[attr-defined]

    def _seconds(self, limit: RateLimitItem, what: str, key: str) -> int:
        reset_at = self._window.get_window_stats(limit, what, key).reset_time
        return max(1, int(reset_at - time.time()) + 1)

    def _hit(self, limit: RateLimitItem, what: str, key: str) -> None:
        if not self._window.hit(limit, what, key):
            raise TooMany(retry_after=self._seconds(limit, what, key))
