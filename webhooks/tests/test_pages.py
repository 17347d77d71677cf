from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts import services as people
from core import clock
from core.aws import metering
from core.events import Event
from core.testing import ANA, as_htmx, sign_in
from webhooks import pages, store
from webhooks.enums import Delivery, State
from webhooks.services import delivering, managing, sending


@pytest.fixture
def ana(hooks) -> Client:
    people.ensure_profile(by=ANA)
    return sign_in(Client(), ANA)


@pytest.fixture
def made(make):
    """One that has delivered, failed and waits."""
    one = make()
    for number in range(3):
        delivering.hear(Event("content.approved", f"item-{number}", ANA.user_id))
    found = store.deliveries(one.webhook.webhook_id).items
    said = {"at": clock.iso(clock.now()), "status": 500, "said": "<b>no</b>", "ms": 120}
    store.save_attempt(found[0], said, state=Delivery.FAILED, due_at=None)
    store.save_attempt(found[1], said | {"status": None}, state=Delivery.WAITING, due_at=clock.now())
    return one.webhook


def test_a_redirect_is_said_to_be_followed_by_nobody(ana, made):
    one = store.deliveries(made.webhook_id).items[2]
    page = f"/manage/webhooks/{made.webhook_id}/deliveries/{one.delivery_id}/"
    assert "not followed" not in ana.get(page).content.decode()
    told = {"at": clock.iso(clock.now()), "status": 302, "said": "", "ms": 3}
    store.save_attempt(one, told, state=Delivery.FAILED, due_at=None)
    assert "It leads elsewhere, and that is not followed." in ana.get(page).content.decode()


def _ticket(client: Client) -> str:
    return re.search(r'name="ticket" value="([^"]+)"', client.get("/manage/webhooks/new/").content.decode())[1]


def test_an_admin_makes_one_and_sees_its_secret_once(ana, listener):
    values = {"name": "Relay", "url": f"{listener.origin}/x", "patterns": ["content.*"], "ticket": _ticket(ana)}
    answer = ana.post("/manage/webhooks/new/", values)
    (secret,) = re.findall(r'value="(whsec_[^"]+)"', answer.content.decode())
    (webhook,) = store.all_webhooks()
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert ana.post("/manage/webhooks/new/", values).status_code == 409
    for address in ("/manage/webhooks/", f"/manage/webhooks/{webhook.webhook_id}/", "/admin/webhooks/webhookshape/"):
        page = ana.get(address).content.decode()
        assert "Relay" in page and secret not in page and webhook.secret not in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"url": "https://[::ffff:127.0.0.1]/"}, "not its number"),
        ({"patterns": []}, "required"),
        ({"patterns": ["*"]}, "not one of the available"),
        ({"ticket": "x"}, "too old"),
    ],
)
def test_what_cannot_be_keeps_what_was_entered(ana, listener, changes, said):
    values = {"name": "Relay <b>", "url": "https://a.example/", "patterns": ["team.*"], "ticket": _ticket(ana)}
    values |= changes
    answer = ana.post("/manage/webhooks/new/", values)
    page = answer.content.decode()
    assert answer.status_code == 400 and said in page and "Relay &lt;b&gt;" in page
    assert store.all_webhooks() == []


def test_its_page_shows_what_it_was_sent_and_what_was_answered(ana, made):
    page = ana.get(f"/manage/webhooks/{made.webhook_id}/").content.decode()
    assert page.count("content.approved") == 3
    assert "No answer" in page and "500" in page and 'hx-trigger="every 3s"' in page
    failed = ana.get(f"/manage/webhooks/{made.webhook_id}/?state=failed", headers=as_htmx()).content.decode()
    assert failed.count("content.approved") == 1 and "<html" not in failed
    assert ana.get(f"/manage/webhooks/{made.webhook_id}/?state=odd").status_code == 400
    (one,) = [one for one in store.deliveries(made.webhook_id).items if one.state == Delivery.FAILED]
    shown = ana.get(f"/manage/webhooks/{made.webhook_id}/deliveries/{one.delivery_id}/").content.decode()
    assert "&lt;b&gt;no&lt;/b&gt;" in shown and "item-" in shown
    assert ana.get(f"/manage/webhooks/{made.webhook_id}/deliveries/made-up/").status_code == 404


def test_buttons_do_what_they_say(ana, made, listener):
    address = f"/manage/webhooks/{made.webhook_id}/"
    for verb, state in (("pause", State.PAUSED), ("resume", State.ACTIVE)):
        assert ana.post(f"{address}{verb}/").status_code == 303
        assert store.webhook_by_id(made.webhook_id).state == state
    ana.post(f"{address}test/")
    ana.post(f"{address}replay/", {"hours": "24"})
    sending.send_due()
    assert len(listener.sent) == 4
    assert {one.state for one in store.deliveries(made.webhook_id).items} == {Delivery.DELIVERED}
    assert ana.post(f"{address}replay/", {"hours": "25"}).status_code == 400
    assert ana.post(f"{address}delete/").status_code == 303
    assert ana.get(address).status_code == 404


def test_a_new_secret_is_made_once_however_often_it_is_pressed(ana, made):
    address = f"/manage/webhooks/{made.webhook_id}/rotate/"
    rev = re.search(r'name="seen_rev" value="(\d+)"', ana.get(address).content.decode())[1]
    assert "whsec_" in ana.post(address, {"seen_rev": rev}).content.decode()
    assert ana.post(address, {"seen_rev": rev}).status_code == 409
    assert ana.post(address).status_code == 400


def test_who_changes_it_second_is_shown_so_and_keeps_her_input(ana, made):
    values = {"name": "Mine", "url": made.url, "patterns": ["team.*"], "seen_rev": made.rev}
    managing.pause(webhook_id=made.webhook_id, by=ANA)
    answer = ana.post(f"/manage/webhooks/{made.webhook_id}/change/", values)
    assert answer.status_code == 409 and "Mine" in answer.content.decode()
    rev = store.webhook_by_id(made.webhook_id).rev
    assert ana.post(f"/manage/webhooks/{made.webhook_id}/change/", values | {"seen_rev": rev}).status_code == 303
    assert store.webhook_by_id(made.webhook_id).name == "Mine"


def test_pages_take_few_requests(ana, made):
    for read, most in (
        (pages.listing, 1),
        (lambda: pages.webhook_page(ANA, made.webhook_id, state="", cursor=None), 5),
        (lambda: pages.delivery_page(made.webhook_id, store.deliveries(made.webhook_id).items[0].delivery_id), 3),
    ):
        meter = metering.start()
        read()
        assert meter.calls <= most
