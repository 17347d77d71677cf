from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.person import SYSTEM
from analytics.services import erasing
from core import clock
from core.errors import PortalError


class Command(BaseCommand):
    help = (
        "Puts a pseudonym in the place of a person in all events; what is counted stays what it was, and the audit log "
        "keeps its entries. Can be run again after an interruption."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user_id", help="the person's id, as the audit log and Manage → People show it")

    def handle(self, *args: Any, user_id: str, **options: Any) -> None:
        try:
            changed = erasing.erase(user_id=user_id, now=clock.now(), by=SYSTEM)
        except PortalError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{changed} events changed; she is {erasing.pseudonym_of(user_id)} in them.")
