"""People in pickers."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.picking import PeopleSource
from accounts.tests.pool import Pool
from core.errors import Refused
from core.testing import RITA, VERA, sign_in


def names(pool: Pool, text: str) -> list[str]:
    return [choice.label for choice in PeopleSource(pool["ana"]).found(text, 30).choices]


@pytest.mark.parametrize("typed", ["carl", "Carl Con", "carl.contributor@", "CARL.CONTRIBUTOR@gravyty.com"])
def test_somebody_is_found_by_the_beginning_of_a_name_or_an_address(pool: Pool, typed: str) -> None:
    assert names(pool, typed) == ["Carl Contributor"]


def test_whoever_cannot_sign_in_is_not_offered(pool: Pool) -> None:
    pool.ask("admin_disable_user", Username=pool["carl"].user_id)
    assert names(pool, "carl") == []
    assert names(pool, "") == []


def test_addresses_are_for_admins_alone(pool: Pool, client: Client) -> None:
    for person in (VERA, RITA):
        assert sign_in(client, person).get("/manage/users/pick/?q=carl").status_code == 403
        with pytest.raises(Refused):
            PeopleSource(person).named([pool["carl"].user_id], ())
    answer = sign_in(client, pool["ana"]).get("/manage/users/pick/?q=carl").json()
    assert [(choice["label"], choice["path"]) for choice in answer["choices"]] == [
        ("Carl Contributor", "carl.contributor@gravyty.com")
    ]


def test_only_accounts_that_there_are_can_be_chosen(pool: Pool) -> None:
    carl = pool["carl"].user_id
    found = PeopleSource(pool["ana"]).named([carl, "nobody", 'x" or sub ^= "'], ())
    assert list(found) == [carl]
