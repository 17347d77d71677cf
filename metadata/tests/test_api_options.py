"""Options kept in order by programs, as by the pages of Admins."""

from __future__ import annotations

from typing import Any

import pytest

from core.api.testing import ApiClient
from core.testing import ANA, RITA, VERA

pytestmark = pytest.mark.usefixtures("api_keys")
TAGS = "metadata/topic_tag/options"


def make(label: str, group: str = "topic_tag", **more: Any) -> str:
    answer = ApiClient(ANA).post(f"metadata/{group}/options", {"label": label, **more})
    assert answer.status_code == 201, answer.content
    return str(answer.json()["option_id"])


def write(method: str, address: str, body: Any = None) -> Any:
    ana = ApiClient(ANA)
    thing = "/".join(address.split("/")[:4])
    return ana.ask(method, address, body, if_match=ana.get(thing).headers["ETag"])


def labels(address: str = TAGS) -> list[str]:
    return [one["label"] for one in ApiClient(VERA).get(address).json()["items"]]


def test_an_option_is_made_renamed_and_read_by_everybody(cloud):
    suite = make("Advancement", "product_suite", color="teal")
    product = make("Annual giving", "product", parent_id=suite)
    read = ApiClient(VERA).get(f"metadata/product/options/{product}")
    assert (read.json()["parent_id"], read.json()["slug"]) == (suite, "annual-giving")
    renamed = write("PATCH", f"metadata/product/options/{product}", {"label": "Giving days"})
    assert (renamed.json()["label"], renamed.json()["parent_id"]) == ("Giving days", suite)
    assert renamed.headers["ETag"] != read.headers["ETag"]
    assert labels("metadata/product/options") == ["Giving days"]
    assert ApiClient(VERA).get(f"{TAGS}/{product}").status_code == 404  # it is of another group


def test_what_was_changed_meanwhile_is_not_overwritten(cloud):
    tag = make("Price")
    ana = ApiClient(ANA)
    seen = ana.get(f"{TAGS}/{tag}").headers["ETag"]
    write("PATCH", f"{TAGS}/{tag}", {"label": "Pricing"})
    for method, address, body in (
        ("PATCH", "", {"label": "Cost"}),
        ("POST", "/archive", None),
        ("POST", "/restore", None),
        ("DELETE", "", None),
    ):
        assert ana.ask(method, f"{TAGS}/{tag}{address}", body, if_match=seen).status_code == 412
        assert ana.ask(method, f"{TAGS}/{tag}{address}", body).status_code == 428
    assert labels() == ["Pricing"]


def test_a_name_is_given_once(cloud):
    make("Renewal")
    answer = ApiClient(ANA).post(TAGS, {"label": "  renewal "})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "label")
    again = [ApiClient(ANA).post(TAGS, {"label": "Upsell"}, idempotency_key="one") for _ in range(2)]
    assert again[0].content == again[1].content
    assert labels() == ["Renewal", "Upsell"]


def test_options_are_put_in_order_archived_and_deleted(cloud):
    first, second = make("A"), make("B")
    assert ApiClient(ANA).post(f"{TAGS}/{second}/place", {"before_id": first}).status_code == 200
    assert labels() == ["B", "A"]
    assert write("POST", f"{TAGS}/{first}/archive").json()["is_archived"] is True
    assert write("POST", f"{TAGS}/{first}/restore").json()["is_archived"] is False
    uses = ApiClient(ANA).get(f"{TAGS}/{first}/uses").json()
    assert (uses["everywhere"], uses["cannot_delete"]) == (0, "")
    assert write("DELETE", f"{TAGS}/{first}").status_code == 204
    assert labels() == ["B"]


def test_a_merge_is_looked_at_done_and_undone(cloud):
    source, target = make("Churn"), make("Retention")
    ana = ApiClient(ANA)
    assert ana.get(f"{TAGS}/{source}/merge", {"into": target}).json()["refused"] == ""
    for into in (source, "made-up"):
        assert write("POST", f"{TAGS}/{source}/merge", {"into": into}).status_code == 400
    job = write("POST", f"{TAGS}/{source}/merge", {"into": target}).json()
    assert labels() == ["Retention"]
    assert [one["job_id"] for one in ana.get("metadata/merges").json()["items"]] == [job["job_id"]]
    assert ana.post(f"metadata/merges/{job['job_id']}/continue").json()["is_finished"] is True
    assert ana.post(f"metadata/merges/{job['job_id']}/undo").json()["is_undone"] is True
    assert sorted(labels()) == ["Churn", "Retention"]


def test_only_admins_change_anything(cloud):
    tag, other = make("Price"), make("Cost")
    rita = ApiClient(RITA)
    seen = rita.get(f"{TAGS}/{tag}").headers["ETag"]
    asked = [
        rita.post(TAGS, {"label": "New"}),
        rita.patch(f"{TAGS}/{tag}", {"label": "New"}, if_match=seen),
        rita.post(f"{TAGS}/{tag}/archive", if_match=seen),
        rita.post(f"{TAGS}/{tag}/restore", if_match=seen),
        rita.post(f"{TAGS}/{tag}/place", {"before_id": None}),
        rita.delete(f"{TAGS}/{tag}", if_match=seen),
        rita.get(f"{TAGS}/{tag}/uses"),
        rita.get(f"{TAGS}/{tag}/merge", {"into": other}),
        rita.post(f"{TAGS}/{tag}/merge", {"into": other}, if_match=seen),
        rita.get("metadata/merges"),
        rita.post("metadata/merges/made-up/continue"),
        rita.post("metadata/merges/made-up/undo"),
    ]
    assert {answer.status_code for answer in asked} == {403}
    assert labels() == ["Price", "Cost"]
