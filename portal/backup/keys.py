"""The public keys by which badges are checked. The private one is a secret, and stays where it is."""

from __future__ import annotations

import json

from django.conf import settings

from core.aws import operator, parameters
from lms.services import badge_keys
from portal.backup import lines
from portal.backup.lines import Written
from portal.backup.places import Layout

_PUBLIC = ("kty", "n", "e")


def write(layout: Layout) -> Written:
    return lines.write(layout.keys, sorted(map(lines.line_of, _published())))


def put_back(layout: Layout) -> None:
    """Beside the key of here, so that what was signed before can still be checked."""
    known = list(_published())
    missing = [key for line in lines.read(layout.keys) if (key := json.loads(line)) not in known]
    if not missing:
        return
    keys = [*missing, *(key for key in known[1:] or known if key not in missing)]
    told = json.dumps({"keys": keys})
    operator.ask(
        "ssm", "put_parameter", Name=settings.BADGE_RETIRED_KEYS_PARAMETER, Value=told, Type="String", Overwrite=True
    )
    parameters.forget()


def _published() -> list[dict[str, str]]:
    """The present one first, then the retired ones."""
    if not badge_keys.is_set():
        return []
    return [{name: str(key[name]) for name in _PUBLIC} for key in badge_keys.published()]
