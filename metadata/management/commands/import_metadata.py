from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from accounts.person import SYSTEM
from core.errors import PortalError
from metadata.rules.plan import Deed, Plan
from metadata.services import transfer


class Command(BaseCommand):
    help = (
        "Brings options in from FILE (.csv or .json, as export_metadata writes them): makes what is missing, changes what "
        "differs, deletes nothing. The same file a second time changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what each row would do")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            plan = transfer.plan(file.read_bytes(), is_json=file.suffix.lower() == ".json", by=SYSTEM)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except PortalError as error:
            raise CommandError(error.message) from error
        refused = self._tell(plan) if options["dry_run"] else self._apply(plan)
        if refused:
            raise CommandError(f"{refused} of {len(plan.rows)} rows could not be taken.")

    def _tell(self, plan: Plan) -> int:
        for row in plan.rows:
            changes = ", ".join(f"{name}: {before or '–'} → {after or '–'}" for name, before, after in row.changes)
            if row.deed is not Deed.SAME:
                self.stdout.write(f"row {row.number}: {row.deed} “{row.label}” {row.problem or changes}".rstrip())
        self.stdout.write(", ".join(f"{deed}: {plan.count(deed)}" for deed in Deed))
        return plan.count(Deed.REFUSE)

    def _apply(self, plan: Plan) -> int:
        counts: Counter[str] = Counter()
        for outcome in tqdm(transfer.apply(plan, by=SYSTEM), total=len(plan.rows), unit=" rows", disable=None):
            counts["refused" if outcome.problem else (outcome.done or ("same",))[0]] += 1
            if outcome.problem:
                before = f" ({', '.join(outcome.done)} before that)" if outcome.done else ""
                self.stderr.write(f"row {outcome.row.number}: “{outcome.row.label}” {outcome.problem}{before}")
        self.stdout.write(", ".join(f"{name}: {count}" for name, count in counts.items()))
        return counts["refused"]
