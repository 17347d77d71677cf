"""Slack channels: what is written there, for whom, and where nothing ever is."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.store import audit_of_target
from content.enums import Status
from content.tests.factories import make_item
from core.errors import Invalid, NotFound, Refused
from core.events import Event
from core.testing import ANA, CARL, RITA, sign_in
from core.testing_outbound import listening
from notifications.delivery.channels import rules, sending, services, store
from notifications.delivery.jobs import into_channels

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.fixture
def slack(cloud, settings, sealing_keys):
    with listening() as listener:
        settings.OUTBOUND_LOCAL_TARGETS = [listener.origin]
        yield listener


def add(slack, *topics: str, audience: Role = Role.VIEWER, number: int = 1):
    return services.create(
        name=f"#enablement {number}",
        address=f"{slack.origin}/services/T0/B0/secret",
        topics=topics or ("library",),
        audience=audience,
        by=ANA,
        channel_id=f"channel-{number}",
    )


def tell(name: str, thing_id: str, event_id: str = "event-1") -> None:
    sending.hear(Event(name, thing_id, CARL.user_id, event_id=event_id))


def test_what_goes_live_is_written_once_with_a_way_to_it(slack):
    add(slack)
    item = make_item(Status.APPROVED)
    for _again in range(2):
        tell("content.approved", item.content_id)
    assert into_channels(NOW + timedelta(days=400)) == "1 sent"
    (sent,) = slack.sent
    assert sent.path == "/services/T0/B0/secret"
    body = json.loads(sent.body)
    assert body["text"] == "In the library now: Price is too high"
    assert body["blocks"][1]["accessory"]["url"].endswith(f"/content/{item.content_id}/")


def test_approvers_hear_of_what_waits_for_review_and_others_cannot_be_told(slack):
    add(slack, "review", audience=Role.APPROVER)
    tell("content.submitted", make_item(Status.IN_REVIEW).content_id)
    assert into_channels(NOW + timedelta(days=400)) == "1 sent"
    with pytest.raises(Invalid):
        add(slack, "review", "library", number=2)


def test_what_was_hidden_meanwhile_or_is_gone_is_not_named_there(slack):
    add(slack)
    tell("content.approved", make_item(Status.IN_REVIEW).content_id)
    tell("content.went_live", "no-such-item", "event-2")
    assert into_channels(NOW + timedelta(days=400)) == "2 empty"
    assert slack.sent == []


def test_only_what_a_channel_wants_is_written_there(slack):
    add(slack, "learning")
    for name in ("content.approved", "content.viewed", "content.submitted", "course.completed"):
        tell(name, "anything", name)
    assert into_channels(NOW + timedelta(days=400)) == "0 sent"


def test_what_people_wrote_calls_nobody_and_links_nowhere():
    title = "<!channel> *all* <https://evil.example|click> & more\n\n" + "x" * 500
    message = rules.message("Says", title, "https://portal.example/content/1/", "Open")
    assert "<" not in message["text"] and "&lt;!channel&gt;" in message["text"]
    assert {block["type"]: (block.get("text") or block["elements"][0])["type"] for block in message["blocks"]} == {
        "context": "plain_text",
        "section": "plain_text",
    }
    assert len(message["blocks"][1]["text"]["text"]) <= rules.MAX_TITLE


def test_what_could_not_be_written_is_tried_again_later_and_then_not_again(slack):
    add(slack)
    tell("content.approved", make_item(Status.APPROVED).content_id)
    slack.status, now = 503, NOW + timedelta(days=400)
    assert into_channels(now) == "1 waiting"
    assert into_channels(now + timedelta(seconds=20)) == "0 sent"
    slack.status = 200
    assert into_channels(now + timedelta(seconds=60)) == "1 sent"
    assert into_channels(now + timedelta(days=1)) == "0 sent"
    assert len(slack.sent) == 2


def test_it_is_given_up_in_the_end(slack):
    add(slack)
    tell("content.approved", make_item(Status.APPROVED).content_id)
    slack.status, now, said = 500, NOW + timedelta(days=400), []
    for _ in range(9):
        said.append(into_channels(now))
        now += timedelta(hours=24)
    assert said == ["1 waiting"] * 7 + ["1 refused", "0 sent"]


def test_slack_says_how_long_it_wants_to_be_left_alone(slack):
    add(slack)
    tell("content.approved", make_item(Status.APPROVED).content_id)
    slack.status, slack.headers, now = 429, {"Retry-After": "600"}, NOW + timedelta(days=400)
    assert into_channels(now) == "1 waiting"
    assert into_channels(now + timedelta(seconds=590)) == "0 sent"
    assert into_channels(now + timedelta(seconds=610)) == "1 waiting"


def test_an_address_that_leads_nowhere_is_switched_off_until_it_is_given_anew(slack):
    channel = add(slack)
    item = make_item(Status.APPROVED)
    tell("content.approved", item.content_id)
    slack.status = 404
    assert into_channels(NOW + timedelta(days=400)) == "1 refused"
    assert not store.channel_by_id(channel.channel_id).active
    tell("content.approved", item.content_id, "event-2")
    assert into_channels(NOW + timedelta(days=400)) == "0 sent"
    kept = {"name": "#enablement", "address": "", "topics": ["library"], "audience": Role.VIEWER}
    services.change(channel_id=channel.channel_id, **kept, by=ANA)
    assert store.channel_by_id(channel.channel_id).active
    actions = [entry.action for entry in audit_of_target(f"channel:{channel.channel_id}").items]
    assert actions == ["channel.changed", "channel.switched_off", "channel.created"]


@pytest.mark.parametrize(
    "address",
    [
        "http://hooks.slack.com/x",
        "https://127.0.0.1/x",
        "https://10.0.0.1/x",
        "https://localhost/x",
        "ftp://a.b",
        "",
        "x",
    ],
)
def test_private_and_odd_addresses_are_refused(slack, address):
    kept = {"name": "#enablement", "topics": ["library"], "audience": Role.VIEWER, "channel_id": "one"}
    with pytest.raises(Invalid) as refusal:
        services.create(**kept, address=address, by=ANA)
    assert "address" in refusal.value.fields


def test_the_address_is_kept_sealed_and_never_shown(slack, cloud):
    channel = add(slack)
    client = sign_in(Client(), ANA)
    pages = [
        client.get(path).content.decode() for path in ("/notifications/channels/", "/notifications/channels/channel-1/")
    ]
    rows = str(cloud("dynamodb").scan(TableName="mailings")["Items"])
    audit = str([entry.attribute_values for entry in audit_of_target("channel:channel-1").items])
    assert "secret" not in "".join(pages) + rows + audit
    assert channel.host in pages[0]


def test_only_admins_look_after_channels(slack):
    add(slack)
    with pytest.raises(Refused):
        services.test(channel_id="channel-1", by=RITA)
    client = sign_in(Client(), RITA)
    assert client.get("/notifications/channels/").status_code == 403
    assert client.post("/notifications/channels/channel-1/delete/").status_code == 403


def test_an_admin_adds_changes_tries_and_deletes_one(slack):
    client = sign_in(Client(), ANA)
    ticket = client.get("/notifications/channels/new/").context["ticket"]
    values = {
        "name": "#news",
        "topics": ["library"],
        "audience": "Viewer",
        "address": f"{slack.origin}/x",
        "ticket": ticket,
    }
    assert client.post("/notifications/channels/new/", values).status_code == 303
    assert client.post("/notifications/channels/new/", values).status_code == 409
    (channel,) = store.all_channels()
    place = f"/notifications/channels/{channel.channel_id}/"
    changed = {**values, "name": "#other", "address": "", "seen_rev": channel.rev}
    assert client.post(place, changed).status_code == 303
    assert client.post(place, changed).status_code == 409
    assert client.post(f"{place}test/").status_code == 303
    assert "It works" in slack.sent[0].body.decode()
    slack.status = 500
    assert client.post(f"{place}test/").headers["Location"] == place
    assert "Nothing was written. It answered with 500. Check the address." in client.get(place).content.decode()
    assert client.post(f"{place}delete/").status_code == 303
    with pytest.raises(NotFound):
        store.channel_by_id(channel.channel_id)
