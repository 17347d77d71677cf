from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

_STEP = 100


class Command(BaseCommand):
    help = (
        "Fills a local portal with as many items, courses and people as a benchmark wants, in batches and past the "
        "services. Again with the same numbers writes the same records; with larger ones it adds to them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--content", type=int, default=1_000, help="items of the library (default: %(default)s)")
        parser.add_argument("--courses", type=int, default=100, help="courses of ten lessons (default: %(default)s)")
        parser.add_argument("--people", type=int, default=100, help="people who have begun courses (%(default)s)")
        parser.add_argument("--quiet", action="store_true", help="no progress lines")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PORTAL_LOCAL:
            raise CommandError("Data for benchmarks belongs in a local portal only (PORTAL_LOCAL=1).")
        wanted = {name: options[name] for name in ("content", "courses", "people")}
        if any(number < 0 for number in wanted.values()):
            raise CommandError("Give numbers from 0 upwards.")
        try:
            from bench import campus, library  # they come with the checkout, not with what is deployed
        except ImportError as error:
            raise CommandError("The benchmarks are not installed here.") from error
        made, quiet = library.make_options(), options["quiet"] or None
        library.make_people(max(wanted["people"], library.COLLEAGUES))
        template = campus.make_template(made) if wanted["courses"] else None
        for start in _steps(wanted["content"], "items", quiet):
            library.fill(made, start, min(start + _STEP, wanted["content"]))
        if template is None:
            self._tell(wanted | {"people": 0}, quiet)
            return
        for start in _steps(wanted["courses"], "courses", quiet):
            campus.fill(template, made, start, min(start + _STEP, wanted["courses"]))
        call_command("reindex", kind="lesson", verbosity=0, stdout=self.stderr)
        for start in _steps(wanted["people"], "people", quiet):
            campus.learn(template, range(start, min(start + _STEP, wanted["people"])), wanted["courses"])
        self._tell(wanted, quiet)

    def _tell(self, made: Mapping[str, int], quiet: bool | None) -> None:
        """A log has no line that moves, so it gets one at the end."""
        if quiet:
            return
        there = ", ".join(f"{number:,} {name if name != 'content' else 'items'}" for name, number in made.items())
        self.stdout.write(f"There are {there} now.")


def _steps(number: int, unit: str, quiet: bool | None) -> tqdm[int]:
    """The first number of each batch, with a line that says how far it is."""
    return tqdm(range(0, number, _STEP), desc=unit.capitalize(), unit=f" × {_STEP}", disable=quiet)
