"""Before anything is imported: local settings, a cloud in this process, and no way out to a real one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from typing import Any

_scratch = tempfile.TemporaryDirectory(prefix="portal-tests-")
for _name in [name for name in os.environ if name.startswith(("AWS_", "COGNITO_", "DDB_TABLE_"))]:
    del os.environ[_name]
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "portal.settings",
    "PORTAL_LOCAL": "1",
    "DEBUG": "0",
    "LOCAL_DIR": _scratch.name,
    "STATIC_ROOT": os.path.join(_scratch.name, "static"),
    "AWS_REGION": "us-east-1",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_EC2_METADATA_DISABLED": "true",
    "COGNITO_USER_POOL_ID": "us-east-1_testing",
    "COGNITO_USER_POOL_CLIENT_ID": "testing-client",
    "COGNITO_USER_POOL_CLIENT_SECRET": "testing-secret",
    "RATE_LIMIT": "100000/minute",
    "RATE_LIMIT_WRITES": "100000/minute",
    "RATE_LIMIT_SIGN_IN": "100000/minute",
}

import pytest  # noqa: E402
from moto import mock_aws  # noqa: E402  (before any client is made, so that moto stands in its way)
from moto.core.base_backend import BackendDict  # noqa: E402


@pytest.fixture(scope="session")
def _moto() -> Iterator[None]:
    with mock_aws():
        yield


@pytest.fixture
def cloud(_moto: None) -> Iterator[Callable[[str], Any]]:
    """DynamoDB with every table, S3 with every bucket and an empty Cognito, in this process; gives `client`."""
    from accounts.sessions import memory
    from core.aws import clients

    BackendDict.reset()
    memory.clear()
    _make_tables()
    _make_buckets(clients.client("s3"))
    yield clients.client
    memory.clear()


def _make_tables() -> None:
    from core.aws.records import all_records

    for record in all_records():
        record._get_connection().create_table(billing_mode=record.Meta.billing_mode, **record._get_schema())


def _make_buckets(s3: Any) -> None:
    from django.conf import settings

    for bucket in (settings.ENABLEMENT_CONTENT_BUCKET, settings.LMS_MEDIA_BUCKET):
        s3.create_bucket(Bucket=bucket)
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
