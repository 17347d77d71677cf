"""Whether what the portal stands on answers. Cheap questions, that any portal may ask with its own rights."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import requests
from django.conf import settings

from accounts import store
from core.aws.clients import client
from core.index import index

_REMEMBERED_SECONDS = 5
_lock = threading.Lock()
_last: tuple[float, dict[str, str]] = (0.0, {})


def _dynamodb() -> None:
    store.session_by_key("ready")


def _s3() -> None:
    client("s3").head_bucket(Bucket=settings.ENABLEMENT_CONTENT_BUCKET)


def _cognito() -> None:
    requests.get(f"{settings.COGNITO_ISSUER_URL}/.well-known/jwks.json", timeout=2).raise_for_status()


def _index() -> None:
    _ = index().stale


CHECKS: dict[str, Callable[[], None]] = {"dynamodb": _dynamodb, "s3": _s3, "cognito": _cognito, "index": _index}


def state() -> dict[str, str]:
    """`ok` or `failed` for each; remembered for some seconds, as anybody may ask."""
    global _last
    with _lock:
        until, known = _last
        if until < time.monotonic():
            with ThreadPoolExecutor(len(CHECKS)) as pool:
                known = dict(zip(CHECKS, pool.map(_outcome, CHECKS.values()), strict=True))
            _last = (time.monotonic() + _REMEMBERED_SECONDS, known)
        return known


def _outcome(check: Callable[[], None]) -> str:
    try:
        check()
    except Exception:  # noqa: BLE001  (a check may fail in any way; it must only never take the page with it)
        return "failed"
    return "ok"
