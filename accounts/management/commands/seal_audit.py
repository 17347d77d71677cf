from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.services.seals import seal_closed_hours
from core import clock
from core.errors import Stale


class Command(BaseCommand):
    help = (
        "Seals the closed hours of the audit log into a hash chain; to be run every hour. Prints the digest of the last "
        "seal: kept elsewhere, it proves later that the chain was not made anew (verify_audit --anchor)."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        seals = entries = 0
        head = ""
        try:
            for seal in seal_closed_hours(clock.now()):
                seals, entries, head = seals + 1, entries + len(seal.entries), seal.digest
        except Stale as error:
            raise CommandError("Another run is sealing right now; it does all there is to do.") from error
        if head:
            self.stdout.write(f"{seals} seals made, with {entries} entries. The last: {head}")
        else:
            self.stdout.write("There is nothing to seal.")
