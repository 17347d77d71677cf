from __future__ import annotations

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core import tokens

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_HEAD = "/* Written by `manage.py build_tokens`: tokens.css and parts/*.css in one file. Change those instead. */\n"


class Command(BaseCommand):
    help = "Writes static/css/tokens.css from static/tokens.json, and portal.css from it and static/css/parts."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail when a file is not current")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        for target, wanted in _files(Path(settings.BASE_DIR) / "static").items():
            current = target.exists() and target.read_text(encoding="utf-8") == wanted
            if check and not current:
                raise CommandError(f"{target.name} is not current: run `manage.py build_tokens`.")
            if not current:
                target.write_text(wanted, encoding="utf-8")
            self.stdout.write(f"{target.name} {'is current' if current else 'written'}")


def _files(static: Path) -> dict[Path, str]:
    properties = tokens.css(tokens.read(static / "tokens.json"))
    parts = [path.read_text(encoding="utf-8") for path in sorted((static / "css" / "parts").glob("*.css"))]
    return {
        static / "css" / "tokens.css": properties,
        static / "css" / "portal.css": _HEAD + "".join(_squeezed(part) for part in [properties, *parts]),
    }


def _squeezed(css: str) -> str:
    """Without comments, blank lines and indentation; lines stay, so that a browser's inspector is still readable."""
    lines = (line.strip() for line in _COMMENT.sub("", css).splitlines())
    return "".join(f"{line}\n" for line in lines if line)
