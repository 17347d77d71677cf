"""Admins see what goes on by itself, and set it going again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.store import audit_of_target
from core import clock, events
from core.aws.records import Put, write
from core.events import Event, listens_to, publish
from core.jobs import every, job, registry, running
from core.jobs.models import PAUSE, JobState
from core.outbox import relay, store
from core.testing import ANA, RITA, sign_in

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def only_those_of_the_test(cloud: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_jobs", {})
    monkeypatch.setattr(events, "_listeners", [])


def a_job(name: str = "test.count", *, fails: bool = False) -> list[datetime]:
    done: list[datetime] = []

    @job(name, about="Counts what there is.", rhythm=every(timedelta(minutes=60)))
    def count(now: datetime) -> str:
        done.append(now)
        if fails:
            raise ZeroDivisionError
        return "7 counted"

    return done


def given_up() -> Event:
    @listens_to("*", later=True)
    def fail(_event: Event) -> None:
        raise ZeroDivisionError

    told = Event("content.approved", "deck", "rita")
    publish(told)
    for hours in range(relay.MOST_TRIES):
        relay.drain(NOON + timedelta(hours=hours))
    return told


def test_the_page_shows_each_job_with_what_came_of_it(client: Client) -> None:
    a_job()
    a_job("test.fail", fails=True)
    a_job("test.later")
    running.run(["test.count", "test.fail"], NOON)
    text = sign_in(client, ANA).get("/manage/jobs/").text
    for said in (
        "Counts what there is.",
        "Every hour",
        "7 counted",
        "ZeroDivisionError",
        "Never ran",
        "There are none.",
    ):
        assert said in text


def test_the_page_says_that_all_stands_still_while_a_restore_goes_on(client: Client) -> None:
    sign_in(client, ANA)
    assert "Everything stands still" not in client.get("/manage/jobs/").content.decode()
    write(Put(JobState(PAUSE)), audit=())
    assert "Everything stands still" in client.get("/manage/jobs/").content.decode()


def test_an_admin_has_a_job_done_by_the_next_worker_that_looks(client: Client) -> None:
    done = a_job()
    running.run_due(clock.now())
    assert running.run_due(clock.now()) == []
    assert sign_in(client, ANA).post("/manage/jobs/test.count/run/").status_code == 303
    running.run_due(clock.now())
    assert len(done) == 2
    assert [entry.action for entry in audit_of_target("job:test.count").items] == ["job.asked_for"]


def test_an_event_that_was_given_up_is_told_again(client: Client) -> None:
    told = given_up()
    admin = sign_in(client, ANA)
    assert "content.approved" in admin.get("/manage/jobs/").text
    assert admin.post(f"/manage/jobs/events/{told.event_id}/replay/").status_code == 303
    assert [row.event_id for row in store.waiting("retry", limit=9)] == [told.event_id]
    assert admin.post(f"/manage/jobs/events/{told.event_id}/replay/").status_code == 404
    assert [entry.action for entry in audit_of_target(f"event:{told.event_id}").items] == ["event.replayed"]


def test_an_unknown_job_is_missing_and_others_are_refused(client: Client) -> None:
    assert sign_in(client, ANA).post("/manage/jobs/unknown/run/").status_code == 404
    approver = sign_in(Client(), RITA)
    assert approver.get("/manage/jobs/").status_code == 403
    assert approver.post("/manage/jobs/unknown/run/").status_code == 403
