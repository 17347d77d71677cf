"""From the event to the program that hears of it, through all that can go wrong on the way."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from unittest.mock import patch

import pytest
from standardwebhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from accounts.store import audit_of_target
from core import clock, events, outbound
from core.aws.records import Put, write
from core.context import Visit
from core.errors import Refused, Unavailable
from core.events import Event, publish
from core.jobs.models import JobState
from core.outbox import relay
from core.testing import ANA, CARL
from core.testing_outbound import listening
from webhooks import handlers, store
from webhooks.enums import Delivery, State
from webhooks.rules import retries
from webhooks.services import delivering, managing, sending
from webhooks.tests.conftest import DELIVERED, FAILED, WAITING, delivered, states, until


def event(name="content.approved", **more) -> Event:
    return Event(name, "item-1", CARL.user_id, {"version": 3}, visit=Visit("web", "Contributor", "a-session"), **more)


def hear(*told: Event) -> None:
    for one in told:
        delivering.hear(one)


def send(made) -> int:
    return sending.serve(made.webhook.webhook_id)


def test_what_happens_arrives_signed_and_without_anything_personal(make, listener):
    made, told = make(), event()
    hear(told)
    assert send(made) == 1
    (sent,) = listener.sent
    body = Verifier(made.secret).verify(sent.body, sent.headers)
    assert body["type"] == "content.approved" and body["timestamp"] == clock.iso(told.at)
    assert body["data"]["object_id"] == "item-1" and body["data"]["props"] == {"version": 3}
    assert sent.headers["webhook-id"] == told.event_id
    assert "a-session" not in sent.body.decode() and "Carl" not in sent.body.decode()
    assert delivered(made.webhook.webhook_id) == {told.event_id: DELIVERED}
    with pytest.raises(WebhookVerificationError):
        Verifier(make().secret).verify(sent.body, sent.headers)


def test_a_service_that_tells_of_its_write_is_heard_by_the_worker(make, listener, monkeypatch):
    made = make(("team.*",))
    monkeypatch.setattr(events, "_listeners", [])
    events.listens_to("*", later=True)(handlers.hear)
    publish(Event("team.created", "team-1", ANA.user_id))
    publish(Event("content.viewed", "item-1", ANA.user_id))
    assert states(made.webhook.webhook_id) == []
    relay.drain(clock.now())
    relay.drain(clock.now())
    sending.send_due()
    assert [json.loads(sent.body)["type"] for sent in listener.sent] == ["team.created"]


@pytest.mark.parametrize(
    ("patterns", "heard"),
    [
        (("content.*",), ["content.approved", "content.viewed"]),
        (("content.approved",), ["content.approved"]),
        (("content.approved", "course.*"), ["content.approved", "course.published"]),
    ],
)
def test_a_webhook_hears_what_it_wants_and_each_once(make, patterns, heard):
    made = make(patterns)
    told = [event(name) for name in ("content.approved", "course.published", "content.viewed", "coursework.made")]
    hear(*told, *told)
    assert sorted(one.event_name for one in store.deliveries(made.webhook.webhook_id).items) == sorted(heard)


@pytest.mark.parametrize(
    ("state", "kept", "sent"), [(State.ACTIVE, 1, 1), (State.PAUSED, 1, 0), (State.DISABLED, 0, 0)]
)
def test_a_paused_webhook_keeps_what_happens_and_one_that_is_off_does_not(make, listener, state, kept, sent):
    made = make()
    made.webhook.state = state.value
    store.save_webhook(made.webhook, audit=())
    hear(event())
    sending.send_due()
    assert (len(states(made.webhook.webhook_id)), len(listener.sent)) == (kept, sent)
    managing.resume(webhook_id=made.webhook.webhook_id, by=ANA)
    sending.send_due()
    assert len(listener.sent) == kept


def test_what_fails_is_tried_again_ever_more_rarely_and_then_given_up(make, listener):
    made = make()
    hear(event())
    listener.status, now = 500, clock.now()
    pauses = []
    for _try in range(retries.MOST_TRIES):
        with clock.at(now):
            assert send(made) == 1
            assert send(made) == 0
        (one,) = store.deliveries(made.webhook.webhook_id).items
        if one.due_at:
            pauses.append(one.due_at - now)
            now = one.due_at + timedelta(milliseconds=1)
    assert one.state == FAILED and len(one.attempts) == len(listener.sent) == retries.MOST_TRIES
    assert {sent.headers["webhook-id"] for sent in listener.sent} == {one.delivery_id}
    assert all(abs(pause / meant - 1) <= retries.SPREAD for pause, meant in zip(pauses, retries.PAUSES, strict=True))
    assert timedelta(hours=14) < sum(pauses, timedelta()) < timedelta(hours=26)
    with clock.at(now + timedelta(days=2)):
        assert send(made) == 0


@pytest.mark.parametrize("status", [301, 307, 400, 401, 404, 429, 500, 503])
def test_whatever_is_not_a_success_is_a_failure(make, listener, status):
    made = make()
    hear(event())
    listener.status = status
    send(made)
    (one,) = store.deliveries(made.webhook.webhook_id).items
    assert one.state == WAITING and one.attempts[0]["status"] == status
    assert store.webhook_by_id(made.webhook.webhook_id).failing_since


def test_how_long_the_other_side_wants_to_be_left_alone_is_heeded(make, listener):
    made = make()
    hear(event())
    now = clock.now()
    listener.status, listener.headers = 429, {"Retry-After": "900"}
    with clock.at(now):
        send(made)
    (one,) = store.deliveries(made.webhook.webhook_id).items
    assert abs(one.due_at - now - timedelta(seconds=900)) < timedelta(seconds=1)


def test_an_answer_is_kept_in_part_and_as_text(make, listener):
    made = make()
    hear(event())
    listener.status = 500
    listener.answer = lambda handler: handler.wfile.write(
        b"HTTP/1.1 500 X\r\n\r\n<script>\x00\xff" + "é".encode() * 9000
    )
    send(made)
    (one,) = store.deliveries(made.webhook.webhook_id).items
    said = one.attempts[0]["said"]
    assert said.startswith("<script>\ufffd") and len(said) <= 500


def test_a_redirect_into_the_house_is_a_failure_and_nobody_there_hears_of_it(make, listener):
    made = make()
    hear(event())
    with listening() as inside:
        listener.status, listener.headers = 302, {"Location": f"{inside.origin}/admin"}
        send(made)
        assert inside.sent == []
    assert states(made.webhook.webhook_id) == [WAITING]


def test_an_address_that_has_come_to_lead_inside_is_not_sent_to(make, monkeypatch, settings):
    made = make()
    made.webhook.url = "https://hook.example/"
    store.save_webhook(made.webhook, audit=())
    monkeypatch.setattr(outbound, "look_up", lambda _host, _port: ["169.254.169.254"])
    hear(event())
    send(made)
    (one,) = store.deliveries(made.webhook.webhook_id).items
    assert one.state == WAITING and "private network" in one.attempts[0]["said"]


def test_a_slow_program_holds_nobody_else_up(make, listener):
    slow, quick = make(path="/slow"), make(path="/quick")
    hear(event())
    left = threading.Event()

    def answer(handler):
        if handler.path == "/slow":
            left.wait(5)
        handler.send_response(204)
        handler.end_headers()

    listener.answer = answer
    under_way = sending.sender.turn()
    assert len(under_way) == 2
    hear(event())

    def all_of_the_quick_one():
        sending.sender.turn()
        return states(quick.webhook.webhook_id) == [DELIVERED, DELIVERED]

    until(all_of_the_quick_one)
    assert states(slow.webhook.webhook_id) == [WAITING, WAITING]
    left.set()
    until(lambda: all(one.done() for one in sending.sender.turn()))
    assert states(slow.webhook.webhook_id) == [DELIVERED, DELIVERED]


def test_two_workers_do_not_serve_the_same_webhook(make, listener):
    made = make()
    hear(event())
    name, now = f"webhook:{made.webhook.webhook_id}", clock.now()
    write(Put(JobState(name, holder="another", held_until=now + timedelta(minutes=1))), audit=())
    assert send(made) == 0 and listener.sent == []
    with clock.at(now + timedelta(minutes=3)):
        assert send(made) == 1


def test_a_worker_that_dies_after_sending_leaves_it_to_be_sent_again_under_its_id(make, listener):
    made, told = make(), event()
    hear(told)
    now = clock.now()
    with patch.object(store, "save_attempt", side_effect=SystemExit), pytest.raises(SystemExit):
        send(made)
    assert states(made.webhook.webhook_id) == [WAITING]
    with clock.at(now + timedelta(minutes=3)):
        assert send(made) == 1
    assert [sent.headers["webhook-id"] for sent in listener.sent] == [told.event_id] * 2
    assert states(made.webhook.webhook_id) == [DELIVERED]


def test_a_store_that_does_not_answer_costs_nothing_but_time(make, listener):
    made = make()
    hear(event())
    with patch.object(store, "find_delivery", side_effect=Unavailable):
        assert send(made) == 0
    assert send(made) == 1


def test_one_that_can_never_be_sent_does_not_stay_before_the_others(make, listener):
    made = make()
    hear(event(), event())
    first = store.due(made.webhook.webhook_id, clock.now(), limit=1)[0]
    real = outbound.post

    def breaks(url, body, headers):
        if headers["webhook-id"] == first:
            raise ZeroDivisionError
        return real(url, body, headers)

    with patch.object(outbound, "post", breaks):
        assert send(made) == 2
    assert sorted(states(made.webhook.webhook_id)) == [DELIVERED, WAITING]


def test_a_program_that_is_down_for_days_is_left_and_admins_hear_of_it(make, listener, monkeypatch):
    heard = []
    monkeypatch.setattr(events, "_listeners", [])
    events.listens_to("webhook.disabled")(heard.append)
    made, now = make(), clock.now()
    listener.status = 500
    for day in range(4):
        with clock.at(now + timedelta(days=day, minutes=day)):
            hear(event())
            send(made)
    found = store.webhook_by_id(made.webhook.webhook_id)
    assert found.state == State.DISABLED and found.disabled_because == "failing"
    assert [(one.name, one.actor_id) for one in heard] == [("webhook.disabled", "system")]
    assert audit_of_target(f"webhook:{found.webhook_id}").items[0].action == "webhook.disabled"

    listener.status = 204
    managing.resume(webhook_id=found.webhook_id, by=ANA)
    with clock.at(now + timedelta(days=6)):
        send(made)
    assert set(states(found.webhook_id)) == {DELIVERED}


def test_one_success_and_the_failures_are_forgotten(make, listener):
    made, now = make(), clock.now()
    for day, status in ((0, 500), (2, 204), (4, 500), (5, 500)):
        listener.status = status
        with clock.at(now + timedelta(days=day)):
            hear(event())
            send(made)
    assert store.webhook_by_id(made.webhook.webhook_id).state == State.ACTIVE


def test_who_answers_that_it_is_gone_is_believed_at_once(make, listener):
    made = make()
    hear(event())
    listener.status = 410
    send(made)
    assert store.webhook_by_id(made.webhook.webhook_id).disabled_because == "gone"


def test_after_a_new_secret_both_sign_for_a_day(make, listener):
    made, now = make(), clock.now()
    fresh = managing.rotate(webhook_id=made.webhook.webhook_id, by=ANA)
    hear(event())
    send(made)
    for secret in (made.secret, fresh.secret):
        Verifier(secret).verify(listener.sent[0].body, listener.sent[0].headers)
    with clock.at(now + timedelta(hours=25)):
        hear(event())
        send(made)
    assert len(listener.sent[1].headers["webhook-signature"].split()) == 1


def test_one_whose_secret_cannot_be_read_says_so_until_it_has_a_new_one(make, listener):
    made, now = make(), clock.now()
    made.webhook.secret = "sealed elsewhere"
    store.save_webhook(made.webhook, audit=())
    hear(event())
    assert send(made) == 1 and listener.sent == []
    (one,) = store.deliveries(made.webhook.webhook_id).items
    assert "Make a new one" in one.attempts[0]["said"]
    fresh = managing.rotate(webhook_id=made.webhook.webhook_id, by=ANA)
    with clock.at(now + timedelta(minutes=5)):
        send(made)
    assert len(listener.sent[0].headers["webhook-signature"].split()) == 1
    assert delivered(made.webhook.webhook_id) == {one.delivery_id: DELIVERED}
    assert fresh.secret != made.secret


def test_one_or_all_that_failed_are_sent_again(make, listener):
    made = make()
    webhook_id = made.webhook.webhook_id
    told = [event() for _ in range(3)]
    hear(*told)
    for one in store.deliveries(webhook_id).items:
        store.save_attempt(one, {"status": 500}, state=Delivery.FAILED, due_at=None)
    delivering.replay(webhook_id=webhook_id, delivery_id=told[0].event_id, by=ANA)
    with pytest.raises(Refused, match="on its way"):
        delivering.replay(webhook_id=webhook_id, delivery_id=told[0].event_id, by=ANA)
    assert delivering.replay_failed(webhook_id=webhook_id, since=clock.now() - timedelta(hours=1), by=ANA) == (2, False)
    assert delivering.replay_failed(webhook_id=webhook_id, since=clock.now() - timedelta(hours=1), by=ANA) == (0, False)
    assert send(made) == 3
    delivering.replay(webhook_id=webhook_id, delivery_id=told[0].event_id, by=ANA)
    assert send(made) == 1 and states(webhook_id) == [DELIVERED] * 3


def test_very_many_are_sent_again_in_portions(make, monkeypatch):
    monkeypatch.setattr(delivering, "MOST_AT_ONCE", 4)
    monkeypatch.setattr(delivering, "_TOGETHER", 2)
    made = make()
    webhook_id, since = made.webhook.webhook_id, clock.now() - timedelta(hours=1)
    hear(*(event() for _ in range(5)))
    for one in store.deliveries(webhook_id).items:
        store.save_attempt(one, {"status": 500}, state=Delivery.FAILED, due_at=None)
    assert delivering.replay_failed(webhook_id=webhook_id, since=since, by=ANA) == (4, True)
    assert delivering.replay_failed(webhook_id=webhook_id, since=since, by=ANA) == (1, False)


def test_what_was_kept_for_thirty_days_is_shown_no_more(make):
    made, told = make(), event()
    hear(told)
    with clock.at(clock.now() + store.KEPT + timedelta(minutes=1)):
        assert states(made.webhook.webhook_id) == []
