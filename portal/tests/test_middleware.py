from __future__ import annotations

import json
import logging

import pytest
from django.test import Client

from core.testing import CARL, VERA, sign_in
from portal.logs import JsonFormatter

pytestmark = pytest.mark.urls("portal.tests.urls")


@pytest.mark.parametrize("offered", ["request-4711", "a.b_c-d8", "x" * 64])
def test_well_formed_request_id_is_kept(client, offered):
    assert client.get("/ok/", headers={"X-Request-ID": offered}).headers["X-Request-ID"] == offered


@pytest.mark.parametrize("offered", ["", "short", "x" * 65, "with space 1", "<script>1</script>", "ümläut-name"])
def test_other_request_ids_are_replaced(client, offered):
    answered = client.get("/ok/", headers={"X-Request-ID": offered}).headers["X-Request-ID"]

    assert answered != offered
    assert len(answered) == 26


def test_request_line_tells_the_pattern_and_the_cost_and_nothing_personal(cloud, client, caplog):
    sign_in(client, CARL)
    with caplog.at_level(logging.INFO, logger="portal.request"):
        client.get("/private/?email=carl@gravyty.com&q=secret-word", headers={"X-Request-ID": "request-4711"})

    (record,) = [record for record in caplog.records if record.name == "portal.request"]
    line = json.loads(JsonFormatter().format(record))
    assert line["route"] == "private"
    assert line["method"] == "GET"
    assert line["status"] == 200
    assert line["ms"] >= 0
    assert line["dynamodb_calls"] == 0
    assert "dynamodb_capacity" in line
    text = json.dumps(line)
    for personal in (CARL.name, "carl@", "secret-word", client.cookies["portal_session"].value):
        assert personal not in text


def test_request_line_counts_what_the_session_cost(cloud, client, caplog):
    from accounts.sessions import memory

    sign_in(client, CARL)
    memory.clear()
    with caplog.at_level(logging.INFO, logger="portal.request"):
        client.get("/private/")

    (record,) = [record for record in caplog.records if record.name == "portal.request"]
    assert record.dynamodb_calls == 1


def test_unknown_address_is_not_logged(client, caplog):
    with caplog.at_level(logging.INFO):
        client.get("/carl@gravyty.com/secret-word")

    formatted = [JsonFormatter().format(record) for record in caplog.records if record.name.startswith("portal")]
    assert formatted
    assert not any("secret-word" in line for line in formatted)


def test_log_line_carries_the_id_of_its_request():
    from core import context

    token = context.request_id.set("request-4711")
    record = logging.LogRecord("x", logging.INFO, "f", 1, "said", None, None)
    line = json.loads(JsonFormatter().format(record))
    context.request_id.reset(token)

    assert (line["message"], line["level"], line["request_id"]) == ("said", "INFO", "request-4711")


@pytest.mark.parametrize("path", ["/ok/", "/fails/hidden/", "/health", "/accounts/login/"])
def test_every_answer_carries_the_security_headers(client, path):
    headers = client.get(path).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "private, no-store"


def test_one_person_asking_too_much_is_slowed_and_others_are_not(cloud, settings):
    settings.RATE_LIMIT = "3/minute"
    client = sign_in(Client(), VERA)
    statuses = [client.get("/private/").status_code for _ in range(4)]
    refused = client.get("/private/")

    assert statuses == [200, 200, 200, 429]
    assert 1 <= int(refused.headers["Retry-After"]) <= 61
    assert sign_in(client, CARL).get("/private/").status_code == 200


def test_writes_have_a_limit_of_their_own(cloud, settings):
    settings.RATE_LIMIT_WRITES = "2/minute"
    client = sign_in(Client(), VERA)

    assert [client.post("/private/").status_code for _ in range(3)] == [200, 200, 429]
    assert client.get("/private/").status_code == 200


def test_sign_in_is_limited_by_address(cloud, settings):
    settings.RATE_LIMIT_SIGN_IN = "2/minute"
    client = Client()

    statuses = [client.get("/accounts/login/", REMOTE_ADDR="192.0.2.1").status_code for _ in range(3)]

    assert statuses == [200, 200, 429]
    assert client.get("/accounts/login/", REMOTE_ADDR="192.0.2.2").status_code == 200


def test_health_is_never_limited(settings):
    settings.RATE_LIMIT = "1/minute"
    client = Client()

    assert {client.get("/health").status_code for _ in range(3)} == {200}


def test_page_that_is_not_marked_public_asks_for_sign_in(cloud, client):
    assert client.get("/private/").status_code == 302
    assert sign_in(client, VERA).get("/private/").text == VERA.name


def test_forged_session_cookie_is_nobody(cloud, client):
    client.cookies["portal_session"] = "forged-but-long-enough-key"

    assert client.get("/private/").status_code == 302
