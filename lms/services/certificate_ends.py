"""The clock's part of certificates: says when one can be renewed, and when one has ended.

What people see follows from the dates, whether or not this has run. Run as often as wished, from several places at once:
each is said once, by a conditional write together with its event.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from accounts.person import SYSTEM
from core.errors import Stale
from core.events import telling
from lms.enums import CertificateState
from lms.models import Certificate
from lms.services.certificates import event_of, look_again, state_of
from lms.store import certificates as rows

_BACK = timedelta(days=366)
"""How long the job may have stood still without missing anything."""
_SAID = {
    CertificateState.EXPIRING: "certificate.expiring",
    CertificateState.EXPIRED: "certificate.expired",
}


def tell_of_ends(now: datetime) -> int:
    """How many were told of. Of one whose window and end both passed meanwhile, the end alone."""
    return sum(_told(one, now) for month in _months(now) for one in rows.certificates_to_tell(month, now))


def _told(certificate: Certificate, now: datetime) -> bool:
    name = _SAID.get(state_of(certificate, now))
    look_again(certificate, now)  # so that no later turn meets it before then
    with suppress(Stale), telling(*[event_of(name, certificate, SYSTEM)] if name else []):
        rows.note_told(certificate)
        return name is not None
    return False


def _months(until: datetime) -> Iterator[str]:
    moment = until - _BACK
    while moment.strftime("%Y-%m") <= until.strftime("%Y-%m"):
        yield moment.strftime("%Y-%m")
        moment = moment.replace(day=1) + timedelta(days=32)
