"""What programs do with somebody's notifications, held against what her pages say."""

from __future__ import annotations

import pytest

from accounts.services import ensure_profile
from content.enums import Status
from content.services import lifecycle
from content.tests.factories import make_item
from core import clock
from core.api.testing import ApiClient, requests_of
from core.events import Event
from core.testing import ANA, CARL, RITA, VERA
from core.testing_outbound import listening
from notifications import handlers, rules
from notifications.enums import Kind
from notifications.services import people

pytestmark = pytest.mark.usefixtures("api_keys", "cloud", "cast")


@pytest.fixture
def cast(monkeypatch):
    """Everybody of the cast can sign in."""
    known = {one.user_id: one for one in (ANA, CARL, RITA, VERA)}
    monkeypatch.setattr(people, "active_among", lambda ids: {one: known[one] for one in ids if one in known})


def tell(item, name: str = "content.approved", **props) -> None:
    handlers.tell(Event(name, item.content_id, RITA.user_id, {"version": 1, **props}))


@pytest.fixture
def item():
    return make_item(Status.APPROVED, title="Price is too high")


def test_what_she_follows_comes_and_is_read_once(item) -> None:
    api, target = ApiClient(VERA), f"content:{item.content_id}"
    assert api.get(f"subscriptions/{target}").status_code == 404
    assert [api.put(f"subscriptions/{target}").status_code for _ in range(2)] == [204, 204]
    (followed,) = api.get("subscriptions").json()["items"]
    assert followed == api.get(f"subscriptions/{target}").json()
    assert (followed["title"], followed["path"]) == ("Price is too high", f"/content/{item.content_id}/")

    tell(item)
    handlers.errands.turn()
    assert api.get("notifications/unread").json() == {"unread": 1}
    (told,) = api.get("notifications", {"unread": "true"}).json()["items"]
    assert (told["kind"], told["title"], told["is_unread"]) == ("published", "Price is too high", True)
    one = f"notifications/{told['notification_id']}"
    assert api.get(one).json() == told
    assert [api.put(f"{one}/read").status_code for _ in range(2)] == [204, 204]
    assert api.get("notifications/unread").json() == {"unread": 0}
    assert api.delete(f"{one}/read").status_code == 204
    assert api.post("notifications/read", {}).json() == {"marked": 1}
    assert api.get("notifications", {"unread": "true"}).json() == {"items": [], "next_cursor": None}
    assert api.get("notifications", {"kind": "assigned"}).json()["items"] == []
    assert api.delete(f"subscriptions/{target}").status_code == 204
    assert api.get("subscriptions").json()["items"] == []


def test_what_was_hidden_since_is_named_nowhere(item) -> None:
    api = ApiClient(VERA)
    api.put(f"subscriptions/content:{item.content_id}")
    tell(item)
    handlers.errands.turn()
    lifecycle.expire(content_id=item.content_id, reason="Gone.", by=RITA)
    for address in ("notifications", "subscriptions"):
        answer = api.get(address)
        assert "Price is too high" not in answer.content.decode()
        (row,) = answer.json()["items"]
        assert (row["title"], row["path"]) == ("No longer available to you", "")


def test_what_is_somebody_elses_does_not_exist(item) -> None:
    tell(item)
    (hers,) = ApiClient(CARL).get("notifications").json()["items"]
    other = ApiClient(VERA)
    for ask in (other.get, other.put, other.delete):
        address = f"notifications/{hers['notification_id']}" + ("" if ask == other.get else "/read")
        assert ask(address).status_code == 404
    assert ApiClient(CARL).get("notifications/unread").json() == {"unread": 1}


def test_until_when_she_has_seen_is_said_by_her(item) -> None:
    api = ApiClient(CARL)
    before = clock.iso(clock.now() - rules.WINDOW)
    tell(item)
    assert api.post("notifications/read", {"until": before}).json() == {"marked": 0}
    assert api.post("notifications/read", {"until": "yesterday"}).status_code == 422


def test_she_chooses_how_she_hears_of_each_kind() -> None:
    ensure_profile(by=VERA)
    api = ApiClient(VERA)
    changed = api.patch("notifications/preferences", {"kinds": [{"kind": "published", "way": "weekly"}]}).json()
    ways = {one["kind"]: one["way"] for one in changed["kinds"]}
    assert (ways["published"], set(ways)) == ("weekly", {kind.value for kind in Kind})
    kept = api.patch("notifications/preferences", {"kinds": [{"kind": "updated", "way": "nothing"}]}).json()
    ways = {one["kind"]: one["way"] for one in kept["kinds"]}
    assert (ways["published"], ways["updated"]) == ("weekly", "nothing")
    assert kept == api.get("notifications/preferences").json() | {"next_daily": kept["next_daily"]}


@pytest.mark.parametrize("way", ["inbox", "nothing"])
def test_what_must_be_told_cannot_be_switched_off_and_nothing_else_is_changed_with_it(way: str) -> None:
    ensure_profile(by=VERA)
    api = ApiClient(VERA)
    wanted = [{"kind": "due_soon", "way": "weekly"}, {"kind": "overdue", "way": way}]
    refused = api.patch("notifications/preferences", {"kinds": wanted})
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid")
    ways = {one["kind"]: one["way"] for one in api.get("notifications/preferences").json()["kinds"]}
    assert (ways["due_soon"], ways["overdue"]) == ("daily", "now")
    assert api.patch("notifications/preferences", {"kinds": [{"kind": "unheard_of", "way": way}]}).status_code == 422
    assert api.patch("notifications/preferences", {"kinds": []}).status_code == 422


@pytest.mark.parametrize(
    "target", ["content:01hidden000000000000000000", "content:", "else:1", "tag:none", "nothing", "a%23b"]
)
def test_what_is_not_there_cannot_be_followed(target: str) -> None:
    assert ApiClient(VERA).put(f"subscriptions/{target}").status_code == 404


def test_pages_of_the_inbox_cost_two_requests_however_long_it_is(item) -> None:
    api = ApiClient(CARL)
    tell(item)
    first = requests_of(api, "notifications")
    for number in range(10):
        tell(make_item(Status.APPROVED, title=f"Item {number}"))
    assert first == requests_of(api, "notifications") == 2


def test_an_admins_program_looks_after_slack_channels(settings, sealing_keys) -> None:
    api = ApiClient(ANA)
    with listening() as slack:
        settings.OUTBOUND_LOCAL_TARGETS = [slack.origin]
        new = {"name": "#enablement", "address": f"{slack.origin}/services/secret", "topics": ["library"]}
        made = api.post("admin/channels", new, idempotency_key="one")
        assert (made.status_code, made.json()["audience"]) == (201, "Viewer")
        assert api.post("admin/channels", new, idempotency_key="one").json() == made.json()
        assert "secret" not in made.content.decode()
        one = made.headers["Location"].removeprefix("/v1/")
        changed = api.put(one, {"name": "#all", "topics": ["learning"]}, if_match=made.headers["ETag"])
        assert (changed.json()["name"], changed.json()["topics"]) == ("#all", ["learning"])
        assert api.put(one, new, if_match=made.headers["ETag"]).status_code == 412
        assert api.post(f"{one}/test").status_code == 204
        assert [sent.path for sent in slack.sent] == ["/services/secret"]
        slack.status = 404
        refused = api.post(f"{one}/test")
        assert refused.status_code == 403 and "404" in refused.json()["detail"]
    assert [found["name"] for found in api.get("admin/channels").json()["items"]] == ["#all"]
    for_all = api.post("admin/channels", new | {"topics": ["review"], "address": "https://127.0.0.1/x"})
    assert {one["field"].rpartition(".")[2] for one in for_all.json()["errors"]} == {"address", "audience"}
    assert api.delete(one).status_code == 204
    assert api.get(one).status_code == 404
