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
from core.live import free_ports

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
