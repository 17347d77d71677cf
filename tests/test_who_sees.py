"""Who can see a thing, and the portal as another role sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts import services
from accounts.store import audit_of_target, profile_of
from accounts.tests.pool import Pool
from content.enums import Status
from content.tests.factories import make_item
from core import events
from core.testing import RITA, VERA, sign_in
from lms.tests.factories import make_course, make_draft


@pytest.fixture
def pool(cloud: Callable[[str], Any], settings: Any) -> Pool:
    made = Pool(cloud("cognito-idp"))
    settings.COGNITO_USER_POOL_ID = made.pool_id
    return made


@pytest.fixture
def ana(pool: Pool) -> Client:
    services.ensure_profile(by=pool["ana"])
    return sign_in(Client(), pool["ana"])


def sees(lines: Any) -> list[bool]:
    return [bool(line.grounds) for line in lines]


@pytest.mark.parametrize(
    ("status", "by_role"),
    [
        (Status.DRAFT, [False, False, False, True]),
        (Status.IN_REVIEW, [False, False, True, True]),
        (Status.APPROVED, [True, True, True, True]),
        (Status.DEPRECATED, [True, True, True, True]),
        (Status.EXPIRED, [False, False, True, True]),
    ],
)
def test_an_item_is_seen_by_whom_its_page_opens_for(
    ana: Client, pool: Pool, status: Status, by_role: list[bool]
) -> None:
    item = make_item(status, owner=pool["carl"], approver=pool["rita"])
    shown = ana.get(f"/manage/access/content/{item.content_id}/").context
    assert sees(shown["roles"]) == by_role
    assert sees(shown["people"]) == [True]
    people = [pool[name] for name in ("vera", "cora", "rita", "ana")]
    opened = [sign_in(Client(), one).get(f"/content/{item.content_id}/").status_code == 200 for one in people]
    assert opened == by_role


def test_a_course_says_who_reads_it(ana: Client, pool: Pool) -> None:
    draft = make_draft(owner=pool["carl"])
    course = make_course(owner=pool["carl"], approver=pool["rita"])
    assert sees(ana.get(f"/manage/access/course/{draft.course_id}/").context["roles"]) == [False, False, True, True]
    assert sees(ana.get(f"/manage/access/course/{course.course_id}/").context["roles"]) == [True] * 4


def test_one_person_is_asked_for(ana: Client, pool: Pool) -> None:
    item = make_item(Status.DRAFT, owner=pool["carl"])
    address = f"/manage/access/content/{item.content_id}/"
    (vera,) = ana.get(address, {"person": pool["vera"].user_id}).context["asked"]
    assert not vera.grounds
    found = ana.get(address, {"text_person": "vera", "find_person": "1"})
    assert "Vera Viewer" in found.content.decode() and not found.context["asked"]
    for nobody in ("made-up", ""):
        answer = ana.get(address, {"person": nobody})
        assert (answer.status_code, answer.context["asked"]) == (400, [])


def test_a_kind_or_a_thing_that_is_not_there_is_missing(ana: Client) -> None:
    assert ana.get("/manage/access/content/made-up/").status_code == 404
    assert ana.get("/manage/access/nothing/made-up/").status_code == 404


def test_looking_as_a_viewer_shows_what_a_viewer_sees_and_changes_nothing(
    ana: Client, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, live = make_item(Status.DRAFT), make_item(Status.APPROVED, title="Live")
    user_id = pool["ana"].user_id
    before = ana.cookies[settings.SESSION_COOKIE_NAME].value
    assert ana.post("/manage/view-as/", {"role": "Viewer"}).status_code == 303
    assert ana.cookies[settings.SESSION_COOKIE_NAME].value != before  # no process remembers who she was
    assert ana.get(f"/content/{draft.content_id}/").status_code == 404
    assert ana.get("/manage/users/").status_code == 403
    assert "You are looking as Viewer" in ana.get(f"/content/{live.content_id}/").content.decode()
    assert profile_of(user_id).recent == []
    heard: list[str] = []
    monkeypatch.setattr(events, "_listeners", [])
    events.listens_to("content.viewed")(lambda event: heard.append(event.name))
    ana.get(f"/content/{live.content_id}/")
    assert heard == []
    refused = ana.post(f"/content/{live.content_id}/favourite/", {"on": "1"})
    assert refused.status_code == 403
    assert profile_of(user_id).favourites == []
    assert ana.get(f"/content/{live.content_id}/files/returned/", {"token": "x", "key": "y"}).status_code == 403
    assert ana.post("/manage/view-as/stop/").status_code == 303
    assert ana.get(f"/content/{draft.content_id}/").status_code == 200
    told = [entry.action for entry in audit_of_target(f"person:{user_id}").items]
    assert told == ["person.viewing_ended", "person.viewing_as"]


def test_only_an_admin_is_offered_to_look(ana: Client) -> None:
    assert "Look as another role" in ana.get("/content/").content.decode()
    assert "Look as another role" not in sign_in(Client(), RITA).get("/content/").content.decode()


def test_nobody_looks_as_more_than_she_is(cloud: object) -> None:
    for person in (VERA, RITA):
        client = sign_in(Client(), person)
        assert client.post("/manage/view-as/", {"role": "Viewer"}).status_code == 403
        assert client.get("/manage/view-as/").status_code == 403


def test_looking_as_an_admin_or_as_nothing_is_refused(ana: Client) -> None:
    for role in ("Admin", "", "Owner"):
        assert ana.post("/manage/view-as/", {"role": role}).status_code == 400


def test_a_demotion_ends_the_looking(ana: Client) -> None:
    ana.post("/manage/view-as/", {"role": "Approver"})
    session = ana.session
    session["role"] = "Viewer"
    session.save()
    from accounts.sessions import memory

    memory.clear()
    assert ana.get("/content/review/").status_code == 403
