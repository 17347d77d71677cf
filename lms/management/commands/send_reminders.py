from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from core import clock
from lms.services import assignments


class Command(BaseCommand):
    help = (
        "Says which assignments have become overdue and whose reminder has come, as events for whoever tells people. "
        "Run it every hour: each is said once, however often this runs and from how many places."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        said = assignments.remind(clock.now())
        self.stdout.write(
            ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in said.items()) or "nothing due"
        )
