"""Small packages for tests of importing, written by the tests themselves."""

from __future__ import annotations

import base64
import zipfile
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command

from core.errors import NotFound
from core.testing import ANA, CARL, CORA, RITA, VERA
from lms.exchange import packages, reading
from lms.exchange.parcel import Parcel, Reading

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PEOPLE = {"ana@x": ANA, "carl@x": CARL, "cora@x": CORA, "rita@x": RITA, "vera@x": VERA}

QUIZ = """\
pass_mark: 60
questions:
  - question_type: single
    text: "When do you begin? ![calendar](files/dot.png)"
    points: 2
    explanation: Early is cheap.
    options:
      - {text: 120 days before, correct: true}
      - {text: The day before}
  - {question_type: numeric, text: "How many days?", number: "120", tolerance: "5"}
"""
MANIFEST = """\
key: renewals
title: Renewals in practice
description: How to renew on time.
outcomes: [Begin early]
suite: Advancement
tags: [Renewals]
difficulty: intermediate
validity_months: 12
sections:
  - title: Basics
    lessons:
      - {kind: text, title: Start early, file: start/text.md}
      - {kind: link, title: Read more, url: "https://example.org/", required: false}
  - title: Check
    lessons:
      - {kind: quiz, title: Check yourself, file: quiz.yaml, minutes: 3}
"""
FOLDER: Mapping[str, str | bytes] = {
    "course.yaml": MANIFEST,
    "start/text.md": "Begin **120 days** before.\n\n![A dot](../files/dot.png)\n",
    "quiz.yaml": QUIZ,
    "files/dot.png": PNG,
}


def people(email: str) -> Any:
    """Stands in for the directory."""
    if email not in PEOPLE:
        raise NotFound(f"Nobody signs in with {email}.")
    return PEOPLE[email]


def folder(root: Path, files: Mapping[str, str | bytes] = FOLDER) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def zipped(path: Path, files: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def read(path: Path, scratch: Path) -> Reading:
    scratch.mkdir(exist_ok=True)
    return reading.read(packages.open_package(path, scratch), scratch)


def read_one(path: Path, scratch: Path) -> Parcel:
    (parcel,) = read(path, scratch).parcels
    return parcel


def run(command: str, *options: str) -> tuple[int, str]:
    """Exit code, and all that was said."""
    out = StringIO()
    try:
        call_command(command, *options, stdout=out, stderr=out)
    except CommandError as error:
        return error.returncode, out.getvalue() + str(error)
    return 0, out.getvalue()
