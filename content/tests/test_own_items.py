"""What approvers do, they do for others: nobody decides about her own item alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.test import Client

from accounts.store import audit_of_target
from content import store
from content.enums import Status
from content.services import lifecycle
from content.tests.factories import make_item
from core.errors import Invalid, Refused
from core.testing import ANA, RITA, sign_in

pytestmark = pytest.mark.usefixtures("cloud")

DECISIONS = [
    (Status.IN_REVIEW, partial(lifecycle.request_changes, reason="Not yet.")),
    (Status.APPROVED, partial(lifecycle.deprecate, reason="Old.")),
    (Status.APPROVED, partial(lifecycle.expire, reason="Wrong.")),
    (Status.DEPRECATED, lifecycle.restore),
    (Status.EXPIRED, lifecycle.restore),
]


@pytest.mark.parametrize(("status", "decide"), DECISIONS)
def test_an_approver_decides_nothing_about_her_own_item(status: Status, decide: Callable[..., None]) -> None:
    item = make_item(status, owner=RITA, approver=ANA)
    with pytest.raises(Refused, match="your own"):
        decide(content_id=item.content_id, by=RITA)
    assert store.item_by_id(item.content_id, fresh=True).status == status


@pytest.mark.parametrize("status", [Status.DEPRECATED, Status.EXPIRED])
def test_an_admin_restores_her_own_item_with_a_reason_that_is_kept(status: Status) -> None:
    item = make_item(status, owner=ANA)
    with pytest.raises(Invalid, match="say why"):
        lifecycle.restore(content_id=item.content_id, by=ANA)
    lifecycle.restore(content_id=item.content_id, by=ANA, reason="Everyone else is on leave.")
    assert audit_of_target(f"content:{item.content_id}").items[0].reason == "Everyone else is on leave."


def test_the_page_asks_an_admin_why_she_restores_her_own_item() -> None:
    item = make_item(Status.DEPRECATED, owner=ANA)
    client, url = sign_in(Client(), ANA), f"/content/{item.content_id}/restore/"
    assert 'name="reason"' in client.get(url).content.decode()
    assert client.post(url, {"reason": ""}).status_code == 400
    assert client.post(url, {"reason": "On leave."}).status_code == 303


def test_the_review_page_offers_its_author_no_decision() -> None:
    item = make_item(Status.IN_REVIEW, owner=RITA)
    html = sign_in(Client(), RITA).get(f"/content/{item.content_id}/review/").content.decode()
    assert "It is your own" in html
    assert "request-changes" not in html
