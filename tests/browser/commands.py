"""What tests do to the running portal from its terminal, for want of a page that does it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from core.live import LivePortal

ROOT = Path(__file__).resolve().parents[2]

SUITES = ("Advancement", "Alumni")
REGIONS = tuple(f"Région {number:02}" for number in range(14))
"""More tags than a filter shows at a glance."""

_OPTIONS = f"""
from accounts.person import SYSTEM
from metadata.enums import Group
from metadata.services import ensure_option
for suite in {SUITES!r}:
    ensure_option(group=Group.PRODUCT_SUITE, label=suite, by=SYSTEM)
ensure_option(group=Group.PRODUCT_CONCEPT, label="Renewal", by=SYSTEM)
for tag in ("Pricing", "Security", *{REGIONS!r}):
    ensure_option(group=Group.TOPIC_TAG, label=tag, by=SYSTEM)
"""
_ACCOUNT = """
from django.conf import settings
from core.aws.local import demo
from core.aws.local.provision.clients import admin_client
from core.aws.local.provision.pool import _complete
cognito = admin_client("cognito-idp", settings.AWS_ENDPOINT_URL)
_complete(cognito, settings.COGNITO_USER_POOL_ID, demo.DemoAccount({email!r}, {name!r}, {group!r}), begun=False)
"""
_LOWERED = """
from django.conf import settings
from accounts import services
from accounts.directory import person_by_email
from accounts.person import SYSTEM
from core.aws.local.provision.clients import admin_client
cognito = admin_client("cognito-idp", settings.AWS_ENDPOINT_URL)
who = {{"UserPoolId": settings.COGNITO_USER_POOL_ID, "Username": {email!r}}}
cognito.admin_remove_user_from_group(**who, GroupName={group!r})
services.end_sessions_of(user_id=person_by_email({email!r}).user_id, by=SYSTEM, reason="moved to another team")
"""


def make_options(portal: LivePortal) -> None:
    _run(portal, _OPTIONS)


def make_account(portal: LivePortal, *, email: str, name: str, group: str) -> None:
    _run(portal, _ACCOUNT.format(email=email, name=name, group=group))


def take_role_away(portal: LivePortal, *, email: str, group: str) -> None:
    """In Cognito, and all of her sessions with it."""
    _run(portal, _LOWERED.format(email=email, group=group))


def make_course(portal: LivePortal, title: str, *, learner: str = "") -> str:
    """A published course with a text, a video and a quiz, assigned to the one with this address; gives its address."""
    printed = _run(portal, f"from tests.browser.courses import make; make({title!r}, learner={learner!r})")
    (line,) = [line for line in printed.splitlines() if line.startswith("COURSE ")]
    return line.removeprefix("COURSE ")


def run(portal: LivePortal, code: str) -> str:
    """In the portal's own environment, with its rights; gives what was printed."""
    return _run(portal, code)


def run_until_killed(portal: LivePortal, code: str) -> None:
    """It must end by killing itself, as a machine does that is switched off."""
    ran = _ran(portal, code)
    assert ran.returncode == -signal.SIGKILL, ran.stderr


def _run(portal: LivePortal, code: str) -> str:
    ran = _ran(portal, code)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def _ran(portal: LivePortal, code: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "LOCAL_DIR": str(portal.local_dir),
        "PORT": str(urlsplit(portal.url).port),
        "LOCAL_CLOUD_PORT": str(urlsplit(portal.cloud_url).port),
    }
    return subprocess.run(
        [sys.executable, "-m", "core.aws.local", "manage", "shell", "-c", code],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
