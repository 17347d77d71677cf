"""For tests: a program that somebody's address leads to. It writes down what it is sent and answers as it is told."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Sent:
    path: str
    headers: Mapping[str, str]
    """By their names in small letters."""
    body: bytes


@dataclass
class Listener:
    """`status` is what it answers; `answer` may instead write the whole answer itself."""

    port: int = 0
    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    answer: Callable[[BaseHTTPRequestHandler], object] | None = None
    sent: list[Sent] = field(default_factory=list)

    @property
    def origin(self) -> str:
        """One for `OUTBOUND_LOCAL_TARGETS`."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def listening(context: ssl.SSLContext | None = None) -> Iterator[Listener]:
    listener = Listener()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(listener))
    server.daemon_threads = True
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    listener.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(listener: Listener) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            named = {name.lower(): value for name, value in self.headers.items()}
            listener.sent.append(Sent(self.path, named, body))
            if listener.answer:
                listener.answer(self)
                return
            self.send_response(listener.status)
            for name, value in listener.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_said: object) -> None:
            """Tests are quiet."""

    return Handler
