from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from analytics.rules.months import Span
from analytics.services import rolling
from core import clock
from core.errors import PortalError

_SHOWN = 200
_DAYS = 30


class Command(BaseCommand):
    help = (
        "Counts the kept events anew, beside the roll-ups, and names every number that differs. "
        "Exit code 0: they agree; 1: they do not. Writes nothing; roll_up --from … --to … puts it right."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="what it does anyway")
        parser.add_argument("--from", dest="first", type=date.fromisoformat, metavar="YYYY-MM-DD", help="30 days ago")
        parser.add_argument("--to", dest="last", type=date.fromisoformat, metavar="YYYY-MM-DD", help="yesterday")

    def handle(self, *args: Any, first: date | None, last: date | None, **options: Any) -> None:
        now = clock.now()
        until = last or now.date() - timedelta(days=1)
        span = Span(first or until - timedelta(days=_DAYS - 1), until)
        try:
            rolling.check_span(span, now)
        except PortalError as error:
            raise CommandError(error.message) from error
        found = list(rolling.differences(span))
        for one in found[:_SHOWN]:
            self.stderr.write(f"{one.day} {one.kind} {one.subject}: kept {one.kept}; counted {one.counted}")
        if len(found) > _SHOWN:
            self.stderr.write(f"… and {len(found) - _SHOWN} more")
        if found:
            raise CommandError(f"{len(found)} numbers differ from their events; see above.", returncode=1)
        self.stdout.write(f"{len(span.days)} days agree with their events.")
