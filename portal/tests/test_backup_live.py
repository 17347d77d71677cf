"""Out of the live portal's cloud and into a second one that has no portal: with an operator's real rights, on real files."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.aws.local import environment
from core.aws.local.cloud import Cloud
from core.aws.local.config import ROOT, Config
from core.live import LivePortal, free_ports
from tests.browser import commands

_OUT = """
from django.core.management import call_command
from content.tests.factories import make_item
from content.tests.test_files_uploads import a_draft, add
from core.testing import CARL
make_item(title="Preise für März")
content_id = a_draft(by=CARL)
for body in (b"a,b\\n1,2\\n", b"a,b\\n3,4\\n"):
    add(content_id, "Preise.csv", body, by=CARL)
call_command("export_all", {first!r})
"""
_BACK = """
from django.core.management import call_command
call_command("restore_all", {first!r}, "--dry-run")
call_command("restore_all", {first!r})
call_command("export_all", {second!r})
call_command("compare_exports", {first!r}, {second!r})
"""


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Config]:
    port, cloud_port = free_ports()
    config = Config(tmp_path / "local", port, cloud_port, debug=False, demo_data=False)
    cloud = Cloud(config)
    cloud.launch()
    try:
        cloud.wait()
        yield config
    finally:
        assert cloud.process is not None
        cloud.process.kill()  # it has nothing worth saving
        cloud.process.wait()


def manage(config: Config, *arguments: str) -> str:
    variables = environment.portal_environment(config, os.environ)
    ran = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=variables, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_the_export_of_a_restored_cloud_is_the_same(live_portal: LivePortal, second: Config, tmp_path: Path) -> None:
    commands.run(live_portal, _OUT.format(first=str(tmp_path / "first")))
    manage(second, "provision")
    said = manage(second, "shell", "-c", _BACK.format(first=str(tmp_path / "first"), second=str(tmp_path / "second")))
    assert "The same:" in said
