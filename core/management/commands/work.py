from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from core import clock, work
from core.aws import queue
from core.errors import PortalError

_SWEEP_SECONDS = 60
_PAUSE_SECONDS = 2


class Command(BaseCommand):
    help = "Hears what other services of the cloud tell, and sweeps what was missed. `make run` keeps one going."
    requires_system_checks: list[str] = []  # they would import every page first

    def handle(self, **_options: Any) -> None:
        began = time.time()
        swept = 0.0
        while not (settings.DEBUG and _changed_since(began)):  # whoever started this starts it again with the new code
            if time.monotonic() - swept > _SWEEP_SECONDS:
                swept = time.monotonic()
                work.sweep(clock.now())
            if not _heard():
                time.sleep(_PAUSE_SECONDS)


def _heard() -> bool:
    """False where there is nothing to wait at: no queue, or a cloud that is just being restarted."""
    if not settings.EVENTS_QUEUE_URL:
        return False
    try:
        queue.hear(settings.EVENTS_QUEUE_URL, work.tell)
    except PortalError:
        return False
    return True


def _changed_since(moment: float) -> bool:
    """Some file of ours that this process has read."""
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    ours = (Path(file) for file in files if file and file.startswith(str(settings.BASE_DIR)) and "/.venv/" not in file)
    return any(file.exists() and file.stat().st_mtime > moment for file in ours)
