from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.errors import PortalError
from portal.backup import telling
from portal.backup.checking import check


class Command(BaseCommand):
    help = "Weighs every line and every file of an export against its manifest. Exit code 0: all is as it was made."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)
        parser.add_argument("--digest", default="", help="the one that export_all printed")

    def handle(self, *args: Any, directory: Path, digest: str, **options: Any) -> None:
        try:
            made = check(directory, telling.bars, digest=digest)
        except PortalError as error:
            raise CommandError(error.message) from error
        self.stdout.write(
            f"As it was made at {made.made_at}: {made.records} records, {made.objects} versions of files, {made.people} people."
        )
