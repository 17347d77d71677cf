"""Resolves requirements*.in into locks with hashes, and puts each direct line's reason above it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    reasons: dict[str, str] = {}
    for name in ("requirements", "requirements-dev"):
        source, target = ROOT / f"{name}.in", ROOT / f"{name}.txt"
        resolve(source, target)
        reasons |= reasons_in(source.read_text())
        target.write_text(explained(target.read_text(), reasons))


def resolve(source: Path, target: Path) -> None:
    options = ["--quiet", "--generate-hashes", "--no-annotate", "--no-header", "--python-version", "3.11"]
    command = [str(ROOT / ".venv/bin/uv"), "pip", "compile", *options, source.name, "-o", target.name]
    subprocess.run(command, check=True, cwd=ROOT)


def reasons_in(text: str) -> dict[str, str]:
    found = re.findall(r"^([A-Za-z0-9._-]+)[^#\n]*#\s*(.+)$", text, re.MULTILINE)
    return {name.lower().replace("_", "-"): reason for name, reason in found}


def explained(lock: str, reasons: dict[str, str]) -> str:
    def with_reason(line: re.Match[str]) -> str:
        reason = reasons.get(line[1].lower())
        return f"# {reason}\n{line[0]}" if reason else line[0]

    head = "# Written by `make lock`. A line without a reason is there because another one needs it.\n"
    return head + re.sub(r"^([A-Za-z0-9._-]+)==", with_reason, lock, flags=re.MULTILINE)


if __name__ == "__main__":
    main()
