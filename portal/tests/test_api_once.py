"""Creating over `/v1`, with a key that makes sending it again harmless; and writing only what was seen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from bench.recording import recorded
from content import store
from content.enums import Status
from content.services import drafts
from content.tests.factories import make_item
from core import clock
from core.api.models import ApiRequest
from core.api.testing import ApiClient
from core.aws.alongside import taking_nothing_along
from core.errors import Unavailable
from core.testing import CARL, CORA

NEW = {"kind": "article", "title": "Preis „zu hoch“ 价格", "body": "Wert."}


pytestmark = pytest.mark.usefixtures("api_keys")


def _owned() -> int:
    return len(store.items_owned_by(CARL.user_id).items)


def _requests() -> list[ApiRequest]:
    return list(ApiRequest.scan())


def test_sent_twice_with_one_key_it_makes_one_thing_and_is_answered_alike(cloud):
    api = ApiClient(CARL)
    first = api.post("content", NEW, idempotency_key="one")
    again = api.post("content", NEW, idempotency_key="one")
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    for name in ("ETag", "Location", "Content-Type"):
        assert first.headers[name] == again.headers[name]
    assert (first.headers.get("Idempotent-Replayed"), again.headers["Idempotent-Replayed"]) == (None, "true")
    assert first.headers["Location"] == f"/v1/content/{first.json()['content_id']}"
    assert _owned() == 1


def test_the_answer_is_what_it_was_though_the_thing_has_changed(cloud):
    api = ApiClient(CARL)
    first = api.post("content", NEW, idempotency_key="one")
    drafts.delete(content_id=first.json()["content_id"], by=CARL)
    assert api.post("content", NEW, idempotency_key="one").content == first.content
    assert _owned() == 0


def test_what_is_kept_of_an_answer_cannot_be_read_in_the_table(cloud):
    ApiClient(CARL).post("content", NEW, idempotency_key="one")
    (kept,) = _requests()
    assert "Preis" not in str(kept.attribute_values)
    assert "one" not in kept.request_key


def test_the_key_of_another_request_is_refused(cloud):
    api = ApiClient(CARL)
    api.post("content", NEW, idempotency_key="one")
    answer = api.post("content", NEW | {"title": "Another"}, idempotency_key="one")
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert _owned() == 1


def test_a_key_belongs_to_its_person(cloud):
    ApiClient(CARL).post("content", NEW, idempotency_key="one")
    answer = ApiClient(CORA).post("content", NEW, idempotency_key="one")
    assert answer.status_code == 201
    assert "Idempotent-Replayed" not in answer.headers


def test_a_key_is_kept_for_a_day(cloud):
    api = ApiClient(CARL)
    with time_machine.travel(clock.now() - timedelta(hours=24, seconds=1)):
        drafts_before = ApiClient(token=ApiClient(CARL).token).post("content", NEW, idempotency_key="one")
    assert drafts_before.status_code == 201
    answer = api.post("content", NEW, idempotency_key="one")
    assert answer.status_code == 201
    assert "Idempotent-Replayed" not in answer.headers
    assert _owned() == 2


def test_what_was_refused_can_be_sent_again_with_its_key(cloud):
    api = ApiClient(CARL)
    assert api.post("content", NEW | {"title": " "}, idempotency_key="one").status_code == 400
    assert _requests() == []
    assert api.post("content", NEW, idempotency_key="one").status_code == 201


@pytest.mark.parametrize("key", ["with space", "é", "x" * 129, "tab\t"])
def test_a_key_that_could_be_misread_is_refused(cloud, key):
    assert ApiClient(CARL).post("content", NEW, idempotency_key=key).status_code in (400, 422)
    assert _owned() == 0


def test_of_two_at_once_one_makes_it_and_both_are_answered_alike(cloud, monkeypatch):
    """The second comes and goes while the first is on its way to its write."""
    api, inner, create = ApiClient(CARL), [], drafts.create

    def create_late(**given: Any) -> Any:
        if not inner:
            inner.append(None)
            with taking_nothing_along():
                inner.append(api.post("content", NEW, idempotency_key="one"))
        return create(**given)

    monkeypatch.setattr("content.services.drafts.create", create_late)
    outer = api.post("content", NEW, idempotency_key="one")
    assert (outer.status_code, outer.headers["Idempotent-Replayed"]) == (201, "true")
    assert outer.content == inner[1].content
    assert _owned() == 1


def test_an_answer_that_was_lost_with_its_process_is_read_again(cloud, monkeypatch):
    api = ApiClient(CARL)
    with monkeypatch.context() as dying:
        dying.setattr("core.api.store.save_answered", _dies)
        first = api.post("content", NEW, idempotency_key="one")
    assert api.post("content", NEW, idempotency_key="one").json()["code"] == "under_way"
    with time_machine.travel(clock.now() + timedelta(seconds=61)):
        again = api.post("content", NEW, idempotency_key="one")
    assert again.json()["content_id"] == first.json()["content_id"]
    assert again.headers["Location"] == first.headers["Location"]
    assert _owned() == 1
    assert api.post("content", NEW, idempotency_key="one").headers["Idempotent-Replayed"] == "true"


def test_where_the_write_fails_nothing_is_made_and_the_key_is_free(cloud, monkeypatch):
    api = ApiClient(CARL)
    with monkeypatch.context() as failing:
        failing.setattr("core.aws.records._write_together", _dies)
        assert api.post("content", NEW, idempotency_key="one").status_code == 503
    assert (_owned(), _requests()) == (0, [])
    assert api.post("content", NEW, idempotency_key="one").status_code == 201


def _dies(*_args: object, **_kwargs: object) -> None:
    raise Unavailable


def test_a_create_with_a_key_costs_two_requests_more(cloud):
    api, costs = ApiClient(CARL), []
    api.post("content", NEW)
    for headers in ({}, {"idempotency_key": "one"}):
        with recorded() as calls:
            api.post("content", NEW, **headers)
        costs.append(len(calls))
    assert costs[1] == costs[0] + 2


def test_a_write_says_which_version_it_has_seen(cloud):
    draft = make_item(Status.DRAFT)
    api = ApiClient(CARL)
    address = f"content/{draft.content_id}"
    for missing in ({}, {"if_match": ""}, {"if_match": "*"}):
        answer = api.delete(address, **missing)
        assert (answer.status_code, answer.json()["code"]) == (428, "precondition_required")
    seen = api.get(address).headers["ETag"]
    drafts.edit(content_id=draft.content_id, fields=drafts.Fields("Other"), seen_rev=1, by=CARL)
    for stale in (seen, "W/" + seen, '"made-up"', "unquoted", f'{seen}, "0000000000000000"'):
        answer = api.delete(address, if_match=stale)
        assert (answer.status_code, answer.json()["code"]) == (412, "changed_meanwhile")
    assert api.delete(address, if_match="W/" + api.get(address).headers["ETag"]).status_code == 204
    assert api.get(address).status_code == 404


def test_what_is_hidden_is_missing_whatever_version_is_named(cloud):
    draft = make_item(Status.DRAFT)
    api = ApiClient(CORA)
    hidden = api.delete(f"content/{draft.content_id}", if_match='"1-0000000000000000"')
    missing = api.delete("content/01hidden000000000000000000", if_match='"1-0000000000000000"')
    assert hidden.status_code == missing.status_code == 404
    assert hidden.json() | {"request_id": ""} == missing.json() | {"request_id": ""}


@pytest.mark.parametrize("field", ["user_id", "role", "status", "owner_user_id", "content_id", "titel"])
def test_a_field_that_is_not_taken_is_named(cloud, field):
    answer = ApiClient(CARL).post("content", NEW | {field: "x"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == f"body.{field}"


def test_a_parameter_or_a_body_that_is_not_taken_is_refused(cloud):
    api = ApiClient(CARL)
    assert api.get("content", {"titel": "x"}).json()["errors"][0]["field"] == "query.titel"
    assert api.delete("content/x", if_match='"1-0000000000000000"').status_code == 404
    answer = api.ask("DELETE", "content/x", {"user_id": "x"}, if_match='"1-0000000000000000"')
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "body")
