from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from accounts.directory import person_by_email
from accounts.permissions import Permission, can
from accounts.person import SYSTEM, Person
from accounts.services.arrivals import Arrival, Outcome, bring
from core import sheets
from core.errors import Invalid, NotFound

_SOME_LEFT, _NOTHING_DONE = 1, 2
_LEFT = {Outcome.REFUSED, Outcome.NOT_DONE}


class Command(BaseCommand):
    help = (
        "Brings people in from a CSV file with the columns email, name and role (name and role may be missing; no role "
        "means Viewer): who has no account is invited, who has another role gets this one. Can be given again at any "
        "time: what is done already is left as it is. "
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
            rows = list(sheets.rows(file.read_bytes(), columns=["email"], optional=["name", "role"]))
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.", returncode=_NOTHING_DONE) from error
        except Invalid as error:
            raise CommandError(error.message, returncode=_NOTHING_DONE) from error
        person = admin_named(by) if by else SYSTEM
        counts: Counter[Outcome] = Counter()
        arrivals = bring(rows=rows, by=person, dry_run=dry_run)
        for arrival in tqdm(arrivals, total=len(rows), desc="Importing", unit=" people", disable=None):
            counts[arrival.outcome] += 1
            self._tell(arrival, options["verbosity"])
        done = ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome]) or "no rows"
        self.stdout.write(f"{'It would be: ' if dry_run else ''}{done}.")
        if left := sum(counts[outcome] for outcome in _LEFT):
            raise CommandError(f"{left} rows are left; see above.", returncode=_SOME_LEFT)

    def _tell(self, arrival: Arrival, verbosity: int) -> None:
        """By line numbers: the file has the addresses, and the terminal's log need not."""
        if arrival.outcome in _LEFT:
            with tqdm.external_write_mode():
                self.stderr.write(f"line {arrival.row}: {arrival.outcome}. {arrival.why}")
        elif verbosity > 1:
            with tqdm.external_write_mode():
                self.stdout.write(f"line {arrival.row}: {arrival.outcome}")


def admin_named(email: str) -> Person:
    try:
        person = person_by_email(email)
    except NotFound as error:
        raise CommandError(error.message, returncode=_NOTHING_DONE) from None
    if not can(person, Permission.PEOPLE_MANAGE):
        raise CommandError(f"The role {person.role.value} may not do this.", returncode=_NOTHING_DONE)
    return person
