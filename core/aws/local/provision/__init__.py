"""Fills a local cloud with what the portal expects to find, in any order and any number of times."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.conf import settings

from core.aws.local.provision import buckets, events, keys, mail, parameters, pool, tables
from core.aws.records import all_records

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def everything(
    *, endpoint: str, portal_origins: list[str], previous: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Returns the environment with which the portal finds it all. `previous` is what an earlier run returned.

    Raises ValueError when `endpoint` is not on this machine.
    """
    if urlsplit(endpoint).hostname not in _LOOPBACK:
        raise ValueError(f"Only a local cloud is provisioned this way, not {endpoint}.")
    names = tables.ensure(endpoint)
    buckets.ensure(endpoint, portal_origins)
    parameters.ensure(endpoint)
    queue = events.ensure(endpoint)
    mail.ensure(endpoint)
    found = pool.ensure(endpoint, portal_origins)
    key = keys.ensure(endpoint, tables=names, user_pool_id=found["COGNITO_USER_POOL_ID"], previous=previous or {})
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": settings.AWS_REGION,
        **key,
        **found,
        **queue,
        **tables.variables(),
        "ENABLEMENT_CONTENT_BUCKET": settings.ENABLEMENT_CONTENT_BUCKET,
        "LMS_MEDIA_BUCKET": settings.LMS_MEDIA_BUCKET,
    }


def operator_key(*, endpoint: str, user_pool_id: str, previous: Mapping[str, str]) -> dict[str, str]:
    """Of the commands that export and restore everything. `previous` is what an earlier run returned."""
    names = [record.Meta.table_name for record in all_records()]
    return keys.ensure_operator(endpoint, tables=names, user_pool_id=user_pool_id, previous=previous)
