"""Items in pickers, and the filters of lists as pickers."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from accounts.person import Person
from bench.recording import recorded
from content.enums import Status
from content.picking import ItemSource
from content.services import lifecycle
from content.tests.factories import make_item
from core.picker import PickField, PickingForm
from core.testing import ANA, CARL, CORA, RITA, VERA, sign_in
from metadata.tests.test_options import make, rename

pytestmark = pytest.mark.usefixtures("cloud")


def titles(person: Person, text: str, **source: Any) -> list[str]:
    return [choice.label for choice in ItemSource(person, **source).found(text, 30).choices]


class Form(PickingForm):
    item = PickField(required=False)


def form(person: Person, value: str, before: str = "") -> Form:
    return Form(QueryDict(f"item={value}"), sources={"item": ItemSource(person)}, initial={"item": before})


def test_only_what_she_may_read_is_found_and_what_readers_do_not_see_says_so() -> None:
    make_item(title="Pricing deck")
    make_item(Status.DRAFT, title="Pricing draft")
    assert titles(VERA, "pricing") == titles(CORA, "pricing") == ["Pricing deck"]
    assert sorted(titles(CARL, "pricing")) == ["Pricing deck", "Pricing draft (Draft)"]
    assert titles(ANA, "pricing", live=True) == ["Pricing deck"]


@pytest.mark.parametrize("address", ["/content/{}/", "https://portal.example/content/{}?x=1", "/content/{}"])
def test_a_pasted_address_is_as_good_as_a_title_but_opens_nothing(address: str) -> None:
    draft = make_item(Status.DRAFT, title="Mine")
    assert titles(CARL, address.format(draft.content_id)) == ["Mine (Draft)"]
    assert titles(VERA, address.format(draft.content_id)) == []


def test_what_stood_there_before_is_kept_without_its_name_and_nothing_else_that_is_hidden() -> None:
    hidden = make_item(Status.DRAFT, title="Canary").content_id
    kept = form(CORA, hidden, before=hidden)
    assert kept.is_valid() and kept.cleaned_data["item"] == hidden
    assert [choice.label for choice, _ in kept["item"].offered] == ["An item that is gone, or not open to you"]
    refused, missing = form(CORA, hidden), form(CORA, "01missing000000000000000000")
    assert refused.errors == missing.errors != {}


def test_a_search_is_one_request(client: Client) -> None:
    make_item(title="Pricing deck")
    sign_in(client, VERA).get("/content/pick/?q=pricing")
    with recorded() as calls:
        answer = client.get("/content/pick/?q=pricing").json()
    assert [choice["label"] for choice in answer["choices"]] == ["Pricing deck"]
    assert [call.operation for call in calls] == ["BatchGetItem"]


def test_a_replacement_is_chosen_by_its_title(client: Client) -> None:
    old, new = make_item(title="Old list"), make_item(title="New list")
    address = f"/content/{old.content_id}/deprecate/"
    found = sign_in(client, RITA).post(
        address, {"reason": "Old.", "text_replacement_id": "list", "find_replacement_id": "1"}
    )
    assert found.status_code == 200
    offered = [choice.value for choice, _ in found.context["form"]["replacement_id"].offered]
    assert offered == [new.content_id]
    assert client.post(address, {"reason": "Old.", "replacement_id": new.content_id}).status_code == 303


def test_a_filter_answers_with_what_the_list_has_and_counts_it(client: Client) -> None:
    tags = [make(f"Région {number:02}").option_id for number in range(14)]
    make_item(title="One", tags=(tags[13],))
    make_item(title="Two", tags=tuple(tags))
    make_item(Status.DRAFT, title="Hidden", tags=(make("Secret word").option_id,))
    sign_in(client, VERA)
    found = client.get("/content/?pick=tag&text_tag=REGION 13").json()["choices"]
    assert [(choice["label"], choice["count"]) for choice in found] == [("Région 13", 2)]
    assert client.get("/content/?pick=tag&text_tag=secret").json()["choices"] == []
    assert len(client.get("/content/?pick=tag&text_tag=").json()["choices"]) == 14
    assert client.get("/content/?pick=nonsense").json()["choices"] == []
    with recorded() as calls:
        client.get("/content/?pick=owner&text_owner=carl")
    assert len(calls) <= 2
    page = client.get("/content/?text_tag=region+00").content.decode()
    assert "Région 00" in page and 'value="region 00"' in page


@pytest.mark.parametrize("page", ["/search/", "/content/", "/learn/", "/learn/paths/"])
def test_earlier_addresses_of_options_lead_to_the_list_of_what_stands_there_now(client: Client, page: str) -> None:
    tag = make("Price sheet")
    rename(tag.option_id, "Price list")
    sign_in(client, VERA)
    for name in ("price-sheet", "price-list"):
        answer = client.get(f"{page}?tag={name}&q=renewal")
        assert answer.headers["Location"] == f"{page}?tag={tag.option_id}&q=renewal"
    assert client.get(f"{page}?tag={tag.option_id}&q=renewal").status_code == 200
    assert client.get(f"{page}?tag=never-heard-of").status_code == 200


def test_the_header_repeats_the_words_of_the_search_alone(client: Client) -> None:
    sign_in(client, RITA)
    field = '<input id="find" type="search" name="q" value="{}"'
    assert field.format("renewal") in client.get("/search/?q=renewal").content.decode()
    for page in ("/content/?q=renewal", "/learn/?q=renewal", "/learn/manage/?q=renewal"):
        assert field.format("") in client.get(page).content.decode()


def test_an_item_retired_since_is_no_replacement_any_more() -> None:
    item = make_item(title="Was fine")
    lifecycle.deprecate(content_id=item.content_id, reason="Old.", by=RITA)
    assert titles(RITA, "fine", live=True) == []
    assert ItemSource(RITA, live=True).named([item.content_id], ()) == {}
