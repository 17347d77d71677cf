from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core import clock
from core.errors import Invalid
from portal import proof

_SHOWN = 2_000
_MATRIX = ("tests/attacks/test_matrix.py", "tests/attacks/test_learning_matrix.py", "tests/attacks/test_api_matrix.py")


class Command(BaseCommand):
    help = (
        "Asks every address as every role, for things in every state, their own and others', and writes a signed report. "
        "Takes some minutes. With --check it says whether a report is as it was signed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="where the report is written, or which one is checked")
        parser.add_argument("--check", action="store_true", help="check a report instead of writing one")
        parser.add_argument("--only", default="", help="addresses with this in their name alone")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        if options["check"]:
            self._check(file)
            return
        _check_writable(file)
        self.stdout.write("Asking. This takes some minutes.")
        rows, complaint = _asked(options["only"])
        if not rows:
            sentence = f"No address has “{options['only']}” in its name." if options["only"] else "Nothing was asked."
            raise CommandError(f"{sentence} The report is made from the tests in a checkout.\n{complaint}")
        report = proof.report(rows, made_at=clock.iso(clock.now()), version=_version())
        file.write_text(json.dumps(report, indent=1), encoding="utf-8")
        self.stdout.write(
            f"{report['asked']} questions about {report['addresses']} addresses, {len(report['wrong'])} wrong"
        )
        if report["wrong"] or complaint:
            raise CommandError(f"Not everybody got what is promised: see “wrong” in the report.\n{complaint}")

    def _check(self, file: Path) -> None:
        try:
            report = proof.check(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read.") from error
        except Invalid as invalid:
            raise CommandError(invalid.message) from invalid
        self.stdout.write(
            f"As it was signed: {report['asked']} questions, made {report['made_at']} of {report['version']}"
        )


def _check_writable(file: Path) -> None:
    """Before the minutes that it takes, not after them."""
    there = file.exists()
    try:
        file.open("a").close()
    except OSError as error:
        raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
    if not there:
        file.unlink()


def _asked(only: str) -> tuple[list[dict[str, Any]], str]:
    """What the matrix noted, and what the tests complained of in the end; empty when all passed."""
    with tempfile.TemporaryDirectory() as directory:
        notes = Path(directory, "notes.jsonl")
        command = [sys.executable, "-m", "pytest", "-q", *_MATRIX, *(["-k", only] if only else [])]
        ran = subprocess.run(  # noqa: S603  (our own tests)
            command,
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ.get("PATH", ""), "PERMISSIONS_NOTES": str(notes)},  # the tests say the rest
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        lines = notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []
        return [json.loads(line) for line in lines], ran.stdout[-_SHOWN:] if ran.returncode else ""


def _version() -> str:
    """The commit, where this is a checkout."""
    asked = ["git", "describe", "--always", "--dirty"]
    ran = subprocess.run(asked, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)  # noqa: S603
    return ran.stdout.strip() or "unknown"
