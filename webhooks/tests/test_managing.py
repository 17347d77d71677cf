from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings as portal_settings

from accounts.store import audit_of_target
from core import clock, events, outbound
from core.aws import parameters
from core.aws.clients import client
from core.aws.local.provision.parameters import new_sealing_key
from core.errors import Invalid, NotFound, Refused, Stale, Unavailable
from core.ids import new_id
from core.outbound import NotSent
from core.testing import ANA, CARL, RITA, VERA
from webhooks import sealing, store
from webhooks.enums import State
from webhooks.rules.catalogue import CATALOGUE, PATTERNS, tidied, wants
from webhooks.services import delivering, managing, sending


@pytest.mark.parametrize("by", [VERA, CARL, RITA])
def test_only_admins_touch_webhooks(make, by):
    webhook_id = make().webhook.webhook_id
    with pytest.raises(Refused):
        make(by=by)
    for verb in (managing.pause, managing.resume, managing.rotate, managing.delete, managing.test):
        with pytest.raises(Refused):
            verb(webhook_id=webhook_id, by=by)
    with pytest.raises(Refused):
        managing.change(webhook_id=webhook_id, name="x", url="https://a.example", patterns=["team.*"], by=by)
    with pytest.raises(Refused):
        delivering.replay_failed(webhook_id=webhook_id, since=clock.now(), by=by)
    assert store.webhook_by_id(webhook_id).rev == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"url": "http://example.com/"}, "url"),
        ({"url": "https://127.0.0.1/"}, "url"),
        ({"url": "https://inside.example/"}, "url"),
        ({"patterns": ()}, "patterns"),
        ({"patterns": ("*",)}, "patterns"),
        ({"patterns": ("content.*", "content.[a-z]*")}, "patterns"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(make, monkeypatch, changes, field):
    monkeypatch.setattr(outbound, "look_up", lambda _host, _port: ["10.0.0.7"])
    with pytest.raises(Invalid) as refused:
        make(**changes)
    assert set(refused.value.fields) == {field}
    assert store.all_webhooks() == []


def test_a_name_that_nobody_knows_yet_is_no_hindrance(make, monkeypatch):
    def nobody(_host, _port):
        raise NotSent

    monkeypatch.setattr(outbound, "look_up", nobody)
    assert make(url="https://soon.example").webhook.url == "https://soon.example/"


def test_a_form_that_is_sent_twice_makes_one(make):
    webhook_id = new_id()
    make(webhook_id=webhook_id)
    with pytest.raises(Stale, match="made already"):
        make(webhook_id=webhook_id)
    assert len(store.all_webhooks()) == 1


def test_there_can_be_twenty(make):
    for _ in range(store.MOST_WEBHOOKS):
        make()
    with pytest.raises(Refused, match="20"):
        make()


def test_secrets_are_kept_sealed_and_noted_nowhere(make, monkeypatch):
    heard = []
    monkeypatch.setattr(events, "_listeners", [])
    events.listens_to("webhook.*")(heard.append)
    made = make(path="/services/T0/B0/as-good-as-a-key")
    fresh = managing.rotate(webhook_id=made.webhook.webhook_id, by=ANA)
    managing.change(
        webhook_id=made.webhook.webhook_id, name="x", url=made.webhook.url + "2", patterns=["team.*"], by=ANA
    )
    kept = store.webhook_by_id(made.webhook.webhook_id)
    noted = audit_of_target(f"webhook:{kept.webhook_id}").items
    everything = str([one.attribute_values for one in noted] + [one.to_json() for one in heard])
    for secret in (made.secret, fresh.secret):
        assert secret not in str(kept.attribute_values) + everything
    assert "as-good-as-a-key" not in everything and "127.0.0.1" in everything
    assert sealing.unseal(kept.secret) == fresh.secret and sealing.unseal(kept.previous_secret) == made.secret
    assert [one.action for one in noted] == ["webhook.changed", "webhook.secret_rotated", "webhook.created"]


def test_sealing_keys_can_be_changed(make):
    made = make()
    name = portal_settings.WEBHOOK_SEALING_KEYS_PARAMETER
    before = parameters.parameter(name)

    def put(value):
        client("ssm").put_parameter(Name=name, Value=value, Type="SecureString", Overwrite=True)
        parameters.forget()

    put(f"{new_sealing_key()}\n{before}")
    assert sealing.unseal(made.webhook.secret) == made.secret
    put(new_sealing_key())
    assert sealing.unseal(made.webhook.secret) is None
    put("not-configured")
    with pytest.raises(Unavailable):
        sealing.unseal(made.webhook.secret)


def test_two_admins_do_not_overwrite_each_other(make):
    webhook_id = make().webhook.webhook_id
    managing.pause(webhook_id=webhook_id, by=ANA, seen_rev=1)
    for verb in (managing.pause, managing.resume, managing.rotate, managing.delete):
        with pytest.raises(Stale):
            verb(webhook_id=webhook_id, by=ANA, seen_rev=1)
    assert store.webhook_by_id(webhook_id).state == State.PAUSED


def test_a_webhook_that_is_deleted_is_gone_with_what_waits(make, listener):
    webhook_id = make().webhook.webhook_id
    managing.test(webhook_id=webhook_id, by=ANA)
    managing.delete(webhook_id=webhook_id, by=ANA)
    assert sending.send_due() == 0 and sending.serve(webhook_id) == 0 and listener.sent == []
    with pytest.raises(NotFound):
        managing.test(webhook_id=webhook_id, by=ANA)


def test_a_test_is_refused_while_nothing_is_sent(make):
    webhook_id = make().webhook.webhook_id
    managing.pause(webhook_id=webhook_id, by=ANA)
    with pytest.raises(Refused, match="go on"):
        managing.test(webhook_id=webhook_id, by=ANA)
    with pytest.raises(Refused, match="go on"):
        delivering.replay_failed(webhook_id=webhook_id, since=clock.now() - timedelta(1), by=ANA)


def test_patterns_are_kept_in_order_and_without_what_wider_ones_cover():
    assert tidied(["team.created", "content.approved", "content.*", "content.approved"]) == [
        "content.*",
        "team.created",
    ]
    assert tidied(PATTERNS) == [f"{kind}.*" for kind in CATALOGUE]
    assert wants(["content.*"], "content.went_live") and not wants(["content.*"], "contents.x")
