from __future__ import annotations

import pytest

from core.aws.local.provision.pool import client_settings
from core.aws.user_pool import KNOWN_AS, known_as, person_id


@pytest.mark.parametrize(
    ("attributes", "who"),
    [
        ({"sub": "new"}, "new"),
        ({"sub": "new", KNOWN_AS: known_as("old")}, "old"),
        ({"sub": "new", KNOWN_AS: "nadia"}, "new"),
        ({"sub": "new", KNOWN_AS: ""}, "new"),
        ({}, ""),
    ],
)
def test_account_stands_for_its_sub_or_for_whom_it_was_restored(attributes: dict[str, str], who: str) -> None:
    assert person_id(attributes) == who


def test_nobody_can_write_for_whom_her_account_stands() -> None:
    assert KNOWN_AS not in client_settings([])["WriteAttributes"]
    assert KNOWN_AS in client_settings([])["ReadAttributes"]
