"""A local cloud of the benchmark's own, with the portal set up in this process as production would have it."""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from core.aws.local import environment
from core.aws.local.cloud import Cloud
from core.aws.local.config import ROOT, Config
from core.live import free_ports, running_portal

Application = Callable[..., Any]
_NEVER = 24 * 60 * 60.0


@contextmanager
def own_cloud() -> Iterator[Application]:
    """Gives the WSGI application: no debugging, compiled templates, hashed static files, empty tables."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as directory:
        port, cloud_port = free_ports()
        config = Config(Path(directory), port, cloud_port, debug=False, demo_data=False, autosave_seconds=_NEVER)
        cloud = Cloud(config)
        cloud.launch()
        try:
            cloud.wait()
            yield _set_up(config)
        finally:
            assert cloud.process is not None
            cloud.process.kill()  # it has nothing worth saving
            cloud.process.wait()


@contextmanager
def own_portal() -> Iterator[tuple[str, dict[str, str]]]:
    """The portal as `make run` starts it, limits aside: its address, and an access token of each who may write."""
    os.environ |= dict.fromkeys(("RATE_LIMIT", "RATE_LIMIT_WRITES", "RATE_LIMIT_API_ADDRESS"), "10000000/minute")
    with tempfile.TemporaryDirectory(prefix="portal-load-") as directory, running_portal(directory) as live:
        port, cloud_port = (int(url.rpartition(":")[2]) for url in (live.url, live.cloud_url))
        config = Config(live.local_dir, port, cloud_port, debug=False, demo_data=False)
        os.environ.update(environment.portal_environment(config, os.environ))
        os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
        yield live.url, _access_tokens()


def _access_tokens() -> dict[str, str]:
    import django

    django.setup()
    from accounts import directory
    from accounts.services import tokens

    people = [directory.person_by_email(f"{who}@gravyty.com") for who in ("contributor", "approver", "admin")]
    scopes = ["content:read", "content:write"]
    return {one.user_id: tokens.create(name="Load", scopes=scopes, days=7, by=one).secret for one in people}


def _set_up(config: Config) -> Application:
    for command in (["provision"], ["collectstatic", "--noinput", "--verbosity=0"]):
        variables = environment.portal_environment(config, os.environ)
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=variables, check=True)
    os.environ.clear()
    os.environ.update(environment.portal_environment(config, dict(variables)))
    os.environ |= {"DJANGO_SETTINGS_MODULE": "portal.settings", "RATE_LIMIT": "1000000/minute"}
    from portal.wsgi import application  # only now are the settings known

    _write_logs_to_nowhere()
    return application


def _write_logs_to_nowhere() -> None:
    """Each request still makes its line, but not on the terminal."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(io.StringIO())
