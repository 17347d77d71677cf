"""Items made, moved and retired by programs, as on their pages."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.tests.pool import Pool
from content import store
from content.enums import Status
from content.tests.factories import make_item, suite
from content.tests.samples import pdf
from core.api.testing import ApiClient
from core.testing import ANA, CARL, CORA, RITA, VERA

PDF = pdf()
pytestmark = pytest.mark.usefixtures("api_keys")


def write(api: ApiClient, method: str, address: str, body: Any = None, *, seen: str = "") -> Any:
    """With the version that the item has now, unless told which."""
    content_id = address.split("/")[1]
    etag = seen or api.get(f"content/{content_id}").headers["ETag"]
    answer = api.ask(method, address, body, if_match=etag)
    assert answer.status_code in (200, 204), answer.content
    return answer


@pytest.fixture
def draft(cloud: Any) -> str:
    return str(make_item(Status.DRAFT).content_id)


def test_an_item_goes_all_the_way(cloud):
    carl, rita = ApiClient(CARL), ApiClient(RITA)
    made = carl.post("content", {"kind": "article", "title": "Price", "product_suite": suite()})
    assert (made.status_code, made.json()["status"]) == (201, "Draft")
    address = made.headers["Location"].removeprefix("/v1/")

    draft = carl.get(f"{address}/draft")
    assert len(draft.json()["missing"]) == 2
    refused = carl.post(f"{address}/submit", if_match=draft.headers["ETag"])
    assert (refused.status_code, {one["field"] for one in refused.json()["errors"]}) == (400, {"summary", "body"})
    written = write(carl, "PATCH", f"{address}/draft", {"summary": "What to say.", "body": "Say *this*."})
    assert (written.json()["title"], written.json()["missing"]) == ("Price", [])
    submitted = write(carl, "POST", f"{address}/submit", seen=written.headers["ETag"])
    assert submitted.json()["status"] == "InReview"

    assert [one["title"] for one in rita.get("content/review").json()["items"]] == ["Price"]
    approved = write(rita, "POST", f"{address}/approve")
    assert approved.json()["status"] == "Approved"
    write(carl, "POST", f"{address}/verify", seen=approved.headers["ETag"])

    opened = carl.post(f"{address}/draft")
    assert (opened.status_code, opened.json()["version"]) == (200, 2)
    edited = write(carl, "PATCH", f"{address}/draft", {"title": "Price, again", "change_note": "Clearer."})
    assert ApiClient(VERA).get(address).json()["title"] == "Price"
    restored = write(carl, "POST", f"{address}/versions/1/restore", seen=edited.headers["ETag"])
    assert restored.json()["title"] == "Price"
    assert write(carl, "DELETE", f"{address}/draft").json()["work_version"] is None

    newer = make_item(title="Newer")
    deprecated = write(rita, "POST", f"{address}/deprecate", {"reason": "Old.", "replacement_id": newer.content_id})
    assert deprecated.json()["replacement_id"] == newer.content_id
    assert write(rita, "POST", f"{address}/restore").json()["status"] == "Approved"
    assert write(rita, "POST", f"{address}/expire", {"reason": "Over."}).json()["status"] == "Expired"
    assert write(rita, "POST", f"{address}/restore").status_code == 204  # a draft again, and Carl's
    told = [one["words"] for one in carl.get(f"{address}/history").json()["items"]]
    assert (told[-1], told[0]) == ("created the item", "restored it")


def test_what_was_sent_back_is_no_longer_the_approvers(cloud):
    item = make_item(Status.IN_REVIEW)
    rita = ApiClient(RITA)
    assert write(rita, "POST", f"content/{item.content_id}/request-changes", {"reason": "Shorter."}).status_code == 204
    assert rita.get(f"content/{item.content_id}").status_code == 404
    assert ApiClient(CARL).get(f"content/{item.content_id}/draft").json()["review_comment"] == "Shorter."


def test_what_was_changed_since_it_was_read_is_not_approved(cloud):
    item = make_item(Status.IN_REVIEW)
    carl, rita, address = ApiClient(CARL), ApiClient(RITA), f"content/{item.content_id}"
    seen = rita.get(address).headers["ETag"]
    write(carl, "POST", f"{address}/withdraw")
    write(carl, "PATCH", f"{address}/draft", {"body": "Something else."})
    write(carl, "POST", f"{address}/submit")
    answer = rita.post(f"{address}/approve", if_match=seen)
    assert (answer.status_code, answer.json()["code"]) == (412, "changed_meanwhile")
    assert rita.get(address).json()["status"] == "InReview"


def test_nobody_approves_her_own_but_an_admin_who_says_why(cloud):
    own = make_item(Status.IN_REVIEW, owner=RITA)
    address = f"content/{own.content_id}/approve"
    rita, ana = ApiClient(RITA), ApiClient(ANA)
    assert rita.post(address, if_match=rita.get(address[:-8]).headers["ETag"]).status_code == 403
    anas = make_item(Status.IN_REVIEW, owner=ANA)
    seen = ana.get(f"content/{anas.content_id}").headers["ETag"]
    assert ana.post(f"content/{anas.content_id}/approve", if_match=seen).status_code == 400
    said = {"reason": "Nobody else is here today."}
    assert write(ana, "POST", f"content/{anas.content_id}/approve", said).json()["status"] == "Approved"


def test_dates_are_moments_with_a_zone(draft):
    api, address = ApiClient(CARL), f"content/{draft}/dates"
    dates = {"go_live_at": "2031-01-01T09:00:00+02:00", "expire_at": None, "review_every_days": 30}
    answer = write(api, "PUT", address, dates)
    assert (answer.json()["go_live_at"], answer.json()["review_every_days"]) == ("2031-01-01T07:00:00Z", 30)
    for bad in ("2031-01-01T09:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", 1900000000, "soon"):
        assert api.put(address, dates | {"go_live_at": bad}, if_match=answer.headers["ETag"]).status_code == 422, bad


@pytest.mark.parametrize(
    "body",
    [{"product_suite": "made-up"}, {"tags": ["made-up"]}, {"product": "name:product:x"}, {"product_concept": ""}],
)
def test_an_option_that_is_none_is_refused(draft, body):
    api = ApiClient(CARL)
    seen = api.get(f"content/{draft}").headers["ETag"]
    answer = api.patch(f"content/{draft}/draft", body, if_match=seen)
    assert answer.status_code in (400, 422)
    assert next(iter(body)) in answer.json()["errors"][0]["field"]


def test_an_item_is_given_to_whoever_can_own_it(cloud, settings):
    item = make_item()
    pool = Pool(cloud("cognito-idp"))
    settings.COGNITO_USER_POOL_ID = pool.pool_id
    cora, vera = pool["cora"].user_id, pool["vera"].user_id
    rita, address = ApiClient(RITA), f"content/{item.content_id}"
    for bad in (vera, "made-up"):
        answer = rita.post(f"{address}/give", {"to_user_id": bad}, if_match=rita.get(address).headers["ETag"])
        assert answer.status_code == 400
    assert write(rita, "POST", f"{address}/give", {"to_user_id": cora}).json()["owner_user_id"] == cora
    carl = ApiClient(CARL)
    answer = carl.post(f"{address}/give", {"to_user_id": cora}, if_match=carl.get(address).headers["ETag"])
    assert answer.status_code == 403


def test_a_file_is_sent_to_s3_and_attached(cloud, draft):
    api, s3, address = ApiClient(CARL), cloud("s3"), f"content/{draft}"
    store.version_of(draft, 1)
    plan = api.post(f"{address}/upload-url", {"name": "Price list.pdf", "size": len(PDF)}).json()
    assert (plan["mime"], plan["parts"]) == ("application/pdf", 0)
    key = f"content/{draft}/source/{plan['name']}"
    sent = s3.put_object(Bucket="enablement-content", Key=key, Body=PDF, ContentType="application/pdf")
    for _twice in range(2):
        answer = api.post(f"{address}/attach", {"token": plan["token"], "s3_version": sent["VersionId"]})
        assert [(one["name"], one["size"]) for one in answer.json()["files"]] == [("Price list.pdf", len(PDF))]
    file_id = answer.json()["files"][0]["file_id"]
    assert key.replace(" ", "%20") in api.get(f"{address}/download-url", {"file_id": file_id}).json()["url"]
    assert ApiClient(CORA).get(f"{address}/download-url", {"file_id": file_id}).status_code == 404
    assert ApiClient(CORA).post(f"{address}/attach", {"token": plan["token"]}).status_code == 403
    assert api.post(f"{address}/draft/files/{file_id}/move", {"step": 1}).status_code == 200
    assert api.delete(f"{address}/draft/files/{file_id}").json()["files"] == []


def test_a_large_file_is_sent_in_parts(cloud, draft):
    api, address = ApiClient(CARL), f"content/{draft}/upload-url"
    plan = api.post(address, {"name": "film.mp4", "size": 200 * 1024 * 1024}).json()
    assert plan["parts"] * plan["part_size"] >= 200 * 1024 * 1024
    urls = api.post(f"{address}/parts", {"token": plan["token"], "numbers": [2, 1]}).json()["items"]
    assert [one["number"] for one in urls] == [1, 2]
    assert api.post(f"{address}/parts", {"token": plan["token"], "numbers": [9999]}).status_code == 400
    assert api.client.delete(f"/v1/{address}?token={plan['token']}", headers=api._headers({})).status_code == 204


def test_versions_are_read_and_compared(cloud):
    item = make_item(title="Price is too high")
    carl, address = ApiClient(CARL), f"content/{item.content_id}"
    carl.post(f"{address}/draft")
    write(carl, "PATCH", f"{address}/draft", {"title": "Price is fair"})
    assert [one["number"] for one in carl.get(f"{address}/versions").json()["items"]] == [2, 1]
    assert [one["number"] for one in ApiClient(VERA).get(f"{address}/versions").json()["items"]] == [1]
    assert ApiClient(VERA).get(f"{address}/versions/2").status_code == 404
    assert carl.get(f"{address}/versions/2").json()["about"]["state"] == "Draft"
    (change,) = carl.get(f"{address}/versions/compare", {"a": 2, "b": 1}).json()["items"]
    assert {piece["text"].strip() for piece in change["pieces"] if piece["how"] == "added"} == {"fair"}


def test_stars_are_given_and_taken(cloud):
    live, draft = make_item(title="Live"), make_item(Status.DRAFT)
    vera = ApiClient(VERA)
    assert vera.put(f"me/favourites/{live.content_id}").status_code == 204
    assert vera.put(f"me/favourites/{draft.content_id}").status_code == 404
    assert [one["title"] for one in vera.get("me/favourites").json()["starred"]] == ["Live"]
    assert vera.delete(f"me/favourites/{live.content_id}").status_code == 204
    assert vera.get("me/favourites").json()["starred"] == []


def test_a_link_to_the_item_is_listed_as_a_use(cloud):
    item = make_item(title="Used")
    make_item(title="Uses it", body=f"See [it](/content/{item.content_id}/).")
    assert [one["title"] for one in ApiClient(VERA).get(f"content/{item.content_id}/used-by").json()["items"]] == [
        "Uses it"
    ]
