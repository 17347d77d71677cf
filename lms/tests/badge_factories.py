"""Keys of badges for tests, put where the portal finds them."""

from __future__ import annotations

import functools
import json

from django.conf import settings

from core.aws import parameters
from core.aws.clients import client
from core.aws.local.provision.parameters import new_signing_key


@functools.cache
def key_number(number: int) -> str:
    """Making one takes a moment, so tests share them."""
    return new_signing_key()


def put_signing_key(number: int = 1) -> None:
    _put(settings.BADGE_SIGNING_KEY_PARAMETER, key_number(number), "SecureString")


def put_retired(keys: list[dict]) -> None:
    _put(settings.BADGE_RETIRED_KEYS_PARAMETER, json.dumps({"keys": keys}), "String")


def _put(name: str, value: str, kind: str) -> None:
    client("ssm").put_parameter(Name=name, Value=value, Type=kind, Overwrite=True)
    parameters.forget()
