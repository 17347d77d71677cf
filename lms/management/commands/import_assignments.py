from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from accounts.directory import person_by_email
from accounts.permissions import Permission, can
from accounts.person import SYSTEM, Person
from core import sheets
from core.errors import Invalid, NotFound
from core.sheets import Row
from lms.services.assignments import Order, Outcome, files
from lms.services.assignments.files import Answer, Targets
from lms.services.assignments.people import Directory

_SOME_LEFT, _NOTHING_DONE = 1, 2


class Command(BaseCommand):
    help = (
        "Assigns courses and paths by a CSV file with the columns person (e-mail address or id) and course (id, import "
        "key or title of a course or path), and if you like due (2026-11-27, or 2026-11-27 15:00) and note. Can be given "
        "again at any time: what is assigned already is left as it is. "
        "Exit code 0: all fine; 1: some rows were refused, each with its reason; 2: nothing could be read."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", metavar="EMAIL", default="", help="in whose name it is assigned (the portal's)")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")

    def handle(self, *args: Any, file: Path, by: str, dry_run: bool, **options: Any) -> None:
        try:
            columns, optional = [*files.COLUMNS, files.TARGET_COLUMN], files.OPTIONAL
            rows = list(sheets.rows(file.read_bytes(), columns=columns, optional=optional))
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.", returncode=_NOTHING_DONE) from error
        except Invalid as error:
            raise CommandError(error.message, returncode=_NOTHING_DONE) from error
        counts: Counter[Outcome] = Counter()
        answers = _answers(rows, _person(by) if by else SYSTEM, dry_run)
        for answer in tqdm(answers, total=len(rows), desc="Assigning", unit=" rows", disable=None):
            counts[answer.outcome] += 1
            self._tell(answer, options["verbosity"])
        done = ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome]) or "no rows"
        self.stdout.write(f"{'It would be: ' if dry_run else ''}{done}.")
        if left := counts[Outcome.REFUSED]:
            raise CommandError(f"{left} rows are left; see above.", returncode=_SOME_LEFT)

    def _tell(self, answer: Answer, verbosity: int) -> None:
        """By line numbers: the file has the addresses, and the terminal's log need not."""
        if answer.outcome is Outcome.REFUSED:
            with tqdm.external_write_mode():
                self.stderr.write(f"line {answer.number}: {answer.outcome}. {answer.why}")
        elif verbosity > 1:
            with tqdm.external_write_mode():
                self.stdout.write(f"line {answer.number}: {answer.outcome}")


def _answers(rows: list[Row], by: Person, dry_run: bool) -> Any:
    targets, zone = Targets(), settings.ORGANISATION_TIME_ZONE

    def order_of(row: Row) -> Order:
        return files.with_row(Order(targets.named(row.values[files.TARGET_COLUMN])), row, zone)

    directory = Directory(len(rows))
    return files.assign_rows(rows=rows, order_of=order_of, directory=directory, by=by, dry_run=dry_run)


def _person(email: str) -> Person:
    try:
        person = person_by_email(email)
    except NotFound as error:
        raise CommandError(error.message, returncode=_NOTHING_DONE) from None
    if not can(person, Permission.LEARNING_ASSIGN):
        raise CommandError(f"The role {person.role.value} may not do this.", returncode=_NOTHING_DONE)
    return person
