"""Ties a child process to its parent: when the parent is killed, the child gets a signal and no orphan stays."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int, with_signal: signal.Signals) -> None:
    """Call in the child. Linux only; elsewhere the next start finds and ends what was left behind."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(with_signal))
    if os.getppid() != parent:  # it died before the tie was made
        os.kill(os.getpid(), with_signal)
