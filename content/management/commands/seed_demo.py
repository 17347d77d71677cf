from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from content.demo import library, seeding
from core import clock
from core.errors import NotFound


class Command(BaseCommand):
    help = (
        "Fills a local portal with the library of a demo company: items of every kind in every state, with real files. "
        "Can be run again at any time: it adds what is missing and changes nothing else."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="no progress line, no table")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PORTAL_LOCAL:
            raise CommandError("Demo data belongs in a local portal only (PORTAL_LOCAL=1).")
        try:
            cast = seeding.demo_people()
        except NotFound as error:
            raise CommandError(
                f"{error.message} The demo needs its five accounts: run `manage.py provision`."
            ) from None
        quiet = options["quiet"]
        made = seeding.seed(cast)
        shown = tqdm(made, total=len(library.assets()), desc="Demo library", unit=" items", disable=quiet or None)
        new = sum(1 for seeded in shown if seeded.steps)
        if not quiet:
            self._tell(new)

    def _tell(self, new: int) -> None:
        rows = seeding.census(clock.now())
        for status, count in rows:
            self.stdout.write(f"  {status:<12}{count:>4}")
        self.stdout.write(f"  {'together':<12}{sum(count for _, count in rows):>4}, {new} of them new or completed now")
