"""Encrypts the answers that are kept for a repeated request, so that the table alone opens nothing."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac

_SALT = "core.api.answers"


def digest(*parts: str) -> str:
    """Under which a request is kept: of parts that it tells apart, whatever they are."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def seal(name: str, data: Any) -> str:
    return _cipher(name).encrypt(json.dumps(data, separators=(",", ":")).encode()).decode()


def unseal(name: str, sealed: str) -> Any:
    """None when the portal's own key was changed meanwhile."""
    try:
        return json.loads(_cipher(name).decrypt(sealed.encode()))
    except InvalidToken:
        return None


def _cipher(name: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(salted_hmac(_SALT, name, algorithm="sha256").digest()))
