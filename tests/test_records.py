"""Reading by keys that people put together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import Profile
from accounts.store import audit_entry, audit_of_target, names_of, profile_of, save_audit
from content import store
from core.aws import metering
from core.errors import NotFound
from core.testing import RITA


@pytest.mark.parametrize("key", ["", "a" * 2000, "é" * 600])
def test_what_could_not_be_a_key_is_not_there_and_is_not_asked_for(cloud: Callable[[str], Any], key: str) -> None:
    meter = metering.start()
    assert profile_of(key) is None
    assert names_of([key]) == {}
    with pytest.raises(NotFound):
        store.item_by_id(key)
    assert meter.calls == 0


def test_a_number_that_dynamodb_could_not_hold_is_not_there(cloud: Callable[[str], Any]) -> None:
    meter = metering.start()
    with pytest.raises(NotFound):
        store.version_of("c1", 10**40)
    assert meter.calls == 0
    with pytest.raises(NotFound):
        store.version_of("c1", 2)
    assert meter.calls == 1


def test_one_impossible_key_does_not_take_the_others_with_it(cloud: Callable[[str], Any]) -> None:
    from core import clock

    Profile("u1", display_name="Ute", created_at=clock.now(), updated_at=clock.now()).save()
    assert names_of(["u1", "a" * 3000]) == {"u1": "Ute"}


def test_a_page_of_filtered_records_is_filled_by_one_request_and_goes_on_where_it_ended(
    cloud: Callable[[str], Any],
) -> None:
    for number in range(60):
        save_audit(audit_entry(by=RITA, action=f"a{number % 10}", object_type="thing", object_id="t"))
    meter = metering.start()
    first = audit_of_target("thing:t", limit=4, actions={"a3"})
    assert meter.calls == 1
    rest = audit_of_target("thing:t", first.next_cursor, limit=4, actions={"a3"})
    assert [entry.action for entry in (*first.items, *rest.items)] == ["a3"] * 6
    assert rest.next_cursor is None
