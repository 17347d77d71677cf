"""Asks the portal's WSGI application in this process, with the headers that a browser sends."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client

from accounts.person import Person
from core.testing import sign_in

Application = Callable[..., Any]


@dataclass(frozen=True)
class Answer:
    status: str
    sent: bytes
    """As it goes over the wire, compressed."""

    @property
    def body(self) -> bytes:
        return gzip.decompress(self.sent) if self.sent[:2] == b"\x1f\x8b" else self.sent


class Browser:
    def __init__(self, application: Application, person: Person) -> None:
        self._application = application
        key = sign_in(Client(), person).cookies[settings.SESSION_COOKIE_NAME].value
        self._cookie = f"{settings.SESSION_COOKIE_NAME}={key}"

    def prepared(self, address: str, *, htmx: bool = False) -> Callable[[], Answer]:
        """A function that makes the request, so that nothing of the browser's own is measured with it."""
        environ = self._environ(address) | ({"HTTP_HX_REQUEST": "true"} if htmx else {})

        def ask() -> Answer:
            statuses: list[str] = []
            chunks = self._application(
                environ | {"wsgi.input": io.BytesIO()}, lambda status, _headers: statuses.append(status)
            )
            sent = b"".join(chunks)
            chunks.close()
            return Answer(statuses[0], sent)

        return ask

    def get(self, address: str, *, htmx: bool = False) -> Answer:
        """Raises RuntimeError for anything but a page."""
        answer = self.prepared(address, htmx=htmx)()
        if not answer.status.startswith("200"):
            raise RuntimeError(f"{address} answers {answer.status}")
        return answer

    def _environ(self, address: str) -> dict[str, Any]:
        parts = urlsplit(address)
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1",
            "HTTP_ACCEPT": "text/html,application/xhtml+xml",
            "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
            "HTTP_ACCEPT_LANGUAGE": "en-US,en;q=0.9",
            "HTTP_COOKIE": self._cookie,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
