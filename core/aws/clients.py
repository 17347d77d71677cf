"""The only place that makes AWS clients: one per service and process, from one session.

Everything is said by the standard AWS variables (`AWS_REGION`, `AWS_ENDPOINT_URL`, keys or a role), so the code never
knows which cloud it is on. Creating a client is not thread-safe and costs 50-100 ms, hence the lock and the cache.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import botocore.session
from botocore.config import Config
from django.conf import settings

from core.aws import metering, parsing

_lock = threading.RLock()

# A person is waiting: give up early enough that the page can still say so.
_WEB: dict[str, Any] = {
    "connect_timeout": 2,
    "read_timeout": 8,
    "retries": {"mode": "standard", "max_attempts": 3},  # exponential back-off with jitter
    "max_pool_connections": 50,
    "user_agent": "enablement-portal",  # said once: botocore's own is put together anew for every request
}


@functools.cache
def _session() -> botocore.session.Session:
    session = botocore.session.get_session()
    session.set_config_variable("region", settings.AWS_REGION)
    session.register_component("response_parser_factory", parsing.Factory())
    return session


@contextmanager
def making() -> Iterator[botocore.session.Session]:
    """The session, for a library that makes a client of its own: one thread at a time."""
    with _lock:
        yield _session()


def client(service: str) -> Any:
    """The process-wide client of a service, for example `client("s3")`."""
    with _lock:
        return _client(service)


@functools.cache
def _client(service: str) -> Any:
    options = dict(_WEB)
    if service == "s3":
        # The regional address, as the Content-Security-Policy names it; botocore's own for us-east-1 is another.
        s3 = {"addressing_style": "path", "us_east_1_regional_endpoint": "regional"}
        options |= {"signature_version": "s3v4", "s3": s3}
    if service == "sesv2":
        options |= {"retries": {"mode": "standard", "total_max_attempts": 1}}  # a repeated mail is a second mail
    if service == "dynamodb":
        options |= {"parameter_validation": False}  # PynamoDB has validated already
    made = _session().create_client(service, config=Config(**options))
    if service == "dynamodb":
        metering.attach(made)
    return made


def forget() -> None:
    """Drops every client, for processes that change their cloud: the tests."""
    with _lock:
        _client.cache_clear()
        _session.cache_clear()
