"""Secrets of webhooks: new ones, and how they are kept. The table alone gives none of them away.

The keys that seal them are a parameter of SSM, the newest first; what an older one has sealed stays readable for as long
as that one is kept there, too.
"""

from __future__ import annotations

import base64
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from core.aws.parameters import parameter
from core.errors import Unavailable

PREFIX = "whsec_"
_BYTES = 32


def new_secret() -> str:
    """As the Standard Webhooks specification writes them."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def seal(secret: str) -> str:
    return _keys().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str | None:
    """None when none of the keys has sealed it: after a restore, for one. Raises Unavailable where there is no key."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def _keys() -> MultiFernet:
    """Raises Unavailable."""
    try:
        return MultiFernet([Fernet(key) for key in parameter(settings.WEBHOOK_SEALING_KEYS_PARAMETER).split()])
    except ValueError as error:
        raise Unavailable("Webhooks cannot be used yet: the parameter with their sealing keys is missing.") from error
