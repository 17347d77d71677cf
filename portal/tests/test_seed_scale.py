from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.store import profile_of
from bench.library import colleague_id
from core.testing import VERA, sign_in
from lms.store.learning import courses_begun

pytestmark = pytest.mark.usefixtures("cloud")


def test_a_portal_is_filled_with_as_much_as_is_wanted_and_again_with_the_same(client: Client) -> None:
    for _again in range(2):
        call_command("seed_scale", content=30, courses=4, people=50, quiet=True)
    call_command("reindex", check=True, verbosity=0)  # it would fail where the index held other things than the tables
    sign_in(client, VERA)
    assert client.get("/content/").context["listing"].total == 30
    assert len(courses_begun(colleague_id(49))) == 3
    assert profile_of(colleague_id(49)).display_name


def test_it_belongs_in_a_local_portal(settings: Any) -> None:
    settings.PORTAL_LOCAL = False
    with pytest.raises(CommandError, match="local portal only"):
        call_command("seed_scale")


def test_less_than_nothing_is_refused(cloud: Callable[[str], Any]) -> None:
    with pytest.raises(CommandError, match="from 0 upwards"):
        call_command("seed_scale", content=-1)
