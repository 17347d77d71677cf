from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from core.index import index
from core.index.registry import rebuilders
from search.rebuilding import Outcome, check, rebuild


class Command(BaseCommand):
    help = "Makes the search index again from the tables, while it stays in use."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kind", choices=sorted(rebuilders()), help="only this kind of thing")
        parser.add_argument("--check", action="store_true", help="change nothing; fail if tables and index differ")

    def handle(self, *_args: Any, **options: Any) -> None:
        work = check if options["check"] else rebuild
        kinds = [options["kind"]] if options["kind"] else sorted(rebuilders())
        outcomes: list[Outcome] = []
        for kind in kinds:
            with tqdm(desc=kind, unit=" documents", disable=options["verbosity"] < 1, file=self.stderr) as bar:
                outcomes.append(work(kind, bar.update))
            self.stdout.write(f"{kind}: {outcomes[-1]}")
        if options["check"] and any(outcome.differs for outcome in outcomes):
            raise CommandError("The index differs from the tables. Run `manage.py reindex` to mend it.")
        if not options["check"] and not options["kind"]:
            index().rebuilt()
