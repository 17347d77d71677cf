"""How many requests a page makes to DynamoDB, whatever the amount of data; `make bench` counts them at any size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from accounts.person import Person
from accounts.services import ensure_profile, toggle_favourite
from bench.recording import recorded
from content.enums import Status
from content.tests.factories import make_item
from core.aws import clients
from core.aws.records import all_records
from core.testing import CARL, CORA, RITA, VERA, sign_in

LISTS, ITEM, HOME = 2, 4, 6

Requests = Callable[..., list[str]]


@pytest.fixture
def shelf(cloud: Any) -> dict[Status, str]:
    """Items of several owners in several states, some of them starred; people who have signed in before."""
    for person in (VERA, CARL, CORA, RITA):
        ensure_profile(by=person)
    made = {status: make_item(status).content_id for status in (Status.DRAFT, Status.IN_REVIEW, Status.DEPRECATED)}
    make_item(owner=CORA, title="Renewal in 60 days")
    made[Status.APPROVED] = make_item(title="Renewal of a pilot").content_id
    for person in (VERA, RITA):
        toggle_favourite(by=person, content_id=made[Status.APPROVED], on=True)
    return made


@pytest.fixture
def requests(shelf: dict[Status, str], client: Client) -> Iterator[Requests]:
    def made_for(person: Person, address: str) -> list[str]:
        """With the options at hand, as they are for all but one request a minute."""
        sign_in(client, person).get("/content/")
        with recorded() as calls:
            assert client.get(address).status_code == 200
        return [call.operation for call in calls]

    return made_for


@pytest.mark.parametrize(
    "address",
    ["/content/", "/content/?q=renewal", "/content/?owner=sub-cora", "/search/?q=renewal", "/search/suggest/?q=rene"],
)
def test_a_list_makes_two_requests(requests: Requests, address: str) -> None:
    assert 1 <= len(requests(VERA, address)) <= LISTS


def test_the_review_queue_makes_two_requests(requests: Requests) -> None:
    assert requests(RITA, "/content/review/") == ["Query", "BatchGetItem"]


def test_my_items_make_two_requests(requests: Requests) -> None:
    assert requests(CARL, "/content/mine/") == ["Query", "BatchGetItem"]


def test_an_item_makes_four_requests_and_remembers_that_it_was_opened(
    requests: Requests, shelf: dict[Status, str]
) -> None:
    made = requests(VERA, f"/content/{shelf[Status.APPROVED]}/")
    assert made == ["GetItem", "GetItem", "BatchGetItem", "TransactWriteItems"], "with the event in the same request"


def test_an_item_opened_again_writes_nothing_but_that_it_was(requests: Requests, shelf: dict[Status, str]) -> None:
    requests(VERA, f"/content/{shelf[Status.APPROVED]}/")
    made = requests(VERA, f"/content/{shelf[Status.APPROVED]}/")
    assert made == ["GetItem", "GetItem", "BatchGetItem", "BatchWriteItem"]


@pytest.mark.parametrize("part", ["versions/", "versions/1/", "history/", "comments/", "comments/?of=review-1"])
def test_the_pages_of_an_item_make_four_requests(requests: Requests, shelf: dict[Status, str], part: str) -> None:
    assert len(requests(CARL, f"/content/{shelf[Status.APPROVED]}/{part}")) <= ITEM


def test_a_review_makes_four_requests(requests: Requests, shelf: dict[Status, str]) -> None:
    assert len(requests(RITA, f"/content/{shelf[Status.IN_REVIEW]}/review/")) <= ITEM


@pytest.mark.parametrize("person", [VERA, CARL, RITA], ids=lambda person: person.role.value)
def test_home_makes_six_requests(requests: Requests, person: Person) -> None:
    assert len(requests(person, "/")) <= HOME


def test_favourites_make_four_requests(requests: Requests) -> None:
    assert len(requests(VERA, "/content/favourites/")) <= ITEM


@pytest.mark.parametrize("address", ["/health", "/static/img/favicon.svg"])
def test_health_and_static_files_ask_no_table(cloud: Any, client: Client, address: str) -> None:
    with recorded() as calls:
        client.get(address)
    assert calls == []


def test_all_records_share_one_client(cloud: Any) -> None:
    used = {id(record._get_connection().connection.client) for record in all_records()}
    assert used == {id(clients.client("dynamodb"))}
