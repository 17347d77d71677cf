"""Every address, asked by every role, for an item in every state."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from content import store
from content.enums import Status
from content.store.comments import find_comment
from content.tests.factories import hash_in_review
from core.testing import ANA, CARL, CORA, RITA, VERA
from tests.attacks.learning_table import TABLES
from tests.attacks.notes import note
from tests.attacks.routes import every_route
from tests.attacks.shelf import STATES, Kept, Shelf
from tests.attacks.table import AREAS, ELSEWHERE, ITEMS, PAGES, PEOPLE

NOBODYS = "01hidden000000000000000000"
LETTERS = {200: "y", 201: "y", 204: "y", 400: "b", 401: "u", 403: "x", 404: ".", 405: "m", 409: "c"}
_COMMENTS = ("content:comment", "content:comment-remove", "content:comment-resolve")
_UNNAMED = {"missing": ("path",)}
_PARTS = {"path": "no/such/page/", "kind": "content", "group": "topic_tag", "token": "made:up"} | dict.fromkeys(
    ("job_id", "content_id", "token_id", "notification_id", "target"), NOBODYS
)
_SECRETS = re.compile(rb'value="[\w-]{64}"|"X-CSRFToken": "[^"]+"')


def test_every_route_has_its_row() -> None:
    known = {route.split("/")[0] for _, route in (*ITEMS, *PAGES)} | AREAS | set(ELSEWHERE)
    known |= {route for table in TABLES.values() for _, route in table.rows}
    programs = {route for route in every_route() if route.startswith("v1:")}  # see test_api.py
    assert set(every_route()) - known - programs == set()


@pytest.mark.parametrize("route", sorted(AREAS & set(every_route())))
def test_areas_are_closed_whatever_they_hold(clients: dict[str, Client], route: str) -> None:
    address = reverse(route, kwargs=dict.fromkeys(every_route()[route], "made-up"))
    for method in ("get", "post"):
        for person in (VERA, CORA, RITA):
            answer = getattr(clients[person.name], method)(address)
            refused = answer.status_code in (403, 405)
            told = {"method": method.upper(), "route": route, "state": "", "person": person, "own": False}
            note(**told, expected="x", got="x" if refused else letter_of(answer))
            assert refused, person.name
        assert letter_of(getattr(clients[""], method)(address)) == "s"
    answers = {getattr(clients[RITA.name], method)(address).status_code for method in ("get", "post")}
    assert 403 in answers


@pytest.mark.parametrize(("method", "route"), ITEMS, ids=[" ".join(row) for row in ITEMS])
def test_items_answer_as_the_table_says(clients: dict[str, Client], shelf: Shelf, method: str, route: str) -> None:
    missing = {
        person.name: ask(clients[person.name], method, route, shelf.items["Draft"], NOBODYS) for person in PEOPLE
    }
    found = []
    for state, expected in zip(STATES, ITEMS[method, route], strict=True):
        kept, got = shelf.items[state], dict.fromkeys(PEOPLE, "")
        done = [(person, letter) for person, letter in zip(PEOPLE, expected, strict=True) if letter in ">y"]
        for person, letter in [*(one for one in zip(PEOPLE, expected, strict=True) if one not in done), *done]:
            if method == "POST" and (person, letter) in done[:1]:
                shelf.expect_untouched(kept)  # by those who were refused
            answer = ask(clients[person.name], method, route, kept)
            got[person] = letter_of(answer)
            told = {"method": method, "route": route, "state": state, "person": person}
            note(**told, expected=letter, got=got[person], own=person is CARL)
            if letter == ".":
                assert_looks_missing(answer, missing[person.name])
            if method == "POST" and letter in ">y":
                shelf.put_back(kept)
        if not done:
            shelf.expect_untouched(kept)
        found.append("".join(got.values()))
    assert found == ITEMS[method, route]


@pytest.mark.parametrize(("method", "route"), ITEMS, ids=[" ".join(row) for row in ITEMS])
def test_items_want_a_sign_in(clients: dict[str, Client], shelf: Shelf, method: str, route: str) -> None:
    for content_id in ("", NOBODYS):
        answer = ask(clients[""], method, route, shelf.items["Approved"], content_id)
        assert (answer.status_code, letter_of(answer)) == (302, "s")
        assert answer.content == b""


@pytest.mark.parametrize(("method", "route"), PAGES, ids=[" ".join(row) for row in PAGES])
def test_pages_answer_as_the_table_says(shared_cloud: object, method: str, route: str) -> None:
    from core.testing import sign_in

    signed_out, expected = PAGES[method, route]
    assert letter_of(ask_page(Client(), method, route)) == signed_out
    found = ""
    for person, letter in zip(PEOPLE, expected, strict=True):
        found += letter_of(ask_page(sign_in(Client(), person), method, route))
        note(method=method, route=route, state="", person=person, expected=letter, got=found[-1], own=False)
    assert found == expected


def ask(client: Client, method: str, route: str, kept: Kept, content_id: str = "") -> HttpResponse:
    name, _, variant = route.partition("/")
    address = reverse(name, args=[content_id or kept.content_id, *_arguments(name, variant, kept)])
    if name == "content:comments" and variant:
        address += f"?of={variant}"
    send: Callable[..., Any] = client.get if method == "GET" else client.post
    return send(address, _values(name, variant, kept) if method == "POST" else _query(name, variant, kept))


def _arguments(name: str, variant: str, kept: Kept) -> list[Any]:
    if name in ("content:version", "content:restore-version"):
        return [int(variant)]
    if name in ("content:file", "content:file-remove", "content:file-up", "content:file-down"):
        return [kept.next_file_id if variant == "next" else kept.file_id]
    if name in _COMMENTS:
        return [kept.live_comment_id if variant == "live" else kept.comment_id]
    return [variant] if name == "content:move" else []


def _query(name: str, variant: str, kept: Kept) -> Mapping[str, str]:
    if name == "content:compare":
        return dict(zip("ab", variant.split("-"), strict=True))
    if name == "content:file-returned":
        return {"token": kept.folder_ticket, "key": f"content/{kept.content_id}/source/never-sent.pdf"}
    return {"of": variant} if name == "content:comments" and variant else {"version": "2"} if variant == "next" else {}


def _values(name: str, variant: str, kept: Kept) -> Mapping[str, Any]:
    if name == "content:edit":
        item = store.item_by_id(kept.content_id)
        rev = store.version_of(kept.content_id, int(item.work_version)).text_rev if item.work_version else 0
        return {"title": "Edited", "seen_rev": rev}
    if name == "content:judge":
        in_review = store.item_by_id(kept.content_id).work_status == Status.IN_REVIEW
        return {"seen_hash": hash_in_review(kept.content_id) if in_review else "0" * 64}
    if name == "content:comment":
        found = find_comment(kept.content_id, _arguments(name, variant, kept)[0])
        return {"text": "Mended.", "seen_rev": int(found.rev) if found else 1}
    return {
        "content:comments": {"text": "Is it current?"},
        "content:comment-remove": {"reason": "For the test."},
        "content:comment-resolve": {"resolved": "1"},
        "content:dates": {"review_every_days": 30},
        "content:favourite": {"on": "1"},
        "content:move": {"reason": "For the test."},
        "content:file-start": {"name": "b.pdf", "size": 9},
        "content:file-parts": {"token": kept.ticket, "numbers": "1"},
        "content:file-finish": {"token": kept.ticket},
        "content:file-abort": {"token": kept.ticket},
    }.get(name, {})


def ask_page(client: Client, method: str, route: str) -> HttpResponse:
    address = reverse(route, kwargs={name: _PARTS[name] for name in (every_route()[route] or _UNNAMED.get(route, ()))})
    if method == "GET":
        return client.get(address)
    if route == "content:new":
        form = client.get(address, {"kind": "article"}).content.decode()
        ticket = re.search(r'name="ticket" value="([^"]+)"', form)
        address, values = f"{address}?kind=article", {"title": "New", "ticket": ticket[1] if ticket else ""}
        return client.post(address, values)
    return client.post(address, {"theme": "dark", "list_view": "rows"})


def letter_of(answer: HttpResponse) -> str:
    if answer.status_code in (302, 303):
        signs_in = answer.headers["Location"].startswith("/accounts/login/?next=")
        return "s" if signs_in else ">"
    return LETTERS[answer.status_code]


def assert_looks_missing(hidden: HttpResponse, missing: HttpResponse) -> None:
    assert hidden.status_code == missing.status_code == 404
    assert _SECRETS.sub(b"", hidden.content) == _SECRETS.sub(b"", missing.content)
    ours, theirs = ({k: v for k, v in a.headers.items() if k != "X-Request-ID"} for a in (hidden, missing))
    assert ours == theirs


def test_the_table_knows_the_difference(clients: dict[str, Client], shelf: Shelf) -> None:
    """What an Admin sees is not what is missing: the comparison above can fail."""
    kept = shelf.items["Draft"]
    seen = ask(clients[ANA.name], "GET", "content:item", kept)
    with pytest.raises(AssertionError):
        assert_looks_missing(seen, ask(clients[ANA.name], "GET", "content:item", kept, NOBODYS))
