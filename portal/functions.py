"""What Lambda calls on AWS besides the pages: there is no worker there that looks and waits.

| handler | called by |
|---|---|
| `outbox` | the stream of the table `outbox` |
| `bus` | EventBridge: our own events, and what other services tell |
| `jobs` | EventBridge Scheduler, every minute |
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from core import clock, work  # noqa: E402  (they want the settings)
from core.jobs import running  # noqa: E402
from core.outbox import stream  # noqa: E402


def outbox(event: Mapping[str, Any], _context: object) -> None:
    stream.relay_new(event["Records"])


def bus(event: Mapping[str, Any], _context: object) -> None:
    work.tell(event)


def jobs(_event: Mapping[str, Any], _context: object) -> None:
    running.run_due(clock.now())
