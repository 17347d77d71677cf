from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from core import clock
from lms.services import grading


class Command(BaseCommand):
    help = (
        "Finishes attempts at quizzes whose time has run out and whose page nobody opened since, with the answers that "
        "were saved. Run it every few minutes: the result is the same whenever it runs, and when a learner is first."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{grading.finish_overdue(clock.now())} attempts finished")
