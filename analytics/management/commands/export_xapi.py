from __future__ import annotations

import sys
from argparse import ArgumentParser, FileType
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.person import SYSTEM
from analytics.rules.months import Span
from analytics.services.statements import exported
from core import clock
from core.errors import PortalError


class Command(BaseCommand):
    help = (
        "Writes what people did as statements of xAPI 1.0.3, one JSON document to a line, as it reads them. People are "
        "accounts with opaque ids. A statement has the same id in every export."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="first", type=date.fromisoformat, metavar="YYYY-MM-DD", help="30 days ago")
        parser.add_argument("--to", dest="last", type=date.fromisoformat, metavar="YYYY-MM-DD", help="today")
        parser.add_argument("--output", type=FileType("w", encoding="utf-8"), default=sys.stdout, metavar="FILE")

    def handle(self, *args: Any, first: date | None, last: date | None, output: Any, **options: Any) -> None:
        now = clock.now()
        until = last or now.date()
        span = Span(first or until - timedelta(days=29), until)
        try:
            for line in exported(span=span, by=SYSTEM, now=now):
                output.write(line)
        except PortalError as error:
            raise CommandError(error.message) from error
        output.flush()
