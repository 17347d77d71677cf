from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from core.errors import PortalError
from portal.backup import sealed, telling
from portal.backup.restoring import Restored, rehearse, restore


class Command(BaseCommand):
    help = (
        "Puts an export into an empty environment, with an operator's rights, reads everything back and rebuilds the "
        "search index. Can be given again after it was cut off. "
        "Exit code 0: all is as it was; 1: it was refused, or some of it is left; what, it says."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="check the export and the environment, change nothing"
        )
        parser.add_argument("--no-index", action="store_true", help="leave the search index to a later `reindex`")

    def handle(self, *args: Any, directory: Path, dry_run: bool, no_index: bool, **options: Any) -> None:
        try:
            if dry_run:
                made = rehearse(directory, telling.bars)
                self.stdout.write(
                    f"It would be: {made.records} records, {made.objects} versions of files, {made.people} people."
                )
                return
            restored = restore(directory, telling.bars)
        except PortalError as error:
            raise CommandError(error.message) from error
        if not no_index:
            call_command("reindex", verbosity=0, stdout=self.stdout, stderr=self.stderr)
        self._tell(restored)

    def _tell(self, restored: Restored) -> None:
        made = restored.manifest
        for left in restored.left:
            self.stderr.write(f"people.jsonl, line {left.line}: {left.why}")
        for place in restored.differing:
            self.stderr.write(f"Not as exported: {place}")
        self.stdout.write(
            f"{made.records} records, {made.objects} versions of files, {made.people - len(restored.left)} people are back."
        )
        if names := sealed.unreadable():
            self.stdout.write(
                f"Sealed with a key that is not here: {', '.join(names)}. Put that key into the parameter "
                f"{settings.WEBHOOK_SEALING_KEYS_PARAMETER}, or make a new secret and enter the address again."
            )
        if restored.left or restored.differing:
            raise CommandError("Not everything is as it was; see above. The same command tries what is left again.")
