from __future__ import annotations

import json

import pytest

from core.errors import Unavailable
from core.testing import VERA, as_htmx, sign_in
from portal.tests.urls import FAILURES

pytestmark = pytest.mark.urls("portal.tests.urls")


@pytest.mark.parametrize(("name", "status"), [(name, status) for name, (_, status) in FAILURES.items()])
def test_expected_failure_is_a_designed_page_that_tells_no_secret(client, name, status):
    response = client.get(f"/fails/{name}/")

    assert response.status_code == status
    assert "<h1>" in response.text
    assert "Go to the home page" in response.text
    assert "secret" not in response.text
    assert response.headers["Cache-Control"] == "private, no-store"


def test_message_for_the_person_is_kept(client):
    assert "Rita approved this a minute ago." in client.get("/fails/stale/").text
    assert "A title is needed." in client.get("/fails/invalid/").text


def test_bug_is_a_calm_page(client):
    client.raise_request_exception = False

    response = client.get("/fails/bug/")

    assert response.status_code == 500
    assert "Something went wrong" in response.text
    assert "secret" not in response.text


def test_even_without_templates_there_is_a_sentence(client, settings, monkeypatch):
    monkeypatch.setattr("core.answers.render_to_string", lambda *_, **__: 1 / 0)

    response = client.get("/fails/unavailable/")

    assert response.status_code == 503
    assert "not answering" in response.text


@pytest.mark.parametrize("debug", [False, True])
def test_hidden_missing_and_unknown_addresses_answer_the_same_bytes(client, settings, debug):
    settings.DEBUG = debug
    answers = [client.get(path) for path in ("/fails/hidden/", "/fails/missing/", "/nowhere/at/all", "/x.php?a=<b>")]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_hidden_and_missing_are_the_same_for_a_signed_in_person_too(cloud, client):
    sign_in(client, VERA)

    assert client.get("/fails/hidden/").content == client.get("/fails/missing/").content == client.get("/no").content


def test_body_has_neither_path_nor_request_id(client):
    response = client.get("/no-such-page/", headers={"X-Request-ID": "request-4711"})

    assert "no-such-page" not in response.text
    assert "request-4711" not in response.text
    assert response.headers["X-Request-ID"] == "request-4711"


def test_address_without_its_slash_is_led_to_the_page(client):
    response = client.get("/ok?a=1")

    assert (response.status_code, response.headers["Location"]) == (301, "/ok/?a=1")


def test_htmx_gets_a_toast_for_the_toast_region(client):
    response = client.get("/fails/stale/", headers=as_htmx())

    assert response.status_code == 409
    assert response.headers["HX-Retarget"] == "#toasts"
    assert "<html" not in response.text
    assert "Rita approved this" in response.text


def test_boosted_htmx_gets_the_page(client):
    response = client.get("/fails/stale/", headers=as_htmx(**{"HX-Boosted": "true"}))

    assert "<html" in response.text
    assert "HX-Retarget" not in response.headers


def test_program_gets_json(client):
    response = client.get("/fails/refused/", headers={"Accept": "application/json"})

    assert (response.status_code, json.loads(response.text)) == (403, {"error": "Only an Approver may do this."})


def test_too_many_says_when_to_come_back(client):
    assert client.get("/fails/many/").headers["Retry-After"] == "7"


def test_error_text_is_escaped(client, monkeypatch):
    monkeypatch.setattr(FAILURES["refused"][0], "message", "<script>alert(1)</script>")

    assert "<script>alert" not in client.get("/fails/refused/").text


def test_form_without_its_token_is_told_in_plain_words(settings):
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/ok/")

    assert response.status_code == 403
    assert "open for too long" in response.text


def test_store_that_fails_while_the_session_is_read_is_a_page(cloud, client, monkeypatch):
    sign_in(client, VERA)
    from accounts import store
    from accounts.sessions import memory

    memory.clear()

    def fails(*args, **kwargs):
        raise Unavailable

    monkeypatch.setattr(store, "session_by_key", fails)

    assert client.get("/private/").status_code == 503


def test_store_that_fails_while_the_session_is_saved_is_a_page(cloud, client, monkeypatch):
    sign_in(client, VERA)
    client.raise_request_exception = False
    from accounts import store

    def fails(*args, **kwargs):
        raise Unavailable

    monkeypatch.setattr(store, "update_session", fails)
    response = client.post("/accounts/theme/", {"theme": "dark", "next": "/private/"})

    assert response.status_code == 503
    assert "not answering" in response.text


def test_even_without_templates_a_sentence_comes_out_and_stays_text(client, monkeypatch):
    from core import answers

    def fails(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(answers, "render_to_string", fails)
    monkeypatch.setattr(answers, "gettext", lambda _: "<script>alert(1)</script>")
    text = client.get("/fails/stale/").text

    assert "&lt;script&gt;" in text
    assert "<script>" not in text


@pytest.mark.urls("portal.urls")
def test_an_address_for_a_button_says_so_when_it_is_opened(client, cloud):
    answer = sign_in(client, VERA).get("/notifications/read/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "Nothing was changed" in answer.content.decode()
