from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from content.demo import seeding as items
from content.tests import demo_accounts
from lms.demo import seeding as learning
from portal.management.commands import seed_demo

accounts = demo_accounts.accounts


def test_demo_never_enters_a_real_portal(accounts: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "PORTAL_LOCAL", False)
    with pytest.raises(CommandError, match="local portal only"):
        call_command("seed_demo")


def test_missing_account_is_named(cloud: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    pool = cloud("cognito-idp").create_user_pool(PoolName="empty")["UserPool"]["Id"]
    monkeypatch.setattr(settings, "COGNITO_USER_POOL_ID", pool)
    with pytest.raises(CommandError, match="ae@gravyty.com"):
        call_command("seed_demo")


@pytest.mark.parametrize("quiet", [True, False])
def test_it_fills_the_library_before_learning_and_says_so(
    accounts: None,
    monkeypatch: pytest.MonkeyPatch,
    quiet: bool,
) -> None:
    done: list[str] = []
    monkeypatch.setattr(items, "assets", lambda: ())
    monkeypatch.setattr(items, "seed", lambda _cast: iter(done.append("library") or ()))
    monkeypatch.setattr(learning, "make", lambda _stage: iter(done.append("courses") or (True, False)))
    monkeypatch.setattr(seed_demo.timeline, "steps", lambda _stage: done.append("people") or [])
    monkeypatch.setattr(seed_demo.teams, "make", lambda _stage: done.append("teams") or 0)
    monkeypatch.setattr(seed_demo.use, "seed", lambda _days, _now: iter(done.append("use") or ()))
    monkeypatch.setattr(seed_demo.programs, "seed", lambda _cast: done.append("programs"))
    out = StringIO()
    call_command("seed_demo", *(["--quiet"] if quiet else []), stdout=out)
    assert done == ["library", "courses", "people", "teams", "use", "programs"]
    assert ("1 of them new or completed now" in out.getvalue()) is not quiet
