"""Encrypts what a session holds with a key that only its cookie knows, so that the table alone opens nothing."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken


def digest(session_key: str) -> str:
    """The key under which a session is stored."""
    return hashlib.sha256(b"key:" + session_key.encode()).hexdigest()


def seal(session_key: str, data: dict[str, Any]) -> str:
    return _cipher(session_key).encrypt(json.dumps(data, separators=(",", ":")).encode()).decode()


def unseal(session_key: str, sealed: str) -> dict[str, Any] | None:
    try:
        opened: dict[str, Any] = json.loads(_cipher(session_key).decrypt(sealed.encode()))
    except InvalidToken:
        return None
    return opened


def _cipher(session_key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"data:" + session_key.encode()).digest()))
