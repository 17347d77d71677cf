from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from content import store
from content.documents import shown_document
from content.enums import Status
from content.services import lifecycle
from content.tests.factories import make_item, suite
from core import clock, events
from core.events import Event, listens_to
from core.index import index
from core.testing import ANA, CARL, CORA, RITA, VERA, as_htmx, sign_in

URL = "/search/"
CANARY = "xylophonic"


@pytest.fixture(autouse=True)
def _fresh(cloud: object, settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    settings.SEARCH_INDEX_PATH = tmp_path / "search.db"


def search(client: Client, person: object, text: str = "", **more: str) -> str:
    return sign_in(client, person).get(URL, {"q": text, **more}).content.decode()


def titles(page: str) -> list[str]:
    found = re.findall(r'<a class="row-title"[^>]*>(.*?)</a>', page)
    return [re.sub(r"</?mark>", "", title) for title in found]


def test_an_approved_item_is_found_by_its_text(client: Client) -> None:
    make_item(title="Price is too high", body="Talk about value.")
    page = search(client, VERA, "value")
    assert titles(page) == ["Price is too high"]
    assert "<mark>value</mark>" in page


def test_a_title_is_escaped_and_its_match_marked(client: Client) -> None:
    make_item(title="<script>pricing</script> & more")
    page = search(client, VERA, "pricing")
    assert "&lt;script&gt;<mark>pricing</mark>&lt;/script&gt; &amp; more" in page
    assert "<script>pricing" not in page


@pytest.mark.parametrize(
    ("status", "who"),
    [
        (Status.DRAFT, {"carl", "ana"}),
        (Status.IN_REVIEW, {"carl", "rita", "ana"}),
        (Status.APPROVED, {"vera", "carl", "cora", "rita", "ana"}),
        (Status.DEPRECATED, {"vera", "carl", "cora", "rita", "ana"}),
        (Status.EXPIRED, {"carl", "rita", "ana"}),
    ],
)
def test_each_role_finds_what_it_may_see_and_nothing_tells_of_the_rest(
    client: Client, status: Status, who: set[str]
) -> None:
    item = make_item(status, title=f"Secret {CANARY}", tags=[], product_suite=suite("Quietsuite"))
    for person in (VERA, CARL, CORA, RITA, ANA):
        allowed = person.user_id.removeprefix("sub-") in who
        for text in (CANARY, CANARY[:6], "xylofonic", "secret nothing"):
            page = search(client, person, text, retired="1")
            assert (item.content_id in page) == (allowed and text != "xylofonic"), (person, text)
            if not allowed:
                assert "Quietsuite" not in page
                assert text == CANARY or CANARY not in page
        suggested = sign_in(client, person).get("/search/suggest/", {"q": CANARY[:5]}).content.decode()
        assert (item.content_id in suggested) == (allowed and status not in (Status.DEPRECATED, Status.EXPIRED))


def test_retired_items_come_only_when_asked_for(client: Client) -> None:
    make_item(Status.DEPRECATED, title="Old pricing")
    assert titles(search(client, VERA, "pricing")) == []
    assert titles(search(client, VERA, "pricing", retired="1")) == ["Old pricing"]


def test_what_expired_by_the_clock_alone_is_gone(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    item = make_item(title="Soon over")
    later = clock.now() + timedelta(days=20)
    item.expire_at = clock.now() + timedelta(days=10)
    store.save(item, audit=())
    index().put([shown_document(item)])
    assert titles(search(client, VERA, "soon")) == ["Soon over"]
    monkeypatch.setattr(clock, "now", lambda: later)
    assert titles(search(client, VERA, "soon", retired="1")) == []


def test_a_stale_index_never_shows_what_the_table_hides(client: Client) -> None:
    item = make_item(title=f"Was open {CANARY}")
    before = shown_document(item)
    lifecycle.expire(content_id=item.content_id, reason="Over", by=RITA)
    index().put([before])
    page = search(client, VERA, "open")
    assert item.content_id not in page
    assert CANARY not in page


def test_filters_narrow_and_the_facets_count(client: Client) -> None:
    one, other = suite("Advancement"), suite("Admissions")
    make_item(title="Pricing for one", product_suite=one)
    make_item(title="Pricing for other", product_suite=other)
    page = search(client, VERA, "pricing", suite=other)
    assert titles(page) == ["Pricing for other"]
    assert "Remove filter" in page


def test_pages_follow_each_other_without_gaps(client: Client) -> None:
    expected = {make_item(title=f"Pricing {n}").title for n in range(23)}
    first = search(client, VERA, "pricing")
    second_url = re.search(r'rel="next" href="([^"]+)"', first).group(1).replace("&amp;", "&")
    second = client.get(URL + second_url).content.decode()
    assert len(titles(first)) == 20
    assert set(titles(first) + titles(second)) == expected
    assert len(titles(second)) == 3


def test_an_edited_cursor_is_refused(client: Client) -> None:
    assert sign_in(client, VERA).get(URL, {"q": "x", "cursor": "forged"}).status_code == 400


def test_a_misspelling_is_answered_with_a_better_word(client: Client) -> None:
    make_item(title="Renewal presentation")
    page = search(client, VERA, "presentaton")
    assert "Did you mean" in page
    assert titles(search(client, VERA, "presentation")) == ["Renewal presentation"]


def test_an_empty_search_teaches_and_offers_what_there_is(client: Client) -> None:
    make_item(product_suite=suite("Advancement"))
    page = search(client, VERA)
    assert "Find what you need" in page
    assert "Advancement" in page
    assert titles(page) == []


def test_the_fragment_is_the_part_of_the_page(client: Client) -> None:
    make_item(title="Pricing")
    whole = search(client, VERA, "pricing")
    part = sign_in(client, VERA).get(URL, {"q": "pricing"}, headers=as_htmx()).content.decode()
    assert "<html" not in part
    assert without_ticket(part).strip() in without_ticket(whole)


def test_suggestions_are_links_to_items(client: Client) -> None:
    item = make_item(title="Pricing deck")
    answer = sign_in(client, VERA).get("/search/suggest/", {"q": "pri"}, headers=as_htmx()).content.decode()
    assert reverse("content:item", args=[item.content_id]) in answer
    assert "<html" not in answer
    nothing = sign_in(client, VERA).get("/search/suggest/", {"q": "p"}, headers=as_htmx()).content.decode()
    assert "<a" not in nothing


@pytest.mark.parametrize("url", [URL, "/search/suggest/"])
def test_searching_is_reading_and_needs_a_sign_in(client: Client, url: str) -> None:
    assert client.get(url).status_code == 302
    assert sign_in(client, VERA).post(url).status_code in (403, 405)


@pytest.fixture
def told() -> Iterator[list[Event]]:
    heard: list[Event] = []
    before = list(events._listeners)
    listens_to("search.*")(heard.append)
    yield heard
    events._listeners[:] = before


def test_events_tell_how_it_went_and_never_the_words(client: Client, told: list[Event]) -> None:
    make_item(title="Pricing")
    search(client, VERA, "pricing")
    search(client, VERA, "zebra crossing")
    search(client, VERA)
    assert [event.name for event in told] == ["search.performed", "search.performed", "search.zero_result"]
    assert told[0].props["results"] == 1
    assert told[2].props["words"] == 2
    assert not any("zebra" in str(event) or "pricing" in str(event).lower() for event in told)


def test_a_page_reads_once_and_tells_of_itself_in_one_further_request(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    for n in range(5):
        make_item(title=f"Pricing {n}")
    search(client, VERA, "pricing")
    for more in ({}, {"owner": CARL.user_id}):
        client.get(URL, {"q": "pricing", **more})
        assert caplog.records[-1].dynamodb_calls == 2
    client.get(URL, {"owner": CARL.user_id})
    assert caplog.records[-1].dynamodb_calls == 1


def without_ticket(page: str) -> str:
    """Each search has its own."""
    return re.sub(r'data-ticket="[^"]+"', "", page)


def ticket_in(page: str) -> str:
    return re.findall(r'data-ticket="([^"]+)"', page)[0]


def test_what_is_opened_of_a_search_is_told_with_the_search_that_found_it(client: Client, told: list[Event]) -> None:
    item = make_item(title="Pricing objections")
    hidden = make_item(Status.DRAFT, title="Pricing draft")
    said = {"ticket": ticket_in(search(client, VERA, "pricing")), "kind": "content", "doc_id": item.content_id}
    assert client.post("/search/opened/", said).status_code == 204
    performed, clicked = told
    assert clicked.props == {"search": performed.props["search"], "target": f"content:{item.content_id}"}
    for wrong in ({"ticket": "made-up"}, {"kind": "person"}, {"doc_id": hidden.content_id}):
        assert client.post("/search/opened/", said | wrong).status_code == 404
    assert sign_in(client, CARL).post("/search/opened/", said).status_code == 404, "it is not his search"
    assert told == [performed, clicked]
