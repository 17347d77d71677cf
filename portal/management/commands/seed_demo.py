from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from accounts.person import Person
from analytics.demo import seeding as use
from content.demo import library
from content.demo import seeding as items
from core import clock
from core.errors import NotFound
from lms.demo import seeding as learning
from lms.demo import teams, timeline
from lms.demo.making import Stage
from metadata import demo as metadata
from webhooks import demo as programs


class Command(BaseCommand):
    help = (
        "Fills a local portal with what a demo company has: a library with items of every kind in every state and real "
        "files, courses and paths, and people who are half-way, overdue and certified. "
        "Can be run again at any time: it adds what is missing and changes nothing else."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="no progress line, no table")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PORTAL_LOCAL:
            raise CommandError("Demo data belongs in a local portal only (PORTAL_LOCAL=1).")
        try:
            cast = items.demo_people()
        except NotFound as error:
            raise CommandError(
                f"{error.message} The demo needs its five accounts: run `manage.py provision`."
            ) from None
        self.no_line = options["quiet"] or None  # None leaves it to tqdm: a line on a terminal alone
        items_made = self._library(cast)
        metadata.seed(cast["admin"])
        stage = Stage(cast, clock.now())
        steps_taken = self._learning(stage)
        self._use(stage.now)
        programs.seed(cast)
        if not options["quiet"]:
            self._tell("items", items.census(stage.now), items_made)
            self._tell("courses", learning.census(stage), steps_taken)

    def _library(self, cast: dict[str, Person]) -> int:
        seeded = tqdm(
            items.seed(cast), total=len(library.assets()), desc="Demo library", unit=" items", disable=self.no_line
        )
        return sum(1 for one in seeded if one.steps)

    def _learning(self, stage: Stage) -> int:
        made = tqdm(
            learning.make(stage),
            total=learning.count_made(),
            desc="Demo courses",
            unit=" courses",
            disable=self.no_line,
        )
        count = sum(made)
        steps = timeline.steps(stage)
        taken = tqdm(learning.live(steps), total=len(steps), desc="Demo learners", unit=" steps", disable=self.no_line)
        return int(count + sum(taken) + teams.make(stage))

    def _use(self, now: datetime) -> None:
        """What colleagues without an account did with it: the dashboards are about more than five people."""
        days = use.days_to_seed(now)
        for _ in tqdm(use.seed(days, now), total=len(days), desc="Demo use", unit=" days", disable=self.no_line):
            pass

    def _tell(self, what: str, rows: list[tuple[str, int]], new: int) -> None:
        self.stdout.write(what.capitalize())
        for status, count in rows:
            self.stdout.write(f"  {status:<12}{count:>4}")
        self.stdout.write(f"  {'together':<12}{sum(count for _, count in rows):>4}, {new} of them new or completed now")
