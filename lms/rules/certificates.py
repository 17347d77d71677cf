"""How long a certificate holds, what state it is in, and the code that proves it.

States follow from the dates, but for revoked and superseded. Months are calendar months: what is issued on 31 January
for one month ends on the last of February. All of it in UTC, so that a certificate says the same to everybody.
"""

from __future__ import annotations

import calendar
import unicodedata
from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from lms.enums import CertificateState

CODE_BITS = 140
_CODE_LENGTH, _GROUP = 28, 4
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: without I, L and O, which are read as 1 and 0, and without U."""
_READ_AS = str.maketrans("ILO", "110")
_BETWEEN = frozenset("-_.")


@dataclass(frozen=True)
class Validity:
    """What the state of a certificate follows from."""

    valid_until: datetime | None = None
    window_days: int = 0
    revoked: bool = False
    superseded: bool = False

    @property
    def window_opens(self) -> datetime | None:
        """From when on it can be renewed; None for one that never ends."""
        return self.valid_until - timedelta(days=self.window_days) if self.valid_until else None


def state(validity: Validity, now: datetime) -> CertificateState:
    if validity.revoked:
        return CertificateState.REVOKED
    if validity.superseded:
        return CertificateState.SUPERSEDED
    if validity.valid_until is None or validity.window_opens is None:
        return CertificateState.ACTIVE
    if now >= validity.valid_until:
        return CertificateState.EXPIRED
    return CertificateState.EXPIRING if now >= validity.window_opens else CertificateState.ACTIVE


def changes_at(validity: Validity, now: datetime) -> datetime | None:
    """When the clock changes its state next; None when it never does again."""
    return {
        CertificateState.ACTIVE: validity.window_opens,
        CertificateState.EXPIRING: validity.valid_until,
    }.get(state(validity, now))


def can_renew(validity: Validity, now: datetime) -> bool:
    """The window does not close: what has expired can be renewed as well."""
    return validity.window_opens is not None and now >= validity.window_opens


def add_months(moment: datetime, months: int) -> datetime:
    """The same day and time so many calendar months later, or the last day of that month."""
    years, month = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + years, month + 1
    return moment.replace(year=year, month=month, day=min(moment.day, calendar.monthrange(year, month)[1]))


def valid_until(now: datetime, months: int | None, *, renews: Validity | None = None) -> datetime | None:
    """When what is issued now ends; None for never.

    Renewed inside the window it runs on from the old end, so nobody loses by being early; after it, from now. Done
    anew before the window, because somebody wanted it so, it runs from now and never ends before the old one did.
    """
    if not months:
        return None
    from_now = add_months(now, months)
    old_end = renews.valid_until if renews and not renews.revoked else None
    if renews is None or old_end is None or now >= old_end:
        return from_now
    if can_renew(renews, now):
        return max(from_now, add_months(old_end, months))
    return max(from_now, old_end)


def certificate_id(user_id: str, course_id: str, cycle: int) -> str:
    """Follows from whose, for what and which time: so it is issued once, whoever completes at the same moment."""
    digest = sha256("\0".join((user_id, course_id, str(cycle))).encode()).digest()
    return b32encode(digest).decode().lower()[:26]


def code_from(number: int) -> str:
    """The verification code of a random number of `CODE_BITS` bits, in groups of four."""
    digits = "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_CODE_LENGTH)))
    return grouped(digits)


def grouped(digits: str) -> str:
    return "-".join(digits[start : start + _GROUP] for start in range(0, len(digits), _GROUP))


def normal_code(typed: str) -> str | None:
    """The code as it is stored, from what somebody typed or pasted; None when it cannot be one.

    Case, dashes and spaces do not matter, and letters that look like digits count as those.
    """
    plain = unicodedata.normalize("NFKC", typed[: 4 * _CODE_LENGTH]).upper().translate(_READ_AS)
    digits = "".join(one for one in plain if not _is_between(one))
    if len(digits) != _CODE_LENGTH or not set(digits) <= set(_ALPHABET):
        return None
    return grouped(digits)


def _is_between(character: str) -> bool:
    return character in _BETWEEN or unicodedata.category(character) in ("Pd", "Zs", "Cf", "Cc")
