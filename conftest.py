"""Before anything is imported: local settings, a cloud in this process, and no way out to a real one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

_scratch = tempfile.TemporaryDirectory(prefix="portal-tests-")
for _name in [name for name in os.environ if name.startswith(("AWS_", "COGNITO_", "DDB_TABLE_"))]:
    del os.environ[_name]
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "portal.settings",
    "PORTAL_LOCAL": "1",
    "DEBUG": "0",
    "LOCAL_DIR": _scratch.name,
    "STATIC_ROOT": str(Path(_scratch.name, "static")),
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
    "RATE_LIMIT_VERIFY": "100000/minute",
    "RATE_LIMIT_API_ADDRESS": "100000/minute",
}

import django
import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck
from hypothesis import settings as properties
from moto import mock_aws
from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.base_backend import BackendDict
from moto.dynamodb.models import dynamodb_backends
from moto.s3.models import s3_backends

from tests.lighter_moto import lighten

lighten()
# Nothing is measured by the clock here: a machine that is busy fails no test.
properties.register_profile("unhurried", properties(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
properties.load_profile("unhurried")
django.setup()  # here and not by pytest-django, which would read the settings before this file has said what holds
Path(os.environ["STATIC_ROOT"]).mkdir()
# A worker of xdist inherits the settings module of its controller and may have read the settings before this file said
# where to: without this, workers would share one index.
django_settings.SEARCH_INDEX_PATH = Path(_scratch.name) / "search.db"
# Hashed names want a `collectstatic` first; nothing in a test without a browser looks at the files.
django_settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: whoever has the live portal mostly waits for its browser."""
    return len(os.sched_getaffinity(0)) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """One worker runs all that needs the live portal, so that a whole run starts only one; the attacks go by file."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.split("::", 1)[0]
            if file.startswith("tests/browser/") or file.endswith("_live.py"):
                return "live"
            return file if file.startswith(("tests/attacks/", "tests/api/")) else nodeid

    return Scheduling(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if "no Chromium" in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line(
            f"{len(skipped)} browser tests were skipped: there is no Chromium. Set CHROMIUM=/path/to/it, or put `chromium` on the PATH.",
            yellow=True,
        )


@pytest.fixture(scope="session")
def _moto() -> Iterator[None]:
    with mock_aws():
        yield


@pytest.fixture
def cloud(_moto: None) -> Iterator[Callable[[str], Any]]:
    """DynamoDB with every table, S3 with every bucket and an empty Cognito, in this process; gives `client`."""
    yield from _fresh_cloud()


@pytest.fixture(scope="module")
def shared_cloud(_moto: None) -> Iterator[Callable[[str], Any]]:
    """The same for all tests of a module, which leave it as they found it."""
    yield from _fresh_cloud()


@pytest.fixture
def api_keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Programs ask with tokens that the tests' own key has signed, and nothing is remembered of whoever asked before."""
    from accounts.tokens import id_tokens, standing
    from core.api.testing import key_set

    id_tokens.keys.cache_clear()
    standing.memory.clear()
    monkeypatch.setattr("jwt.PyJWKClient.fetch_data", lambda _: key_set())
    yield
    standing.memory.clear()
    id_tokens.keys.cache_clear()


def _fresh_cloud() -> Iterator[Callable[[str], Any]]:
    from accounts.sessions import memory
    from core.aws import clients
    from metadata import store as options

    _clear_index()
    begin_anew()
    memory.clear()
    options.forget()
    yield clients.client
    memory.clear()


@pytest.fixture(scope="session")
def live_portal() -> Iterator[Any]:
    """The portal on its local cloud as `make run` starts them, for what no mock can show; gives its addresses."""
    from core.live import running_portal
    from tests.browser.commands import make_options

    with tempfile.TemporaryDirectory(prefix="portal-live-") as directory, running_portal(directory) as portal:
        make_options(portal)  # before any page is asked for: the portal remembers options for a minute
        yield portal


def begin_anew() -> None:
    """The cloud in this process, with all tables and buckets and nothing in them."""
    emptied = _emptied_tables()
    BackendDict.reset()
    if emptied:
        dynamodb_backends[DEFAULT_ACCOUNT_ID][django_settings.AWS_REGION].tables = emptied
    else:
        _make_tables()
    _make_buckets()


def _clear_index() -> None:
    from core.index import index

    if django_settings.SEARCH_INDEX_PATH.exists():
        index().clear()


def _emptied_tables() -> dict[str, Any]:
    """The tables as they were made, without their records: making them anew costs more than most tests."""
    tables = dynamodb_backends[DEFAULT_ACCOUNT_ID][django_settings.AWS_REGION].tables
    for table in tables.values():
        table.items.clear()
    return dict(tables)


def _make_tables() -> None:
    from core.aws.records import all_records

    for record in all_records():
        record._get_connection().create_table(billing_mode=record.Meta.billing_mode, **record._get_schema())


def _make_buckets() -> None:
    backend = s3_backends[DEFAULT_ACCOUNT_ID]["aws"]
    for name in (django_settings.ENABLEMENT_CONTENT_BUCKET, django_settings.LMS_MEDIA_BUCKET):
        backend.create_bucket(name, django_settings.AWS_REGION).versioning_status = "Enabled"
