"""How long a newcomer waits: `git clone`, an empty home, `make run`, until the first page and until it says ready."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from core.aws.local import network
from core.aws.local.config import ROOT
from core.live import free_ports

_PATIENCE_SECONDS = 15 * 60
_SAID = {
    "installed": "Starting the local cloud",
    "demo data begun": "adding the demo data",
    "ready": "is ready at",
}


@dataclass(frozen=True)
class Step:
    """`at` is in seconds since `make run` was typed."""

    name: str
    at: float


def measure() -> list[Step]:
    """Raises RuntimeError, with what was printed, when it does not get ready."""
    with tempfile.TemporaryDirectory(prefix="portal-fresh-") as directory:
        clone, home = Path(directory, "clone"), Path(directory, "home")
        home.mkdir()
        subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(clone)], check=True)
        port, cloud_port = free_ports()
        variables = _environment(home) | {"PORT": str(port), "LOCAL_CLOUD_PORT": str(cloud_port)}
        return _watched(clone, variables, port, cloud_port)


def _environment(home: Path) -> dict[str, str]:
    """A newcomer's: this process's own, without its virtual environment and its caches."""
    dropped = (
        "VIRTUAL_ENV",
        "MAKEFLAGS",
        "MAKELEVEL",
        "MFLAGS",
        "PYTHONPATH",
        "LOCAL_DIR",
        "UV_CACHE_DIR",
        "XDG_CACHE_HOME",
    )
    return {name: value for name, value in os.environ.items() if name not in dropped} | {"HOME": str(home)}


def _watched(clone: Path, variables: Mapping[str, str], port: int, cloud_port: int) -> list[Step]:
    began = time.monotonic()
    process = subprocess.Popen(
        ["make", "run"],
        cwd=clone,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    heard = _Listener(process.stdout, began)
    happened: dict[str, Callable[[], bool]] = {
        "cloud answers": lambda: network.status(cloud_port, "GET", "/_ministack/health") == 200,
        "provisioned": (clone / ".local" / "cloud.env").exists,
        "first page": lambda: network.status(port, "GET", "/accounts/login/", timeout=60) == 200,
    }
    steps: list[Step] = []
    try:
        while "ready" not in heard.steps:
            if process.poll() is not None or time.monotonic() - began > _PATIENCE_SECONDS:
                raise RuntimeError(f"`make run` did not get ready:\n{heard.text}")
            for name in [name for name, has in happened.items() if has()]:
                steps.append(Step(name, time.monotonic() - began))
                del happened[name]
            time.sleep(0.05)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(60)
    return sorted([*steps, *(Step(name, at) for name, at in heard.steps.items())], key=lambda step: step.at)


class _Listener:
    """Notes when the words of a step are printed."""

    def __init__(self, output: IO[str], began: float) -> None:
        self.steps: dict[str, float] = {}
        self.text = ""
        self._began = began
        threading.Thread(target=self._listen, args=(output,), daemon=True).start()

    def _listen(self, output: IO[str]) -> None:
        for line in output:
            self.text += line
            for name, words in _SAID.items():
                if words in line:
                    self.steps.setdefault(name, time.monotonic() - self._began)
