from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from accounts import lookup
from notifications.services.inbox import recount


class Command(BaseCommand):
    help = "Counts anew how many notifications people have not read, and says whose number was off."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user_id", nargs="*", help="whose; without one, everybody's")

    def handle(self, *args: Any, **options: Any) -> None:
        people = options["user_id"] or [user.user_id for user in lookup.everybody()]
        off = 0
        for user_id in people:
            before, now = recount(user_id)
            if before != now:
                off += 1
                self.stdout.write(f"{user_id}: {before} → {now}")
        self.stdout.write(f"{len(people)} counted, {off} of them were off")
