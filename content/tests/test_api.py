"""The library as programs see it: what each of them may see, and no more."""

from __future__ import annotations

import pytest

from accounts.tokens import id_tokens, standing
from content.enums import Status
from content.tests.factories import make_item
from core.api.testing import ApiClient, key_set
from core.testing import CARL, CORA, RITA, VERA


@pytest.fixture(autouse=True)
def cognito_keys(monkeypatch):
    id_tokens.keys.cache_clear()
    standing.memory.clear()
    monkeypatch.setattr("jwt.PyJWKClient.fetch_data", lambda _: key_set())
    yield
    standing.memory.clear()
    id_tokens.keys.cache_clear()


def _titles(answer):
    assert answer.status_code == 200, answer.content
    return {item["title"] for item in answer.json()["items"]}


def test_an_item_is_read_as_its_page_shows_it(cloud):
    made = make_item(title="Price — “zu hoch” 价格")
    answer = ApiClient(VERA).get(f"content/{made.content_id}")
    assert answer.status_code == 200
    read = answer.json()
    assert (read["title"], read["status"], read["version"]) == ("Price — “zu hoch” 价格", "Approved", 1)
    assert read["product_suite"] == made.product_suite


@pytest.mark.parametrize(("person", "status"), [(VERA, 404), (CORA, 404), (CARL, 200)])
def test_somebody_elses_draft_is_not_there(cloud, person, status):
    draft = make_item(Status.DRAFT)
    api = ApiClient(person)
    answer = api.get(f"content/{draft.content_id}")
    assert answer.status_code == status
    if status == 404:
        missing = api.get("content/01hidden000000000000000000").json()
        assert answer.json() | {"request_id": ""} == missing | {"request_id": ""}


def test_the_list_holds_what_the_page_holds(cloud):
    make_item(title="Live")
    make_item(Status.DRAFT, title="Carl's draft")
    assert _titles(ApiClient(VERA).get("content")) == {"Live"}
    assert _titles(ApiClient(CARL).get("content")) == {"Live", "Carl's draft"}


def test_the_list_is_filtered_as_on_the_page(cloud):
    make_item(title="Price is too high")
    make_item(title="Rollout", status=Status.DEPRECATED)
    api = ApiClient(RITA)
    assert _titles(api.get("content", {"q": "price"})) == {"Price is too high"}
    assert _titles(api.get("content", {"status": ["Deprecated"]})) == {"Rollout"}
    assert _titles(api.get("content", {"suite": "advancement", "sort": "title"})) == {"Price is too high"}


def test_pages_of_the_list_join_without_gap_or_repeat(cloud):
    made = {make_item(title=f"Item {number}").content_id for number in range(27)}
    api, found, cursor = ApiClient(VERA), [], ""
    while cursor is not None:
        answer = api.get("content", {"cursor": cursor}).json()
        found += [item["content_id"] for item in answer["items"]]
        cursor = answer["next_cursor"]
    assert len(found) == len(set(found))
    assert set(found) == made
    assert answer["total"] == 27


def test_a_cursor_belongs_to_its_person_and_list(cloud):
    for number in range(27):
        make_item(title=f"Item {number}")
    cursor = ApiClient(VERA).get("content").json()["next_cursor"]
    assert cursor
    assert ApiClient(CORA).get("content", {"cursor": cursor}).status_code == 400
    assert ApiClient(VERA).get("content", {"cursor": cursor, "sort": "title"}).status_code == 400
    assert ApiClient(VERA).get("content", {"cursor": cursor[:-2]}).status_code == 400


def test_what_the_list_does_not_take_is_named(cloud):
    answer = ApiClient(VERA).get("content", {"sort": "sideways"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "query.sort"


def test_nobody_reads_without_a_token(cloud):
    for address in ("content", f"content/{make_item().content_id}", "metadata/topic_tag/options"):
        assert ApiClient().get(address).status_code == 401


def test_options_are_read_in_their_order(cloud):
    made = make_item()
    answer = ApiClient(VERA).get("metadata/product_suite/options")
    assert [(one["option_id"], one["slug"]) for one in answer.json()["items"]] == [(made.product_suite, "advancement")]
    assert ApiClient(VERA).get("metadata/nonsense/options").status_code == 422
