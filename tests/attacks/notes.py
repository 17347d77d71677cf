"""Notes who got what from which address, for the report that `manage.py prove_permissions` signs."""

from __future__ import annotations

import json
import os
from pathlib import Path

from accounts.person import Person

VARIABLE = "PERMISSIONS_NOTES"
"""The file that the notes are added to; without it nothing is noted."""


def note(*, method: str, route: str, state: str, person: Person, expected: str, got: str, own: bool) -> None:
    wanted = os.environ.get(VARIABLE)
    if not wanted:
        return
    row = {
        "method": method,
        "route": route,
        "state": state,
        "role": person.role.value,
        "own": own,
        "expected": expected,
        "got": got,
    }
    with Path(wanted).open("a", encoding="utf-8") as notes:
        notes.write(json.dumps(row) + "\n")
