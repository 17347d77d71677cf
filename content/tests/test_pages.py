"""Every page asked the same: does it work, for whom not, by which method not, what if the thing is missing."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.person import Person
from content import store
from content.enums import Status
from content.services import drafts
from content.tests.factories import hash_in_review, make_item
from core.testing import ANA, CARL, CORA, RITA, VERA, as_htmx, sign_in

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.fixture
def as_person():
    def signed_in(person: Person) -> Client:
        return sign_in(Client(), person)

    return signed_in


READ_PAGES = ("", "versions/", "history/", "versions/1/", "versions/compare/?a=1&b=1")


@pytest.mark.parametrize("page", READ_PAGES)
def test_pages_of_an_approved_item_open_for_every_role(as_person, page: str) -> None:
    item = make_item(Status.APPROVED)
    for person in (VERA, CARL, CORA, RITA, ANA):
        assert as_person(person).get(f"/content/{item.content_id}/{page}").status_code == 200, person.name


@pytest.mark.parametrize(
    ("status", "may_see"),
    [
        (Status.DRAFT, {CARL, ANA}),
        (Status.IN_REVIEW, {CARL, RITA, ANA}),
        (Status.APPROVED, {VERA, CARL, CORA, RITA, ANA}),
        (Status.DEPRECATED, {VERA, CARL, CORA, RITA, ANA}),
        (Status.EXPIRED, {CARL, RITA, ANA}),
    ],
)
def test_each_role_sees_exactly_what_the_table_says(as_person, status: Status, may_see: set[Person]) -> None:
    item = make_item(status, owner=CARL)
    seen = {
        person
        for person in (VERA, CARL, CORA, RITA, ANA)
        if as_person(person).get(f"/content/{item.content_id}/").status_code == 200
    }
    assert seen == may_see


@pytest.mark.parametrize(
    ("status", "listed_for"),
    [
        (Status.DRAFT, {CARL, ANA}),
        (Status.IN_REVIEW, {CARL, RITA, ANA}),
        (Status.APPROVED, {VERA, CARL, CORA, RITA, ANA}),
        (Status.DEPRECATED, {VERA, CARL, CORA, RITA, ANA}),
        (Status.EXPIRED, {CARL, RITA, ANA}),
    ],
)
def test_lists_and_counts_show_the_same_as_the_pages(as_person, status: Status, listed_for: set[Person]) -> None:
    make_item(status, owner=CARL, title="Battlecard for Tuesdays")
    for person in (VERA, CARL, CORA, RITA, ANA):
        body = as_person(person).get("/content/", {"status": status.value}).content.decode()
        assert ("Battlecard for Tuesdays" in body) == (person in listed_for), person.name
        assert ("1 item" in body) == (person in listed_for), person.name


def test_retired_items_stay_out_of_the_library_unless_asked_for(as_person) -> None:
    make_item(Status.DEPRECATED, title="Last year's deck")
    client = as_person(VERA)
    assert "Last year" not in client.get("/content/").content.decode()
    assert "Last year" in client.get("/content/?status=Deprecated").content.decode()


def test_hidden_and_missing_answer_the_same(as_person) -> None:
    hidden = make_item(Status.DRAFT, owner=CARL)
    client = as_person(VERA)
    answers = [client.get(f"/content/{content_id}/") for content_id in (hidden.content_id, "01hidden0000000000000000")]
    assert [answer.status_code for answer in answers] == [404, 404]
    bodies = [re.sub(rb'value="[^"]{64}"|"X-CSRFToken": "[^"]+"', b"", answer.content) for answer in answers]
    assert bodies[0] == bodies[1]


@pytest.mark.parametrize(
    "address",
    ["edit/", "review/", "delete/", "dates/", "submit/", "deprecate/", "expire/", "restore/", "versions/", "history/"],
)
def test_every_page_of_a_hidden_item_is_missing(as_person, address: str) -> None:
    item = make_item(Status.DRAFT, owner=CARL)
    assert as_person(CORA).get(f"/content/{item.content_id}/{address}").status_code in (403, 404)
    assert item.title not in as_person(CORA).get(f"/content/{item.content_id}/{address}").content.decode()


@pytest.mark.parametrize("address", ["new-version/", "discard/", "favourite/", "unstar/"])
def test_what_changes_something_takes_post_only(as_person, address: str) -> None:
    item = make_item(Status.APPROVED)
    assert as_person(CARL).get(f"/content/{item.content_id}/{address}").status_code == 405


def test_signed_out_people_are_sent_to_sign_in() -> None:
    answer = Client().get("/content/")
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/content/"


def test_a_viewer_has_no_way_to_create(as_person) -> None:
    client = as_person(VERA)
    assert client.get("/content/new/").status_code == 403
    assert "New item" not in client.get("/content/").content.decode()


def new_item(client: Client, kind: str = "article", **data: str):
    form = client.get(f"/content/new/?kind={kind}").content.decode()
    ticket = re.search(r'name="ticket" value="([^"]+)"', form)[1]
    return client.post(f"/content/new/?kind={kind}", {"title": "Renewal in 60 days", "ticket": ticket, **data})


def test_a_contributor_creates_an_article_and_lands_in_the_editor(as_person) -> None:
    client = as_person(CARL)
    answer = new_item(client, body="# The plan")
    assert answer.status_code == 303
    page = client.get(answer["Location"])
    assert "Renewal in 60 days" in page.content.decode()


def test_the_same_form_sent_twice_makes_one_item(as_person) -> None:
    client = as_person(CARL)
    form = client.get("/content/new/?kind=article").content.decode()
    data = {"title": "Once", "ticket": re.search(r'name="ticket" value="([^"]+)"', form)[1]}
    places = {client.post("/content/new/?kind=article", data)["Location"] for _ in range(2)}
    assert len(places) == 1
    assert len(store.items_owned_by(CARL.user_id).items) == 1


def test_another_text_in_a_form_that_was_used_is_not_lost(as_person) -> None:
    client = as_person(CARL)
    form = client.get("/content/new/?kind=article").content.decode()
    ticket = re.search(r'name="ticket" value="([^"]+)"', form)[1]
    client.post("/content/new/?kind=article", {"title": "First", "ticket": ticket})
    again = client.post("/content/new/?kind=article", {"title": "Second thoughts", "ticket": ticket})
    assert again.status_code == 409
    assert "Second thoughts" in again.content.decode()


def test_a_forged_ticket_is_refused(as_person) -> None:
    answer = as_person(CARL).post("/content/new/?kind=article", {"title": "Mine", "ticket": "my-own-id"})
    assert answer.status_code == 400
    assert store.items_owned_by(CARL.user_id).items == []


def test_a_form_with_errors_keeps_what_was_written(as_person) -> None:
    answer = new_item(as_person(CARL), title="", summary="Do not lose me")
    assert answer.status_code == 400
    assert "Do not lose me" in answer.content.decode()


def test_a_stale_edit_shows_both_texts(as_person) -> None:
    item = make_item(Status.DRAFT, owner=CARL)
    page = as_person(CARL).get(f"/content/{item.content_id}/edit/").content.decode()
    seen = re.search(r'name="seen_rev" value="(\d+)"', page)[1]
    theirs = drafts.Fields(title="Ana was quicker", body="Hers.")
    drafts.edit(content_id=item.content_id, fields=theirs, seen_rev=int(seen), by=ANA)
    answer = as_person(CARL).post(
        f"/content/{item.content_id}/edit/", {"title": "Mine", "body": "My own words", "seen_rev": seen}
    )
    assert answer.status_code == 409
    body = answer.content.decode()
    assert "Ana was quicker" in body
    assert "My own words" in body
    assert store.version_of(item.content_id, 1).title == "Ana was quicker"


def test_the_review_page_approves_what_it_shows(as_person) -> None:
    item = make_item(Status.IN_REVIEW, owner=CARL)
    client = as_person(RITA)
    assert item.title in client.get("/content/review/").content.decode()
    page = client.get(f"/content/{item.content_id}/review/").content.decode()
    seen = re.search(r'name="seen_hash" value="([0-9a-f]{64})"', page)[1]
    assert seen == hash_in_review(item.content_id)
    assert client.post(f"/content/{item.content_id}/review/", {"seen_hash": seen}).status_code == 303
    assert store.item_by_id(item.content_id).status == Status.APPROVED


def test_reviewing_is_for_approvers(as_person) -> None:
    item = make_item(Status.IN_REVIEW, owner=CARL)
    assert as_person(CARL).get("/content/review/").status_code == 403
    assert as_person(CARL).post(f"/content/{item.content_id}/review/", {"seen_hash": "0" * 64}).status_code == 403


def test_a_move_that_needs_a_reason_asks_for_it(as_person) -> None:
    item = make_item(Status.APPROVED)
    client = as_person(RITA)
    assert client.get(f"/content/{item.content_id}/deprecate/").status_code == 200
    refused = client.post(f"/content/{item.content_id}/deprecate/", {"reason": ""})
    assert refused.status_code == 400
    assert "Say why" in refused.content.decode()
    client.post(f"/content/{item.content_id}/deprecate/", {"reason": "Superseded by the 2026 deck."})
    assert store.item_by_id(item.content_id).status == Status.DEPRECATED


def test_an_unknown_move_is_missing(as_person) -> None:
    item = make_item(Status.APPROVED)
    assert as_person(ANA).post(f"/content/{item.content_id}/explode/").status_code == 404


def test_a_favourite_is_starred_and_listed(as_person) -> None:
    item = make_item(Status.APPROVED, title="Always at hand")
    client = as_person(VERA)
    client.post(f"/content/{item.content_id}/favourite/", {"on": "1"})
    assert "Always at hand" in client.get("/content/favourites/").content.decode()
    client.post(f"/content/{item.content_id}/favourite/", {"on": "0"})
    assert "Star what you use" in client.get("/content/favourites/").content.decode()


def test_a_starred_item_that_was_retired_keeps_its_place_but_not_its_title(as_person) -> None:
    item = make_item(Status.APPROVED, title="Secret once public")
    client = as_person(VERA)
    client.post(f"/content/{item.content_id}/favourite/", {"on": "1"})
    as_person(RITA).post(f"/content/{item.content_id}/expire/", {"reason": "No longer sold."})
    body = client.get("/content/favourites/").content.decode()
    assert "This item was retired" in body
    assert "Secret once public" not in body


@pytest.mark.parametrize("cursor", ["nonsense", "a:b:c", "%00", "x" * 3000])
def test_an_edited_cursor_gets_a_plain_answer(as_person, cursor: str) -> None:
    answer = as_person(VERA).get("/content/", {"cursor": cursor})
    assert answer.status_code == 400
    assert "Start again from the first page" in answer.content.decode()


def test_the_library_pages_through_everything_once(as_person) -> None:
    for number in range(23):
        make_item(Status.APPROVED, title=f"Item number {number:02}")
    client, seen, address = as_person(VERA), [], "/content/?sort=title"
    while address:
        body = client.get(address).content.decode()
        seen += re.findall(r"Item number (\d\d)</a>", body)
        following = re.search(r'rel="next" href="([^"]+)"', body)
        address = "/content/" + following[1].replace("&amp;", "&") if following else ""
    assert seen == [f"{number:02}" for number in range(23)]


def test_a_fragment_is_the_same_as_that_part_of_the_page(as_person) -> None:
    item = make_item(Status.APPROVED)
    client = as_person(RITA)
    address = f"/content/{item.content_id}/history/"
    fragment = client.get(address, headers=as_htmx()).content.decode()
    assert "<html" not in fragment
    assert fragment.strip() in client.get(address).content.decode()


def test_readers_see_only_the_history_that_concerns_them(as_person) -> None:
    item = make_item(Status.APPROVED)
    address = f"/content/{item.content_id}/history/"
    assert "approved it" in as_person(VERA).get(address).content.decode()
    assert "submitted it" not in as_person(VERA).get(address).content.decode()
    assert "submitted it" in as_person(CARL).get(address).content.decode()


def test_a_draft_version_number_in_the_address_shows_a_reader_nothing(as_person) -> None:
    item = make_item(Status.APPROVED)
    version = drafts.open_work(content_id=item.content_id, by=CARL)
    drafts.edit(
        content_id=item.content_id, fields=drafts.Fields(title="Unreleased"), seen_rev=version.text_rev, by=CARL
    )
    for address in ("versions/2/", "versions/compare/?a=1&b=2", "files/x/?version=2"):
        answer = as_person(VERA).get(f"/content/{item.content_id}/{address}")
        assert answer.status_code == 404
        assert "Unreleased" not in answer.content.decode()
    assert "Unreleased" not in as_person(VERA).get(f"/content/{item.content_id}/versions/").content.decode()


def test_home_opens_for_every_role_empty_and_full(as_person) -> None:
    for person in (VERA, CARL, RITA, ANA):
        assert as_person(person).get("/").status_code == 200
    make_item(Status.APPROVED, title="Fresh deck")
    make_item(Status.IN_REVIEW, title="Waiting deck")
    assert "Fresh deck" in as_person(VERA).get("/").content.decode()
    assert "Waiting deck" not in as_person(VERA).get("/").content.decode()
    assert "Waiting deck" in as_person(RITA).get("/").content.decode()
    assert "Waiting deck" in as_person(CARL).get("/").content.decode()
