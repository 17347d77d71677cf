from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from content.enums import STATUS_LABELS, Status
from content.rules.lifecycle import TRANSITIONS, Who

_WHO = {
    Who.EDITOR: "owner, co-editors, Admin",
    Who.JUDGE: "Approver, not of her own; Admin of her own with a reason",
}


class Command(BaseCommand):
    help = "Writes docs/lifecycle.md from the table of transitions."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail when the file is not current")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        target = Path(settings.BASE_DIR) / "docs" / "lifecycle.md"
        wanted = "\n".join(_lines()) + "\n"
        if target.exists() and target.read_text(encoding="utf-8") == wanted:
            self.stdout.write("docs/lifecycle.md is current")
            return
        if check:
            raise CommandError("docs/lifecycle.md is not current: run `manage.py lifecycle_diagram`.")
        target.write_text(wanted, encoding="utf-8")
        self.stdout.write("docs/lifecycle.md written")


def _lines() -> Iterator[str]:
    yield "# The lifecycle of an item\n"
    yield "Written by `manage.py lifecycle_diagram` from `content/rules/lifecycle.py`; change that instead.\n"
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield "    [*] --> Draft: Create"
    for (state, _), transition in TRANSITIONS.items():
        yield f"    {state} --> {transition.to}: {transition.label}"
    yield f"    {Status.APPROVED} --> {Status.EXPIRED}: its last day has passed"
    yield f"    {Status.SCHEDULED} --> {Status.APPROVED}: its first day has come"
    yield "```\n"
    yield "| from | move | to | who | says why | event |"
    yield "|---|---|---|---|---|---|"
    for (state, move), transition in TRANSITIONS.items():
        reason = "yes" if transition.needs_reason else ""
        labels = f"{STATUS_LABELS[state]} | `{move}` {transition.label} | {STATUS_LABELS[transition.to]}"
        yield f"| {labels} | {_WHO[transition.who]} | {reason} | `{transition.event}` |"
    yield ""
    yield "Submit, withdraw, request changes and approve act on the version in work; the others on what readers see, which"
    yield "stays up while the next version is prepared. Scheduled is never stored: it is an approved item before its first day."
