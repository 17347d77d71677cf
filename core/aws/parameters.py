"""Parameters of SSM: what is set once for a place and is nobody's to see in a list of settings."""

from __future__ import annotations

import functools
import time

from botocore.exceptions import ClientError

from core.aws.clients import client
from core.aws.errors import code_of, translated

_KEPT_SECONDS = 300
_MISSING = {"ParameterNotFound", "ParameterVersionNotFound"}


def parameter(name: str) -> str:
    """Its value, deciphered; empty when it is not there. A process asks again after five minutes."""
    return _value(name, int(time.monotonic() // _KEPT_SECONDS))


def forget() -> None:
    """For tests that change one."""
    _value.cache_clear()


@functools.lru_cache(maxsize=20)
def _value(name: str, _period: int) -> str:
    with translated():
        try:
            return str(client("ssm").get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"])
        except ClientError as error:
            if code_of(error) in _MISSING:
                return ""
            raise
