"""Parameters: placeholders and keys of their own, never over a value that somebody has set."""

from __future__ import annotations

from collections.abc import Callable

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from core.aws.local.provision.clients import admin_client
from core.aws.policy import PARAMETER_ROOT

PLACEHOLDER = "not-configured"


def new_signing_key() -> str:
    """An RSA key as PEM. On AWS somebody makes one the same way, once: see the operations guide."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def new_sealing_key() -> str:
    return Fernet.generate_key().decode()


_WANTED: dict[str, tuple[str, Callable[[], str]]] = {
    f"{PARAMETER_ROOT}/google/client-id": ("String", lambda: PLACEHOLDER),
    f"{PARAMETER_ROOT}/google/client-secret": ("SecureString", lambda: PLACEHOLDER),
    f"{PARAMETER_ROOT}/badges/signing-key": ("SecureString", new_signing_key),
    f"{PARAMETER_ROOT}/webhooks/sealing-keys": ("SecureString", new_sealing_key),
    f"{PARAMETER_ROOT}/badges/retired-keys": ("String", lambda: '{"keys": []}'),
}


def ensure(endpoint: str) -> None:
    ssm = admin_client("ssm", endpoint)
    found = {entry["Name"] for entry in ssm.get_parameters(Names=list(_WANTED))["Parameters"]}
    for name, (kind, make) in _WANTED.items():
        if name not in found:
            ssm.put_parameter(Name=name, Value=make(), Type=kind)
