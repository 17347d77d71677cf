"""A report of who got what from every address, and the signature that shows that nobody changed it since.

The rows are what the permission matrix of the tests saw: each address asked by each role, for a thing in each state, its
own and others'. They are asked of the code as it is, in a cloud inside the process, never of real data.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.signing import BadSignature, Signer

from core.errors import Invalid

_SALT = "portal.permissions"
LETTERS = {
    "y": "a page",
    "o": "let in",
    ">": "done, and sent on",
    ".": "does not exist for this person",
    "x": "refused",
    "c": "let in, and too late",
    "b": "let in, and told what is missing",
    "u": "wants a token",
    "m": "not asked that way",
    "s": "sent to sign in",
}
"""What stands under `expected` and `got`, told to whoever reads the report."""


def report(rows: Sequence[Mapping[str, Any]], *, made_at: str, version: str) -> dict[str, Any]:
    wrong = [row for row in rows if row["expected"] != row["got"]]
    told = {
        "made_at": made_at,
        "version": version,
        "asked": len(rows),
        "by_role": dict(sorted(Counter(str(row["role"]) for row in rows).items())),
        "addresses": len({row["route"] for row in rows}),
        "letters": LETTERS,
        "wrong": wrong,
        "rows": sorted(rows, key=lambda row: json.dumps(row, sort_keys=True)),
    }
    return told | {"signature": Signer(salt=_SALT).signature(_canonical(told))}


def check(text: str) -> dict[str, Any]:
    """The report, when it is as it was signed. Raises Invalid."""
    try:
        told = json.loads(text)
        signature = told.pop("signature")
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise Invalid("This is not a report of permissions.") from error
    try:
        Signer(salt=_SALT).unsign(f"{_canonical(told)}:{signature}")
    except BadSignature as error:
        raise Invalid("This report was changed since it was signed, or signed with another key.") from error
    return dict(told)


def _canonical(told: Mapping[str, Any]) -> str:
    return json.dumps(told, sort_keys=True, separators=(",", ":"))
