from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from analytics.rules.months import Span
from analytics.services import rolling, stock
from core import clock
from core.errors import PortalError


class Command(BaseCommand):
    help = (
        "Counts events for the dashboards: what is new since the last time or, with --from and --to, those days (UTC) again. "
        "Days that have not changed come out the same."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="first", type=date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument(
            "--to", dest="last", type=date.fromisoformat, metavar="YYYY-MM-DD", help="today, if left out"
        )

    def handle(self, *args: Any, first: date | None, last: date | None, **options: Any) -> None:
        now = clock.now()
        try:
            if first is None:
                if last is not None:
                    raise CommandError("--to needs --from.")
                self.stdout.write(f"{rolling.roll_up(now)} days counted.")
            else:
                span = Span(first, last or now.date())
                rolling.check_span(span, now)
                rows = rolling.count_days(span.days)
                self.stdout.write(f"{len(span.days)} days counted again, {rows} rows changed.")
            stock.take_stock(now)
            stock.take_stock_of_teams(now)
        except PortalError as error:
            raise CommandError(error.message) from error
