from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from accounts.person import SYSTEM
from metadata.rules import rows
from metadata.services import transfer


class Command(BaseCommand):
    help = "Writes all options to FILE, as JSON if its name ends so and else as CSV; without FILE, CSV to the output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        found, file = transfer.exported(by=SYSTEM), options["file"]
        if file is None:
            self.stdout.write(rows.to_csv(found).removeprefix("\ufeff"), ending="")
            return
        text = rows.to_json(found) if file.suffix.lower() == ".json" else rows.to_csv(found)
        file.write_bytes(text.encode())
        self.stdout.write(f"{len(found)} options written to {file}")
