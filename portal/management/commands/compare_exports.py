from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.errors import PortalError
from portal.backup.comparing import compare


class Command(BaseCommand):
    help = "Says whether two exports are of the same things, and what differs. Exit code 0: they are; 1: they are not."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("first", type=Path)
        parser.add_argument("second", type=Path)

    def handle(self, *args: Any, first: Path, second: Path, **options: Any) -> None:
        try:
            same, found = compare(first, second)
        except PortalError as error:
            raise CommandError(error.message) from error
        for one in found:
            self.stdout.write(
                f"{one.place}: {one.changed} differ, {one.only_first} only in the first, {one.only_second} only in the second"
            )
            for example in one.examples:
                self.stdout.write(f"  {example}")
        if found:
            raise CommandError(f"{len(found)} files differ, {same} are the same.")
        self.stdout.write(f"The same: {same} files of lines, and the files that they name.")
