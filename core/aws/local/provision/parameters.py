"""Parameters: placeholders, never over a value that somebody has set."""

from __future__ import annotations

from core.aws.local.provision.clients import admin_client
from core.aws.policy import PARAMETER_ROOT

PLACEHOLDER = "not-configured"
_TYPES = {
    f"{PARAMETER_ROOT}/google/client-id": "String",
    f"{PARAMETER_ROOT}/google/client-secret": "SecureString",
}


def ensure(endpoint: str) -> None:
    ssm = admin_client("ssm", endpoint)
    found = {entry["Name"] for entry in ssm.get_parameters(Names=list(_TYPES))["Parameters"]}
    for name, kind in _TYPES.items():
        if name not in found:
            ssm.put_parameter(Name=name, Value=PLACEHOLDER, Type=kind)
