from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from core import clock, work
from core.aws import queue
from core.errors import PortalError
from core.jobs.running import Pause, run_due
from core.outbox import relay

logger = logging.getLogger(__name__)

_JOBS_SECONDS = 20
_PAUSE_SECONDS = 2
_turns = relay.Turns()
_pause = Pause()


class Command(BaseCommand):
    help = (
        "Tells the events that wait in the outbox, does the jobs that are due, and hears what other services of the "
        "cloud tell. `make run` keeps one going; of several, one tells and each job is done once."
    )
    requires_system_checks: list[str] = []  # they would import every page first

    def handle(self, **_options: Any) -> None:
        began = time.time()
        others = [(turn, _PAUSE_SECONDS) for turn in work.turns()]
        for turn, pause in ((_drain, _PAUSE_SECONDS), (_do_jobs, _JOBS_SECONDS), (_hear, 0), *others):
            threading.Thread(target=_again_and_again, args=(turn, pause), daemon=True).start()
        while not (settings.DEBUG and _changed_since(began)):  # whoever started this starts it again with the new code
            time.sleep(_PAUSE_SECONDS)


def _again_and_again(turn: Callable[[], bool], pause: float) -> None:
    """Turns that did something follow each other at once."""
    while True:
        try:
            busy = not _pause.is_on(clock.now()) and turn()
        except PortalError:  # a cloud that is just being restarted
            busy = False
        except Exception:  # the next turn finds again what this one did not do
            logger.exception("turn failed")
            busy = False
        if not busy:
            time.sleep(pause or _PAUSE_SECONDS)


def _drain() -> bool:
    return bool(_turns.take(clock.now()))


def _do_jobs() -> bool:
    run_due(clock.now())
    return False


def _hear() -> bool:
    """It waits at the queue itself; without one there is nothing to wait at."""
    if not settings.EVENTS_QUEUE_URL:
        return False
    queue.hear(settings.EVENTS_QUEUE_URL, work.tell)
    return True


def _changed_since(moment: float) -> bool:
    """Some file of ours that this process has read."""
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    ours = (Path(file) for file in files if file and file.startswith(str(settings.BASE_DIR)) and "/.venv/" not in file)
    return any(file.exists() and file.stat().st_mtime > moment for file in ours)
