"""Ports and answers on this machine."""

from __future__ import annotations

import http.client
import socket
import subprocess
import time

from core.aws.local.config import Config, StartError

# A server that is still starting holds the request back: better to wait for its answer than to ask again.
_PATIENCE_SECONDS = 15


def require_free_ports(config: Config) -> None:
    if config.port == config.cloud_port:
        raise StartError(
            f"The portal and the local cloud cannot both use port {config.port}.", "Set PORT to another one."
        )
    for port, variable, what in (
        (config.port, "PORT", "the portal"),
        (config.cloud_port, "LOCAL_CLOUD_PORT", "the local cloud"),
    ):
        if not _is_free(port):
            raise StartError(
                f"Port {port}, for {what}, is taken by another program.",
                f"Stop that program, or choose another port, for example: {variable}={port + 1} make run",
            )


def _is_free(port: int) -> bool:
    """Servers of both kinds set SO_REUSEADDR, so a port that only lingers after a stop counts as free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def status(port: int, method: str, path: str, timeout: float = 2) -> int | None:
    """The HTTP status, or None while nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request(method, path)
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def wait_until(seconds: float, *, port: int, path: str, process: subprocess.Popen[bytes] | None = None) -> bool:
    """False when the process died or the time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if status(port, "GET", path, timeout=_PATIENCE_SECONDS) == 200:
            return True
        if process is not None and process.poll() is not None:
            return False
        time.sleep(0.05)
    return False
