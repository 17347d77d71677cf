"""Two environments in one process: what is in the first is made by services, the second is as good as new."""

from __future__ import annotations

import functools
from typing import Any

from django.conf import settings

from accounts.sessions import memory
from accounts.tests.pool import Pool
from conftest import begin_anew
from core.aws import operator, parameters
from core.aws.local.provision.parameters import new_signing_key
from core.aws.local.provision.pool import client_settings
from metadata import store as options
from portal.backup import tables


def furnish(client: Any, monkeypatch: Any, *, with_people: bool = True) -> Pool | None:
    """A pool and a key for badges, with the portal's client; the cast signs in there."""
    operator.forget()
    monkeypatch.setattr(operator, "wait", lambda _seconds: None)
    monkeypatch.setattr(tables, "SEGMENTS", 1)  # each costs a request per table
    cognito = client("cognito-idp")
    pool = Pool(cognito) if with_people else None
    pool_id = pool.pool_id if pool else _empty_pool(cognito)
    made = cognito.create_user_pool_client(UserPoolId=pool_id, ClientName="portal", **client_settings(["http://here"]))
    monkeypatch.setattr(settings, "COGNITO_USER_POOL_ID", pool_id)
    monkeypatch.setattr(settings, "COGNITO_USER_POOL_CLIENT_ID", made["UserPoolClient"]["ClientId"])
    for name, value in (
        (settings.BADGE_SIGNING_KEY_PARAMETER, _a_key(with_people)),
        (settings.BADGE_RETIRED_KEYS_PARAMETER, '{"keys": []}'),
    ):
        client("ssm").put_parameter(Name=name, Value=value, Type="String")
    parameters.forget()
    return pool


def empty(client: Any, monkeypatch: Any) -> None:
    """Another cloud in the place of this one."""
    begin_anew()
    memory.clear()
    options.forget()
    furnish(client, monkeypatch, with_people=False)


@functools.cache
def _a_key(_of_which: bool) -> str:
    return new_signing_key()


def _empty_pool(cognito: Any) -> str:
    made = cognito.create_user_pool(PoolName="new", UsernameAttributes=["email"], AutoVerifiedAttributes=["email"])
    return str(made["UserPool"]["Id"])
