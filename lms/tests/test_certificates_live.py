"""Whatever happens at once, a certificate is issued once: real threads on the local cloud, within the portal's rights."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests

from tests.browser import commands


@pytest.fixture(scope="module")
def races(live_portal) -> dict[str, Any]:
    printed = commands.run(live_portal, "from lms.tests.certificate_races import run; run()")
    (line,) = [line for line in printed.splitlines() if line.startswith("RACES ")]
    return json.loads(line.removeprefix("RACES "))


def test_a_course_completed_in_several_tabs_gives_one_certificate(races):
    assert races["completions"] == {"told": ["certificate.issued"], "audited": 1}


def test_whoever_opens_the_next_cycle_there_is_one(races):
    assert races["renewals"] == {"opened": [2], "kept": [1]}


def test_revocations_at_once_are_all_listed_and_each_made_once(races):
    assert races["revocations"] == {"told": ["certificate.revoked"] * 2, "listed": True, "audited": [1, 1]}


def test_a_pdf_asked_for_in_several_tabs_stands_in_one_place(races):
    assert races["drawings"] == {"places": 1, "kept": True}


def test_the_local_cloud_has_a_key_for_badges(live_portal):
    keys = requests.get(f"{live_portal.url}/certificates/issuer/jwks.json", timeout=10).json()["keys"]
    assert [key["alg"] for key in keys] == ["RS256"]
