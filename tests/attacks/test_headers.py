"""What every answer carries, and what no log line does."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from core.testing import ANA, CARL, CAST, VERA, sign_in
from portal.logs import JsonFormatter
from tests.attacks.routes import every_route
from tests.attacks.shelf import Shelf
from tests.attacks.table import AREAS, ITEMS, PAGES
from tests.attacks.test_matrix import ask, ask_page

EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = ("default-src 'none'", "script-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")


def every_answer(client: Client, shelf: Shelf, *methods: str) -> Iterator[tuple[str, HttpResponse]]:
    for method, route in PAGES:
        if method in methods and route != "accounts:logout":
            yield route, ask_page(client, method, route)
    for method, route in ITEMS:
        if method in methods:
            yield route, ask(client, method, route, shelf.items["Approved"])


def test_every_answer_carries_the_headers(clients: dict[str, Client], shelf: Shelf) -> None:
    for client in (clients[""], clients[VERA.name]):
        for route, answer in every_answer(client, shelf, "GET"):
            said = {name: answer.headers.get(name) for name in EXPECTED}
            assert said == EXPECTED, route
            policy = answer.headers["Content-Security-Policy"]
            assert all(part in policy for part in POLICY), route
            assert "unsafe" not in policy
            assert answer.headers["X-Request-ID"]
            assert "Server" not in answer.headers


def test_what_is_hers_is_kept_by_no_cache(clients: dict[str, Client], shelf: Shelf) -> None:
    for route, answer in every_answer(clients[CARL.name], shelf, "GET"):
        assert answer.headers["Cache-Control"] == "private, no-store", route


def test_every_change_wants_the_token_of_a_page(shelf: Shelf) -> None:
    client = sign_in(Client(enforce_csrf_checks=True), ANA)
    for route, answer in every_answer(client, shelf, "POST"):
        # Where no cookie counts, none can be abused: a token of a program, or a signed link in a mail.
        if not route.startswith("v1:") and route != "notifications:unsubscribe":
            assert answer.status_code == 403, route
    for route in AREAS & set(every_route()):
        address = reverse(route, kwargs=dict.fromkeys(every_route()[route], "made-up"))
        assert client.post(address).status_code == 403, route
    assert client.post("/accounts/logout/").status_code == 403
    shelf.expect_untouched(shelf.items["Approved"])


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_other_methods_do_nothing(shelf: Shelf, clients: dict[str, Client], method: str) -> None:
    kept = shelf.items["Approved"]
    for address in ("/", "/content/", f"/content/{kept.content_id}/", f"/content/{kept.content_id}/edit/", "/search/"):
        assert getattr(clients[ANA.name], method)(address).status_code == 405, address
    shelf.expect_untouched(kept)


def test_head_asks_as_get_does_and_changes_nothing(shelf: Shelf, clients: dict[str, Client]) -> None:
    kept, client = shelf.items["Draft"], clients[ANA.name]
    routes = {route for method, route in ITEMS if method == "GET" and "/" not in route}
    for route in sorted(routes & {name for name, parts in every_route().items() if parts == ("content_id",)}):
        address = reverse(route, args=[kept.content_id])
        got, headed = client.get(address), client.head(address)
        assert (headed.status_code, headed.getvalue()) == (got.status_code, b""), route
    assert client.head(reverse("content:discard", args=[kept.content_id])).status_code == 405
    shelf.expect_untouched(kept)


def test_no_log_line_names_anybody_or_anything(clients: dict[str, Client], shelf: Shelf) -> None:
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(JsonFormatter())
    logging.getLogger().addHandler(handler)
    try:
        for person in (VERA, CARL):
            for _ in every_answer(clients[person.name], shelf, "GET"):
                pass
            clients[person.name].get("/search/", {"q": "what-she-typed"})
    finally:
        logging.getLogger().removeHandler(handler)
    text = lines.getvalue()
    assert sum(json.loads(line)["message"] == "request" for line in text.splitlines()) > 50
    for secret in ("what-she-typed", "@", "Item Approved", shelf.items["Approved"].ticket):
        assert secret not in text
    for person in CAST:
        assert person.name not in text
        assert person.name.split()[0] not in text
        assert clients[person.name].cookies["portal_session"].value not in text
