"""Comments for programs: what is read, posted once, changed when it was seen, and removed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.services import ensure_profile, tokens
from content.api import comments as api
from content.models import ContentItem
from content.rules.comments import review_of
from content.services import comments, drafts
from content.store import comments as rows
from content.tests.factories import make_item
from core import clock
from core.api.testing import ApiClient, requests_of, settle
from core.testing import ANA, CARL, CAST, CORA, RITA, VERA

pytestmark = pytest.mark.usefixtures("api_keys")


@pytest.fixture
def item(cloud: object) -> ContentItem:
    for person in CAST:
        ensure_profile(by=person)
        settle(person)
    return make_item()


@pytest.fixture
def there(item: ContentItem) -> str:
    return f"content/{item.content_id}/comments"


def test_a_question_is_asked_answered_settled_and_read(there: str) -> None:
    asked = ApiClient(VERA).post(there, {"text": "Is it current?"})
    assert (asked.status_code, asked.json()["author_name"]) == (201, "Vera Viewer")
    assert asked.headers["Location"] == f"/v1/{there}/{asked.json()['comment_id']}"
    thread_id = asked.json()["comment_id"]
    ApiClient(CARL).post(there, {"text": "Yes.", "parent_id": thread_id})
    etag = ApiClient(CARL).get(f"{there}/{thread_id}").headers["ETag"]
    settled = ApiClient(CARL).post(f"{there}/{thread_id}/resolve", if_match=etag)
    assert settled.json()["resolved_by"] == CARL.user_id
    listed = ApiClient(CORA).get(there).json()
    assert [(one["text"], one["parent_id"]) for one in listed["items"]] == [
        ("Is it current?", None),
        ("Yes.", thread_id),
    ]
    assert listed["next_cursor"] is None


def test_a_change_wants_to_have_seen_what_it_changes(there: str) -> None:
    made = ApiClient(VERA).post(there, {"text": "Is it current?"})
    address, vera = f"{there}/{made.json()['comment_id']}", ApiClient(VERA)
    assert vera.patch(address, {"text": "x"}).status_code == 428
    mended = vera.patch(address, {"text": "Is it still current?"}, if_match=made.headers["ETag"])
    assert mended.status_code == 200 and mended.json()["edited_at"]
    for ask in (
        lambda: vera.patch(address, {"text": "Late."}, if_match=made.headers["ETag"]),
        lambda: vera.delete(address, if_match=made.headers["ETag"]),
        lambda: ApiClient(CARL).post(f"{address}/resolve", if_match=made.headers["ETag"]),
    ):
        assert ask().status_code == 412
    assert vera.delete(address, if_match=mended.headers["ETag"]).status_code == 204
    assert vera.get(address).status_code == 404


def test_what_is_sent_twice_with_its_key_is_posted_once(
    there: str, item: ContentItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, again = (ApiClient(VERA).post(there, {"text": "Is it current?"}, idempotency_key="k1") for _time in range(2))
    assert (first.status_code, again.status_code, again.headers["Idempotent-Replayed"]) == (201, 201, "true")
    assert first.json() == again.json()
    answer = {"text": "Yes.", "parent_id": first.json()["comment_id"]}
    monkeypatch.setattr("core.api.store.save_answered", lambda _record: None)  # as if it died before
    lost = ApiClient(CARL).post(there, answer, idempotency_key="k2")
    with clock.at(clock.now() + timedelta(minutes=2)):
        found = ApiClient(CARL).post(there, answer, idempotency_key="k2")
    assert (found.status_code, found.json()["comment_id"]) == (201, lost.json()["comment_id"])
    assert len(list(rows.every_comment_of(item.content_id))) == 2


@pytest.mark.parametrize(
    "body",
    [{}, {"text": ""}, {"text": " \n"}, {"text": "a" * 2001}, {"text": 1}, {"text": "x", "author_user_id": "sub-ana"},
     {"text": "x", "conversation": "both"}, b'{"text": "\\ud800"}', b'{"text": "\\u0000"}'],
)  # fmt: skip
def test_what_is_not_acceptable_is_said_and_nothing_posted(there: str, item: ContentItem, body: object) -> None:
    answer = ApiClient(VERA).post(there, body)
    assert answer.status_code in (400, 422), answer.content
    assert answer.json()["detail"]
    assert list(rows.every_comment_of(item.content_id)) == []


def test_a_review_is_for_those_who_make_and_judge_the_version(there: str, item: ContentItem) -> None:
    drafts.open_work(content_id=item.content_id, by=CARL)
    made = ApiClient(CARL).post(there, {"text": "Canary.", "conversation": "review"})
    assert (made.status_code, made.json()["version"]) == (201, 2)
    for person in (VERA, CORA, RITA):
        client = ApiClient(person)
        for query in ({}, {"conversation": "review"}, {"conversation": "review", "version": 2}, {"version": 2}):
            assert "Canary" not in client.get(there, query).content.decode()
        assert client.get(f"{there}/{made.json()['comment_id']}").status_code == 404
        assert client.post(there, {"text": "x", "conversation": "review"}).status_code == 404
    drafts.discard_work(content_id=item.content_id, by=CARL)
    assert ApiClient(RITA).get(there, {"conversation": "review", "version": 2}).status_code == 404
    assert len(ApiClient(CARL).get(there, {"conversation": "review", "version": 2}).json()["items"]) == 1


def test_an_admin_says_why(there: str) -> None:
    made = ApiClient(VERA).post(there, {"text": "Names a customer."})
    address, ana = f"{there}/{made.json()['comment_id']}", ApiClient(ANA)
    assert ana.delete(address, if_match=made.headers["ETag"]).status_code == 400
    assert ana.delete(f"{address}?reason=Confidential", if_match=made.headers["ETag"]).status_code == 204


def test_what_was_removed_and_answered_says_nothing_of_itself(there: str) -> None:
    made = ApiClient(VERA).post(there, {"text": "Canary?"})
    ApiClient(CARL).post(there, {"text": "Yes.", "parent_id": made.json()["comment_id"]})
    ApiClient(VERA).delete(f"{there}/{made.json()['comment_id']}", if_match=made.headers["ETag"])
    first = ApiClient(CORA).get(there).json()["items"][0]
    assert first["removed"] and not first["text"] and first["author_user_id"] is None and not first["author_name"]


def test_a_long_conversation_comes_page_by_page(there: str, item: ContentItem, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        with clock.at(clock.now() + timedelta(minutes=number)):
            comments.post(content_id=item.content_id, talk=api.rules.READERS, text=f"{number}", by=VERA)
    monkeypatch.setattr(api, "AT_ONCE", 2)
    vera, said, cursor = ApiClient(VERA), [], ""
    while cursor is not None:
        page = vera.get(there, {"cursor": cursor}).json()
        said += [one["text"] for one in page["items"]]
        cursor = page["next_cursor"]
    assert said == ["0", "1", "2", "3", "4"]


def test_a_viewers_token_may_comment_and_one_for_reading_may_not(there: str) -> None:
    def token(*scopes: str) -> ApiClient:
        return ApiClient(token=tokens.create(name="x", scopes=list(scopes), days=7, by=VERA).secret)

    assert token("comments:read", "comments:write").post(there, {"text": "Is it current?"}).status_code == 201
    assert token("comments:read").get(there).status_code == 200
    assert token("comments:read").post(there, {"text": "x"}).status_code == 403
    assert token("content:read").get(there).status_code == 403


def test_reading_makes_three_requests(there: str, item: ContentItem) -> None:
    comments.post(content_id=item.content_id, talk=api.rules.READERS, text="Is it current?", by=VERA)
    assert requests_of(ApiClient(VERA), there) == 3
    drafts.open_work(content_id=item.content_id, by=CARL)
    comments.post(content_id=item.content_id, talk=review_of(2), text="Look.", by=CARL)
    assert requests_of(ApiClient(CARL), f"{there}?conversation=review") == 3
