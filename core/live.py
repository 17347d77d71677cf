"""For tests: the portal and its local cloud as `make run` starts them, on free ports, with data of their own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

START_SECONDS = 300
STOP_SECONDS = 30


@dataclass(frozen=True)
class LivePortal:
    url: str
    cloud_url: str
    local_dir: Path


@contextmanager
def running_portal(directory: str, *, demo_data: bool = False) -> Iterator[LivePortal]:
    """Raises RuntimeError, with what was printed, when it does not start."""
    port, cloud_port = free_ports()
    live = LivePortal(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{cloud_port}", Path(directory))
    environment = os.environ | {
        "LOCAL_DIR": directory,
        "PORT": str(port),
        "LOCAL_CLOUD_PORT": str(cloud_port),
        "DEBUG": "0",
        "DEMO_DATA": "1" if demo_data else "0",
    }
    log = live.local_dir / "run.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "core.aws.local", "run"],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=Path(__file__).resolve().parent.parent,
        )
        try:
            if not _answers(f"{live.url}/health", process):
                raise RuntimeError(f"the portal did not start:\n{log.read_text()}")
            yield live
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(STOP_SECONDS)


def _answers(url: str, process: subprocess.Popen[bytes]) -> bool:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(url, timeout=2):
                return True
        except (URLError, OSError):
            time.sleep(0.1)
    return False


def free_ports() -> tuple[int, int]:
    """Both sockets are open at once, so that the two differ."""
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]
