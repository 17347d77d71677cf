from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from accounts.lookup import Directory
from accounts.management.commands.import_people import admin_named
from accounts.person import SYSTEM
from accounts.services.team_lists import COLUMNS, OPTIONAL, Answer, Outcome, bring
from core import sheets
from core.errors import Invalid

_SOME_LEFT, _NOTHING_DONE = 1, 2
_LEFT = {Outcome.REFUSED, Outcome.NOT_DONE}


class Command(BaseCommand):
    help = (
        "Puts people into teams from a CSV file with the columns team, email and manager (yes or no; may be missing): "
        "a team that is not there is made. Nobody is taken out. Can be given again at any time: what is done already is "
        "left as it is. "
        "Exit code 0: all fine; 1: some rows were refused or not done, each with its reason; 2: nothing could be read."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--by", metavar="EMAIL", default="", help="the Admin in whose name it is done (the portal's)"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")

    def handle(self, *args: Any, file: Path, by: str, dry_run: bool, **options: Any) -> None:
        try:
            rows = list(sheets.rows(file.read_bytes(), columns=COLUMNS, optional=OPTIONAL))
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.", returncode=_NOTHING_DONE) from error
        except Invalid as error:
            raise CommandError(error.message, returncode=_NOTHING_DONE) from error
        person = admin_named(by) if by else SYSTEM
        counts: Counter[Outcome] = Counter()
        made = 0
        answers = bring(rows=rows, directory=Directory(len(rows)), by=person, dry_run=dry_run)
        for answer in tqdm(answers, total=len(rows), desc="Importing", unit=" rows", disable=None):
            counts[answer.outcome] += 1
            made += answer.made_team
            self._tell(answer, options["verbosity"])
        done = ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome]) or "no rows"
        teams = f"; {made} new teams" if made else ""
        self.stdout.write(f"{'It would be: ' if dry_run else ''}{done}{teams}.")
        if left := sum(counts[outcome] for outcome in _LEFT):
            raise CommandError(f"{left} rows are left; see above.", returncode=_SOME_LEFT)

    def _tell(self, answer: Answer, verbosity: int) -> None:
        """By line numbers: the file has the addresses, and the terminal's log need not."""
        if answer.outcome in _LEFT:
            with tqdm.external_write_mode():
                self.stderr.write(f"line {answer.row}: {answer.outcome}. {answer.why}")
        elif verbosity > 1:
            with tqdm.external_write_mode():
                self.stdout.write(f"line {answer.row}: {answer.outcome}")
