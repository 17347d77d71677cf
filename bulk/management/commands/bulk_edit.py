from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from accounts.directory import person_by_email
from accounts.person import SYSTEM, Person
from bulk.enums import Outcome
from bulk.kinds import every_kind, kind_of
from bulk.services import files
from bulk.services.files import Answer
from core.errors import Invalid, NotFound, PortalError
from core.sheets import Row

_SOME_LEFT, _NOTHING_DONE = 1, 2
_LEFT = {Outcome.REFUSED, Outcome.PARTLY}
_SAID = {
    Outcome.WAITING: "would change",
    Outcome.DONE: "changed",
    Outcome.SAME: "as it was",
    Outcome.PARTLY: "changed in part",
    Outcome.REFUSED: "refused",
}


class Command(BaseCommand):
    help = (
        "Changes many items or courses by a CSV file: a column item (or course) with title, address or id, and a column "
        "for each change: add_tags, remove_tags, suite, product, moment, owner, do. An empty cell changes nothing. Can "
        "be given again at any time: what is so already is left as it is. "
        "Exit code 0: all fine; 1: some rows were refused, each with its reason; 2: nothing could be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", choices=[kind.name for kind in every_kind()], default="content")
        parser.add_argument("--by", metavar="EMAIL", default="", help="in whose name it is done (the portal's)")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")

    def handle(self, *args: Any, file: Path, kind: str, by: str, dry_run: bool, **options: Any) -> None:
        person, found = _person(by) if by else SYSTEM, kind_of(kind)
        try:
            asked = files.asked_of(found, file.read_bytes(), person, watch=_watched)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.", returncode=_NOTHING_DONE) from error
        except Invalid as error:
            raise CommandError(error.message, returncode=_NOTHING_DONE) from error
        told = (
            files.answers(found, asked, by=person, dry_run=True)
            if dry_run
            else files.carry_out_file(found, asked, by=person)
        )
        counts: Counter[Outcome] = Counter()
        try:
            for answer in tqdm(told, total=len(asked), desc="Changing", unit=" rows", disable=None):
                counts[answer.verdict.outcome] += 1
                self._tell(answer, options["verbosity"])
        except PortalError as error:  # no row's own fault; the rows before it are done
            left = len(asked) - counts.total()
            sentence = f"{error.message} {left} rows were not reached. Give the file once more to go on."
            raise CommandError(sentence, returncode=_SOME_LEFT) from error
        self.stdout.write(", ".join(f"{counts[outcome]} {said}" for outcome, said in _SAID.items() if counts[outcome]))
        if left := sum(counts[outcome] for outcome in _LEFT):
            raise CommandError(f"{left} rows are left; see above.", returncode=_SOME_LEFT)

    def _tell(self, answer: Answer, verbosity: int) -> None:
        outcome, why = answer.verdict.outcome, answer.verdict.why
        fields = ", ".join(change.field for change in answer.verdict.changes)
        line = (
            f"line {answer.number}: {_SAID[outcome]}" + (f" ({fields})" if fields else "") + (f": {why}" if why else "")
        )
        if outcome in _LEFT:
            with tqdm.external_write_mode():
                self.stderr.write(line)
        elif verbosity > 1:
            with tqdm.external_write_mode():
                self.stdout.write(line)


def _watched(rows: Sequence[Row]) -> Iterable[Row]:
    watched: Iterable[Row] = tqdm(rows, desc="Reading", unit=" rows", disable=None)
    return watched


def _person(email: str) -> Person:
    try:
        return person_by_email(email)
    except NotFound as error:
        raise CommandError(error.message, returncode=_NOTHING_DONE) from None
