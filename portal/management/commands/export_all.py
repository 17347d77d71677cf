from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

from core.errors import PortalError
from portal.backup import telling
from portal.backup.exporting import export, forecast


class Command(BaseCommand):
    help = (
        "Writes all records, files and accounts into a directory, with an operator's rights. Can be given again after it "
        "was cut off: it goes on where it stopped. Prints a digest; kept elsewhere, it proves later that nothing was changed."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, help="a new one, or one with an export that was begun")
        parser.add_argument("--dry-run", action="store_true", help="say what there is and write nothing")

    def handle(self, *args: Any, directory: Path, dry_run: bool, **options: Any) -> None:
        try:
            if dry_run:
                found = forecast(directory)
                self.stdout.write(
                    f"It would be: about {found.records} records of {found.tables} tables, {found.objects} versions of "
                    f"files with {filesizeformat(found.bytes)}, {found.people} people."
                )
                return
            made, digest = export(directory, telling.bars)
        except PortalError as error:
            raise CommandError(error.message) from error
        self.stdout.write(
            f"{made.records} records of {len(made.tables)} tables, {made.objects} versions of files with "
            f"{filesizeformat(made.bytes)}, {made.people} people. Digest: {digest}"
        )
