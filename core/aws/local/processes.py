"""Child processes: started on a leash, in a group of their own, and ended in good order."""

from __future__ import annotations

import contextlib
import functools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from core.aws.local.config import ROOT
from core.aws.local.leash import die_with_parent

STOP_PATIENCE_SECONDS = 30
_LOG_BYTES = 5_000_000
_OURS = ("core.aws.local", "portal.wsgi", "manage.py work")


def start(arguments: Sequence[str], environ: Mapping[str, str], log: Path | None = None) -> subprocess.Popen[bytes]:
    """Ctrl-C reaches only the supervisor, which then ends the others one after the other."""
    tie = functools.partial(die_with_parent, os.getpid(), signal.SIGTERM)
    command = [sys.executable, *arguments]
    with contextlib.ExitStack() as stack:
        errors = stack.enter_context(_opened(log)) if log else None
        # The supervisor has no threads, so running Python between fork and exec is safe.
        return subprocess.Popen(command, env=environ, cwd=ROOT, process_group=0, preexec_fn=tie, stderr=errors)


def _opened(log: Path) -> IO[bytes]:
    """Begins anew when the log has grown past what anyone would read."""
    log.parent.mkdir(parents=True, exist_ok=True)
    too_long = log.exists() and log.stat().st_size > _LOG_BYTES
    return log.open("wb" if too_long else "ab")


def stop(process: subprocess.Popen[bytes], patience: float = STOP_PATIENCE_SECONDS) -> None:
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def end_left_behind(pids: Sequence[int]) -> None:
    """Ends what a killed `make run` left, letting it save first."""
    for asked in (signal.SIGTERM, signal.SIGKILL):
        remaining = [pid for pid in pids if _is_ours(pid)]
        for pid in remaining:
            os.kill(pid, asked)
        deadline = time.monotonic() + STOP_PATIENCE_SECONDS
        while time.monotonic() < deadline and any(_is_ours(pid) for pid in remaining):
            time.sleep(0.1)


def _is_ours(pid: int) -> bool:
    """The number may belong to someone else by now."""
    shown = subprocess.run(["ps", "-o", "stat=,command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return any(name in shown.stdout for name in _OURS) and not shown.stdout.startswith("Z")
