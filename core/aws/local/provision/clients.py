"""Clients with the rights of the local cloud's owner, for provisioning alone."""

from __future__ import annotations

import functools
from typing import Any

import botocore.session
from botocore.config import Config
from django.conf import settings


def admin_client(service: str, endpoint: str) -> Any:
    return _session().create_client(
        service,
        endpoint_url=endpoint,
        region_name=settings.AWS_REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(
            connect_timeout=2,
            read_timeout=30,
            retries={"mode": "standard", "max_attempts": 3},
            s3={"addressing_style": "path"},
            proxies={},
        ),
    )


@functools.cache
def _session() -> botocore.session.Session:
    return botocore.session.get_session()
