"""Addresses, fields and tokens that no page of the portal ever made."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from content import store
from content.enums import Kind, Status
from content.services import drafts
from core.testing import ANA, CARL, CORA, RITA, VERA
from tests.attacks.shelf import Shelf

IDS = (
    "no-such-item",
    "x" * 3000,
    "01hidden#01hidden",
    "../content",
    "%2e%2e%2f",
    "a/b",
    "id\x00",
    "id\n",
    "ïtem",
    "\u202eitem",
    "' OR 1=1 --",
    "{{7*7}}",
    "__proto__",
    "-",
    "_",
)
TEXTS = ("\x00", "\u202e\u2066", "🚀" * 50, "%", "_", '"', "'", "*", "(", "NEAR(a b)", "a" * 5000, "-", "AND", "^", "ï")
CURSORS = ("x", "a:b:c", "%00", "x" * 5000, ":::", "eyJhIjoxfQ:1:sig", "\u202e")


@pytest.mark.parametrize("content_id", IDS)
def test_a_made_up_id_is_missing(clients: dict[str, Client], content_id: str) -> None:
    for page in ("", "edit/", "history/", "versions/", "files/x/", "open/"):
        answer = clients[ANA.name].get(f"/content/{_quoted(content_id)}/{page}")
        assert answer.status_code in (301, 404), page
        assert "{{7*7}}" not in answer.content.decode()


def _quoted(content_id: str) -> str:
    return content_id.replace("#", "%23").replace("\n", "%0A").replace("\x00", "%00")


@pytest.mark.parametrize("address", ["/content/", "/content/mine/", "/content/review/", "/search/?q=deck", "history"])
@pytest.mark.parametrize("cursor", CURSORS)
def test_an_edited_cursor_is_refused_in_words(
    clients: dict[str, Client], shelf: Shelf, address: str, cursor: str
) -> None:
    if address == "history":
        address = f"/content/{shelf.items['Approved'].content_id}/history/"
    answer = clients[ANA.name].get(address, {"cursor": cursor, "q": "item"})
    assert answer.status_code == 400
    assert "Start again from the first page" in answer.content.decode()


def test_a_cursor_leads_only_where_it_was_made(clients: dict[str, Client]) -> None:
    for number in range(21):
        drafts.create(kind=Kind.LINK, fields=drafts.Fields(title=f"Paged {number:02}"), by=CARL)
    page = clients[CARL.name].get("/content/?status=Draft").content.decode()
    cursor = re.search(r"cursor=([^&\"]+)", page)[1]
    assert clients[CARL.name].get(f"/content/?cursor={cursor}").status_code == 200
    assert clients[ANA.name].get(f"/content/?cursor={cursor}").status_code == 400
    assert clients[CARL.name].get(f"/search/?q=paged&cursor={cursor}").status_code == 400
    assert clients[CARL.name].get(f"/content/mine/?cursor={cursor}").status_code == 400
    ours = signing.dumps({"anything": 1}, salt="cursor:elsewhere")
    assert clients[CARL.name].get(f"/content/?cursor={ours}").status_code == 400


@pytest.mark.parametrize("text", TEXTS)
def test_whatever_is_typed_into_a_search_gets_an_answer(clients: dict[str, Client], text: str) -> None:
    for page in ("/search/", "/search/suggest/", "/content/"):
        for name in ("q", "suite", "tag", "status", "owner", "type", "sort", "view", "kind"):
            assert clients[VERA.name].get(page, {name: text}).status_code == 200, (page, name)


@pytest.mark.parametrize("text", ["-1", "0", "1e9", "9" * 40, "", "²", "x", "\x00"])
def test_a_version_number_that_is_none_is_refused(clients: dict[str, Client], shelf: Shelf, text: str) -> None:
    item = f"/content/{shelf.items['Approved'].content_id}"
    assert clients[CARL.name].get(f"{item}/versions/compare/", {"a": text, "b": "1"}).status_code in (400, 404)
    assert clients[CARL.name].get(f"{item}/files/file1/", {"version": text}).status_code in (302, 404)
    assert clients[CARL.name].get(f"{item}/versions/{'9' * 40}/").status_code == 404


def test_owner_status_and_role_in_a_form_count_for_nothing(clients: dict[str, Client], shelf: Shelf) -> None:
    form = clients[CORA.name].get("/content/new/?kind=article").content.decode()
    ticket = re.search(r'name="ticket" value="([^"]+)"', form)[1]
    claims = {"status": "Approved", "owner_user_id": CARL.user_id, "by": ANA.user_id, "role": "Admin"}
    claims |= {"work_version": "9", "live_version": "1", "ever_approved": "1", "content_id": "mine", "rev": "7"}
    made = clients[CORA.name].post("/content/new/?kind=article", {"title": "Mine", "ticket": ticket} | claims)
    item = store.item_by_id(made.headers["Location"].split("/")[2])
    assert (item.owner_user_id, item.status, item.live_version) == (CORA.user_id, Status.DRAFT, None)
    clients[CORA.name].post("/accounts/preferences/", {"theme": "dark", "list_view": "rows"} | claims)
    assert clients[CORA.name].get("/content/review/").status_code == 403


@pytest.mark.parametrize("field", ["product_suite", "product", "product_concept", "tags"])
def test_only_options_of_the_right_group_can_be_chosen(clients: dict[str, Client], shelf: Shelf, field: str) -> None:
    kept = shelf.items["Draft"]
    address = f"/content/{kept.content_id}/edit/"
    answer = clients[CARL.name].post(address, {"title": "T", field: "made-up", "seen_rev": "1"})
    assert answer.status_code in (400, 409)
    shelf.expect_untouched(kept)


@pytest.mark.parametrize("key", ["work_version", "", "x" * 3000, "no-such-item", "a#b", "http://[", "//content/x/y"])
def test_a_replacement_that_is_none_is_refused(clients: dict[str, Client], shelf: Shelf, key: str) -> None:
    kept = shelf.items["Approved"]
    address = f"/content/{kept.content_id}/deprecate/"
    answer = clients[RITA.name].post(address, {"reason": "Old.", "replacement_id": key})
    assert answer.status_code == (303 if not key else 400)
    shelf.put_back(kept)


def test_a_hidden_item_cannot_be_named_as_replacement(clients: dict[str, Client], shelf: Shelf) -> None:
    kept, hidden = shelf.items["Approved"], shelf.items["Draft"]
    answers = [
        clients[RITA.name].post(f"/content/{kept.content_id}/deprecate/", {"reason": "Old.", "replacement_id": key})
        for key in (hidden.content_id, "01hidden000000000000000000")
    ]
    assert [answer.status_code for answer in answers] == [400, 400]
    texts = [re.sub(r"[0-9a-z]{26}|[\w-]{64}", "", answer.content.decode()) for answer in answers]
    assert texts[0] == texts[1]


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_a_method_cannot_be_overridden(clients: dict[str, Client], shelf: Shelf, header: str) -> None:
    kept = shelf.items["Approved"]
    for move in ("expire", "favourite", "delete"):
        clients[ANA.name].get(f"/content/{kept.content_id}/{move}/", {"_method": "POST"}, headers={header: "POST"})
    shelf.expect_untouched(kept)


@pytest.mark.parametrize("header", ["x-dev-user-id", "x-dev-role", "X-Forwarded-User", "Authorization"])
def test_nobody_is_signed_in_by_a_header(header: str, shared_cloud: object) -> None:
    answer = Client().get("/content/", headers={header: "Admin"})
    assert (answer.status_code, answer.headers["Location"][:16]) == (302, "/accounts/login/")


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        " //evil.example",
        "https://testserver@evil.example/",
        "\t//evil.example",
    ],
)
def test_after_signing_in_nobody_is_sent_elsewhere(clients: dict[str, Client], target: str) -> None:
    assert clients[VERA.name].get("/accounts/login/", {"next": target}).headers["Location"] == "/"
    assert target.strip() not in Client().get("/accounts/login/", {"next": target}).content.decode()
    answer = clients[VERA.name].post("/accounts/theme/", {"theme": "dark", "next": target})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("name", ["file-finish", "file-parts", "file-abort"])
def test_an_upload_ticket_serves_its_owner_and_its_item_alone(
    clients: dict[str, Client], shelf: Shelf, name: str
) -> None:
    ours, other = shelf.items["Draft"], shelf.items["NextDraft"]
    asked: dict[str, Any] = {"token": ours.ticket, "numbers": "1"}
    elsewhere = clients[CARL.name].post(reverse(f"content:{name}", args=[other.content_id]), asked)
    assert elsewhere.status_code == 403
    for token in (ours.ticket[:-1] + ("A" if ours.ticket[-1] != "A" else "B"), ours.ticket[1:], "", ours.folder_ticket):
        answer = clients[CARL.name].post(reverse(f"content:{name}", args=[ours.content_id]), asked | {"token": token})
        assert answer.status_code == 400 or (name == "file-abort" and token == ours.folder_ticket)
    shelf.expect_untouched(ours)


@pytest.mark.parametrize("key", ["content/other/source/a.pdf", "../a.pdf", "", "media/a.pdf", "content/", "a\x00.pdf"])
def test_a_key_of_another_item_is_never_attached(clients: dict[str, Client], shelf: Shelf, key: str) -> None:
    kept = shelf.items["Draft"]
    address = reverse("content:file-returned", args=[kept.content_id])
    answer = clients[CARL.name].get(address, {"token": kept.folder_ticket, "key": key})
    assert answer.status_code in (303, 400, 403)
    shelf.expect_untouched(kept)


def test_a_request_id_that_is_not_one_is_replaced(shared_cloud: object) -> None:
    for offered, kept in (
        ("a-good-request-id", True),
        ("x", False),
        ("bad id\r\nSet-Cookie: a", False),
        ("<b>" * 9, False),
    ):
        answer = Client().get("/health", headers={"X-Request-ID": offered})
        assert (answer.headers["X-Request-ID"] == offered) is kept


def test_an_oversized_form_is_refused_before_it_is_read(clients: dict[str, Client]) -> None:
    answer = clients[CARL.name].post("/content/new/?kind=article", {"title": "T", "body": "x" * 3_000_000})
    assert answer.status_code == 413
