"""What an access token looks like: `ep_`, its id, its secret, and a checksum.

Whoever finds one in a log or a repository can tell it from chance, and a mistyped one is refused without looking it up.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import zlib

from django.utils.crypto import get_random_string

PREFIX = "ep_"
_RANDOM, _SUM = 32, 6
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SHAPE = re.compile(
    rf"{PREFIX}(?P<token_id>[0-9a-z]{{26}})_[0-9A-Za-z]{{{_RANDOM}}}(?P<checksum>[0-9A-Za-z]{{{_SUM}}})"
)


def new_secret(token_id: str) -> str:
    begun = f"{PREFIX}{token_id}_{get_random_string(_RANDOM, _DIGITS)}"
    return begun + _checksum(begun)


def token_id_in(text: str) -> str:
    """Empty for what is no access token."""
    found = _SHAPE.fullmatch(text)
    return found["token_id"] if found and _checksum(text[:-_SUM]) == found["checksum"] else ""


def digest(secret: str) -> str:
    """All that is kept of it. The secret has 190 random bits, so nothing slower than SHA-256 would make it safer."""
    return hashlib.sha256(b"token:" + secret.encode()).hexdigest()


def is_of(secret: str, kept: str) -> bool:
    return hmac.compare_digest(digest(secret), kept)


def _checksum(text: str) -> str:
    number, digits = zlib.crc32(text.encode()), ""
    for _place in range(_SUM):
        number, rest = divmod(number, len(_DIGITS))
        digits = _DIGITS[rest] + digits
    return digits
