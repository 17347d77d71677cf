from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.services.seals import verify
from core import clock

_SHOWN = 200


class Command(BaseCommand):
    help = (
        "Compares the whole audit log with its seals and names every entry that was changed, put in or taken away. "
        "Exit code 0: it is as it was sealed; 1: it is not."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anchor", metavar="DIGEST", default="", help="a digest that the chain must contain")

    def handle(self, *args: Any, anchor: str, **options: Any) -> None:
        found = verify(clock.now(), anchor=anchor)
        for problem in found.problems[:_SHOWN]:
            self.stderr.write(f"{problem.where}: {problem.what}")
        if len(found.problems) > _SHOWN:
            self.stderr.write(f"… and {len(found.problems) - _SHOWN} more")
        self.stdout.write(
            f"{found.entries} entries are as they were sealed, in {found.seals} seals; "
            f"{found.unsealed} are not sealed yet. The last seal: {found.head or 'none'}"
        )
        if found.problems:
            raise CommandError(f"{len(found.problems)} problems; see above.", returncode=1)
