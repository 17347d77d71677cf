from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.enums import Role
from accounts.person import SYSTEM
from accounts.services.arrivals import Outcome, ensure
from core.errors import PortalError

_SAID = {
    Outcome.INVITED: "invited as Admin; Cognito sends an e-mail with a first password",
    Outcome.ROLE_CHANGED: "an Admin now",
    Outcome.UNCHANGED: "an Admin already",
}


class Command(BaseCommand):
    help = "Makes somebody an Admin: the first one of a new portal, or when no Admin is left who can sign in."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="for an account that is made new")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")

    def handle(self, *args: Any, email: str, name: str, dry_run: bool, **options: Any) -> None:
        try:
            outcome = ensure(email=email, name=name, role=Role.ADMIN, by=SYSTEM, dry_run=dry_run)
        except PortalError as error:
            raise CommandError(error.message) from error
        self.stdout.write(("would be " if dry_run else "") + _SAID[outcome])
