"""Many items at once: what would become of each, and what becomes of it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.person import SYSTEM, Person
from accounts.services import ensure_profile
from accounts.store import audit_of_target
from accounts.tests.pool import Pool
from bulk import owners
from bulk import store as jobs
from bulk.enums import Outcome, State
from bulk.kinds import kind_of
from bulk.services import carrying, preparing
from content import store
from content.enums import Move, Status
from content.permissions import may_work_on
from content.services import drafts, lifecycle
from content.tests.factories import make_item, suite
from core import clock
from core.aws import metering
from core.errors import NotFound, Refused, Stale, Unavailable
from core.testing import ANA, CARL, CORA, RITA, VERA, as_htmx, sign_in
from metadata.enums import Group
from metadata.services import ensure_option

pytestmark = pytest.mark.usefixtures("cloud")


def tag(label: str) -> str:
    return ensure_option(group=Group.TOPIC_TAG, label=label, by=SYSTEM)


def prepared(items, action: str, wanted: dict, by: Person):
    kind = kind_of("content")
    refs = [item if isinstance(item, str) else item.content_id for item in items]
    return preparing.prepare(kind=kind, action=kind.action(action, by), wanted=wanted, refs=refs, by=by)


def outcomes(job) -> list[tuple[str, str]]:
    return [(row.outcome, row.why) for row in jobs.every_row(job.job_id)]


def done(job, by: Person):
    job = carrying.start(job_id=job.job_id, by=by)
    while job.state == State.RUNNING:
        job = carrying.advance(job_id=job.job_id, by=by)
    return job


def fresh(item):
    return store.item_by_id(item.content_id, fresh=True)


def draft_of(item):
    found = fresh(item)
    return store.version_of(item.content_id, int(found.work_version), fresh=True)


def test_a_preview_changes_nothing_and_says_what_would_be() -> None:
    live, draft, hers = make_item(), make_item(Status.DRAFT), make_item(owner=CORA)
    price = tag("Price")
    before = [fresh(item).rev for item in (live, draft, hers)]
    job = prepared([live, draft, hers, "01hidden"], "tags", {"add_tags": [price]}, CARL)
    assert [fresh(item).rev for item in (live, draft, hers)] == before
    assert (job.state, int(job.to_do)) == ("prepared", 2)
    rows = list(jobs.every_row(job.job_id))
    assert [row.outcome for row in rows] == ["waiting", "waiting", "refused", "refused"]
    assert rows[0].changes[0] == {"field": "tags", "before": [], "after": [price]}
    assert rows[0].changes[1] == {"field": "version", "before": 1, "after": 2}
    assert [change["field"] for change in rows[1].changes] == ["tags"]
    assert "Only its owner" in rows[2].why
    assert "does not exist" in rows[3].why


def test_tags_of_what_is_live_go_into_a_draft_and_readers_see_what_was_approved() -> None:
    item, price, old = make_item(), tag("Price"), tag("Old")
    job = done(prepared([item], "tags", {"add_tags": [price], "remove_tags": [old]}, CARL), CARL)
    assert job.counts == {"done": 1}
    assert list(fresh(item).tags) == []
    assert list(draft_of(item).tags) == [price]


def test_the_same_again_finds_nothing_to_do() -> None:
    item, price = make_item(Status.DRAFT), tag("Price")
    done(prepared([item], "tags", {"add_tags": [price]}, CARL), CARL)
    again = prepared([item, item], "tags", {"add_tags": [price]}, CARL)
    assert (int(again.to_do), again.counts) == (0, {"same": 1})
    with pytest.raises(Refused, match="nothing to change"):
        carrying.start(job_id=again.job_id, by=CARL)


def test_suite_product_and_moment_are_put_and_taken_away() -> None:
    product = ensure_option(group=Group.PRODUCT, label="Raise", by=SYSTEM)
    item, other = make_item(Status.DRAFT, product=product), suite("Engagement")
    done(prepared([item], "place", {"product_suite": other, "product": "-"}, CARL), CARL)
    assert (draft_of(item).product_suite, draft_of(item).product) == (other, None)


def test_drafts_are_submitted_and_those_that_are_not_ready_stay() -> None:
    ready, bare, there = make_item(Status.DRAFT), make_item(Status.DRAFT, summary=""), make_item(Status.IN_REVIEW)
    job = prepared([ready, bare, there], "submit", {"move": "submit"}, CARL)
    assert [outcome for outcome, _ in outcomes(job)] == ["waiting", "refused", "same"]
    assert "what it is for" in outcomes(job)[1][1]
    done(job, CARL)
    assert fresh(ready).work_status == Status.IN_REVIEW
    assert fresh(bare).work_status == Status.DRAFT
    assert audit_of_target(f"content:{ready.content_id}").items[0].action == "content.submitted"


def test_a_judge_deprecates_what_others_own_and_nothing_of_her_own() -> None:
    other, own, draft = make_item(), make_item(owner=RITA, approver=ANA), make_item(Status.IN_REVIEW)
    wanted = {"move": "deprecate", "reason": "No longer sold.", "replacement_id": ""}
    job = done(prepared([other, own, draft], "deprecate", wanted, RITA), RITA)
    assert job.counts == {"done": 1, "refused": 2}
    assert (fresh(other).status, fresh(own).status) == (Status.DEPRECATED, Status.APPROVED)
    with pytest.raises(NotFound):
        kind_of("content").action("deprecate", CARL)


def test_tags_and_a_submission_in_one_row_are_judged_one_after_the_other() -> None:
    item, price = make_item(), tag("Price")
    kind = kind_of("content")
    wanted = {"add_tags": [price], "move": "submit"}
    asked = [preparing.Asked(2, item.content_id, wanted, item.title)]
    job = done(preparing.prepare_file(kind=kind, asked=asked, file_name="a.csv", by=CARL), CARL)
    assert job.counts == {"done": 1}
    assert (fresh(item).work_status, list(draft_of(item).tags)) == (Status.IN_REVIEW, [price])


def test_what_was_refused_half_way_is_said(monkeypatch) -> None:
    item, price = make_item(Status.DRAFT), tag("Price")
    asked = [preparing.Asked(2, item.content_id, {"add_tags": [price], "move": "submit"}, item.title)]
    job = preparing.prepare_file(kind=kind_of("content"), asked=asked, file_name="a.csv", by=CARL)

    def refuses(**_asked: object) -> None:
        raise Refused("Not now.")

    monkeypatch.setitem(__import__("content.bulk.steps", fromlist=["SERVICES"]).SERVICES, Move.SUBMIT, refuses)
    job = done(job, CARL)
    (row,) = jobs.every_row(job.job_id)
    assert (row.outcome, row.why) == ("partly", "Not now.")
    assert [change["field"] for change in row.changes] == ["tags"]
    assert list(draft_of(item).tags) == [price]


def test_a_race_that_was_lost_is_judged_again(monkeypatch) -> None:
    item, price = make_item(Status.DRAFT), tag("Price")
    job = prepared([item], "tags", {"add_tags": [price]}, CARL)
    real, lost = drafts.edit, []

    def loses_once(**asked):
        if not lost:
            lost.append(1)
            raise Stale
        return real(**asked)

    monkeypatch.setattr(drafts, "edit", loses_once)
    assert done(job, CARL).counts == {"done": 1}
    assert list(draft_of(item).tags) == [price]


def test_what_changed_since_the_preview_is_judged_anew() -> None:
    item = make_item(Status.DRAFT)
    job = prepared([item], "submit", {"move": "submit"}, CARL)
    lifecycle.submit(content_id=item.content_id, by=CARL)
    assert done(job, CARL).counts == {"same": 1}


def test_a_slice_goes_as_far_as_its_time_and_the_next_goes_on(monkeypatch) -> None:
    items, price = [make_item(Status.DRAFT, title=f"Item {n}") for n in range(5)], tag("Price")
    monkeypatch.setattr(carrying, "AT_ONCE", 2)
    job = carrying.start(job_id=prepared(items, "tags", {"add_tags": [price]}, CARL).job_id, by=CARL)
    seen = []
    while job.state == State.RUNNING:
        job = carrying.advance(job_id=job.job_id, by=CARL)
        seen.append(int(job.next_row))
    assert seen == [2, 4, 5]
    actions = [entry.action for entry in audit_of_target(f"bulk:{job.job_id}").items]
    assert actions == ["bulk.finished", "bulk.started"]
    for item in items:
        entries = [entry.action for entry in audit_of_target(f"content:{item.content_id}").items]
        assert entries.count("content.edited") == 1


def test_a_slice_whose_end_was_not_noted_is_not_done_twice(monkeypatch) -> None:
    items, price = [make_item(Status.DRAFT, title=f"Item {n}") for n in range(3)], tag("Price")
    job = carrying.start(job_id=prepared(items, "tags", {"add_tags": [price]}, CARL).job_id, by=CARL)
    with monkeypatch.context() as dies:
        dies.setattr(carrying, "_note_progress", lambda *_args: None)
        carrying.advance(job_id=job.job_id, by=CARL)
    job = carrying.advance(job_id=job.job_id, by=CARL)
    assert (job.state, job.counts) == ("done", {"done": 3})
    entries = [entry.action for entry in audit_of_target(f"content:{items[0].content_id}").items]
    assert entries.count("content.edited") == 1


def test_two_pages_do_not_do_the_same_slice() -> None:
    from accounts.services.leases import lease

    item = make_item(Status.DRAFT)
    job = carrying.start(job_id=prepared([item], "tags", {"add_tags": [tag("Price")]}, CARL).job_id, by=CARL)
    with lease(f"bulk:{job.job_id}"):
        assert int(carrying.advance(job_id=job.job_id, by=CARL).next_row) == 0
    assert carrying.advance(job_id=job.job_id, by=CARL).state == "done"


def test_stopped_it_stays_where_it_is_and_goes_on_when_asked(monkeypatch) -> None:
    items, price = [make_item(Status.DRAFT, title=f"Item {n}") for n in range(3)], tag("Price")
    monkeypatch.setattr(carrying, "AT_ONCE", 1)
    job = carrying.start(job_id=prepared(items, "tags", {"add_tags": [price]}, CARL).job_id, by=CARL)
    carrying.advance(job_id=job.job_id, by=CARL)
    carrying.stop(job_id=job.job_id, by=CARL)
    job = carrying.advance(job_id=job.job_id, by=CARL)
    assert (job.state, job.counts) == ("stopped", {"done": 1})
    assert done(job, CARL).counts == {"done": 3}


def test_a_store_that_does_not_answer_leaves_the_rest_for_the_next_slice(monkeypatch) -> None:
    items, price = [make_item(Status.DRAFT, title=f"Item {n}") for n in range(3)], tag("Price")
    job = carrying.start(job_id=prepared(items, "tags", {"add_tags": [price]}, CARL).job_id, by=CARL)
    real, calls = drafts.edit, []

    def fails_second(**asked):
        calls.append(1)
        if len(calls) == 2:
            raise Unavailable
        return real(**asked)

    monkeypatch.setattr(drafts, "edit", fails_second)
    job = carrying.advance(job_id=job.job_id, by=CARL)
    assert (job.state, job.counts) == ("running", {"done": 1})
    job = carrying.advance(job_id=job.job_id, by=CARL)
    assert (job.state, job.counts) == ("done", {"done": 3})


def test_a_job_is_its_makers_alone() -> None:
    job = prepared([make_item(Status.DRAFT)], "tags", {"add_tags": [tag("Price")]}, CARL)
    for person in (CORA, RITA, ANA, VERA):
        for verb in (carrying.start, carrying.stop, carrying.advance, carrying.own):
            with pytest.raises(NotFound):
                verb(job_id=job.job_id, by=person)


def test_an_old_preview_is_not_carried_out() -> None:
    job = prepared([make_item(Status.DRAFT)], "tags", {"add_tags": [tag("Price")]}, CARL)
    with clock.at(clock.now() + 2 * carrying.TOO_OLD), pytest.raises(Refused, match="more than a day"):
        carrying.start(job_id=job.job_id, by=CARL)


@pytest.fixture
def pool(cloud, settings) -> Pool:
    made = Pool(cloud("cognito-idp"))
    settings.COGNITO_USER_POOL_ID = made.pool_id
    owners.forget()
    return made


def test_what_a_closed_page_left_the_portal_goes_on_with(pool) -> None:
    carl = pool["carl"]
    item, price = make_item(Status.DRAFT, owner=carl), tag("Price")
    job = carrying.start(job_id=prepared([item], "tags", {"add_tags": [price]}, carl).job_id, by=carl)
    carrying.sweep(clock.now())
    assert jobs.job_by_id(job.job_id, fresh=True).state == "running"
    carrying.sweep(clock.now() + 2 * carrying.LEFT_ALONE)
    assert jobs.job_by_id(job.job_id, fresh=True).state == "done"
    assert list(draft_of(item).tags) == [price]


def test_what_a_disabled_account_began_is_stopped(pool) -> None:
    carl = pool["carl"]
    item = make_item(Status.DRAFT, owner=carl)
    job = carrying.start(job_id=prepared([item], "tags", {"add_tags": [tag("Price")]}, carl).job_id, by=carl)
    pool.ask("admin_disable_user", Username=carl.user_id)
    carrying.sweep(clock.now() + 2 * carrying.LEFT_ALONE)
    stopped = jobs.job_by_id(job.job_id, fresh=True)
    assert (stopped.state, stopped.counts) == ("stopped", {})
    assert "disabled" in stopped.note


def test_a_draft_its_owner_gives_away_and_what_is_live_an_approver(pool) -> None:
    carl, cora, rita = pool["carl"], pool["cora"], pool["rita"]
    draft, live = make_item(Status.DRAFT, owner=carl), make_item(owner=carl)
    job = done(prepared([draft, live], "owner", {"owner": cora.user_id}, carl), carl)
    assert job.counts == {"done": 1, "refused": 1}
    assert done(prepared([live], "owner", {"owner": cora.user_id}, rita), rita).counts == {"done": 1}
    assert {fresh(draft).owner_user_id, fresh(live).owner_user_id} == {cora.user_id}
    entry = audit_of_target(f"content:{live.content_id}").items[0]
    assert (entry.action, entry.actor_id) == ("content.owner_changed", rita.user_id)
    again = prepared([live], "owner", {"owner": pool["vera"].user_id}, rita)
    assert "Viewer cannot own" in outcomes(again)[0][1]


@pytest.mark.parametrize("person", [VERA, CARL, CORA, RITA, ANA])
def test_boxes_stand_where_something_could_be_done(person: Person) -> None:
    ensure_profile(by=person)
    item = make_item()
    body = sign_in(Client(), person).get("/content/").content.decode()
    assert (f'name="chosen" value="{item.content_id}"' in body) == may_work_on(person, item)
    assert ('name="action"' in body) == (person is not VERA)


def test_the_list_stays_at_two_requests_with_its_boxes() -> None:
    ensure_profile(by=CARL)
    for number in range(3):
        make_item(title=f"Item {number}")
    client = sign_in(Client(), CARL)
    client.get("/content/")
    meter = metering.start()
    client.get("/content/")
    assert meter.calls <= 3  # the session, and two


def test_the_whole_way_in_the_browser_without_scripts() -> None:
    items, price = [make_item(Status.DRAFT, title=f"Item {n}") for n in range(3)], tag("Price")
    other = make_item(owner=CORA, title="Not hers")
    client = sign_in(Client(), CARL)
    chosen = [*(item.content_id for item in items[:2]), other.content_id]
    form = client.post("/bulk/content/", {"action": "tags", "chosen": chosen})
    assert form.status_code == 200
    empty = client.post("/bulk/content/", {"action": "tags", "chosen": " ".join(chosen), "sent": "1"})
    assert (empty.status_code, "Choose a tag" in empty.content.decode()) == (400, True)
    told = {"action": "tags", "chosen": " ".join(chosen), "sent": "1", "add_tags": [price]}
    address = client.post("/bulk/content/", told)["Location"]
    preview = client.get(address).content.decode()
    assert "2 rows would be changed" in preview
    assert "Cannot be changed" in preview
    assert client.post(f"{address}start/")["Location"] == address
    assert "0 of 2 done" in client.get(address).content.decode()
    client.post(f"{address}step/")
    page = client.get(address).content.decode()
    assert "2 rows were changed" in page
    assert "Item 0" in page
    assert "Item 1" not in client.get(address, {"show": "refused"}).content.decode()
    csv = b"".join(client.get(f"{address}result.csv").streaming_content).decode()
    assert csv.count("Changed") == 2
    assert address in client.get("/bulk/").content.decode()


def test_all_that_the_filters_let_through_is_chosen_together() -> None:
    for number in range(25):
        make_item(Status.DRAFT, title=f"Item {number}")
    make_item(title="Live")
    client = sign_in(Client(), CARL)
    told = {"action": "submit", "all": "1", "filter": "status=Draft&owner=me", "sent": "1"}
    assert "25 items" in client.post("/bulk/content/", {k: v for k, v in told.items() if k != "sent"}).content.decode()
    job = jobs.job_by_id(client.post("/bulk/content/", told)["Location"].split("/")[-2])
    assert (int(job.total), int(job.to_do)) == (25, 25)


def test_scripts_get_the_part_that_changes() -> None:
    item = make_item(Status.DRAFT)
    job = carrying.start(job_id=prepared([item], "tags", {"add_tags": [tag("Price")]}, CARL).job_id, by=CARL)
    body = sign_in(Client(), CARL).post(f"/bulk/jobs/{job.job_id}/step/", headers=as_htmx()).content.decode()
    assert body.strip().startswith("<section")
    assert "1 row was changed" in body


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"action": "tags"}, 400),
        ({"action": "tags", "chosen": "   "}, 400),
        ({"action": "unknown", "chosen": "x"}, 404),
        ({"action": "deprecate", "chosen": "x"}, 404),
        ({"action": "tags", "chosen": " ".join(map(str, range(1001)))}, 400),
        ({"action": "owner", "chosen": "x", "sent": "1", "email": "nobody@gravyty.com"}, 400),
    ],
)
def test_bad_input_is_answered_in_words(pool, told: dict, status: int) -> None:
    answer = sign_in(Client(), CARL).post("/bulk/content/", told)
    assert answer.status_code == status


def test_a_page_of_rows_makes_five_requests_however_many_there_are() -> None:
    items = [make_item(Status.DRAFT, title=f"Item {n}") for n in range(60)]
    job = prepared(items, "tags", {"add_tags": [tag("Price")]}, CARL)
    client = sign_in(Client(), CARL)
    client.get("/content/")
    meter = metering.start()
    assert client.get(f"/bulk/jobs/{job.job_id}/").status_code == 200
    assert meter.calls <= 4  # the session, the job, its rows, their titles


def test_no_hidden_title_is_kept_with_a_job() -> None:
    hidden = make_item(Status.DRAFT, owner=CORA, title="A canary sang")
    job = prepared([hidden], "tags", {"add_tags": [tag("Price")]}, CARL)
    assert "canary" not in sign_in(Client(), CARL).get(f"/bulk/jobs/{job.job_id}/").content.decode()
    (row,) = jobs.every_row(job.job_id)
    assert (row.outcome, "canary" in str(row.attribute_values)) == (Outcome.REFUSED, False)


@pytest.mark.parametrize("part", ["", "result.csv", "start/", "step/", "stop/"])
def test_anothers_job_and_none_look_the_same(part: str) -> None:
    job = prepared([make_item(Status.DRAFT)], "tags", {"add_tags": [tag("Price")]}, CARL)
    for person in (VERA, CORA, RITA, ANA):
        client = sign_in(Client(), person)
        ask = client.get if part in ("", "result.csv") else client.post
        answers = [ask(f"/bulk/jobs/{job_id}/{part}") for job_id in (job.job_id, "01hidden0000000000000000")]
        assert [answer.status_code for answer in answers] == [404, 404]
        bodies = [re.sub(rb'value="[^"]{64}"|"X-CSRFToken": "[^"]+"', b"", answer.content) for answer in answers]
        assert bodies[0] == bodies[1]
    assert jobs.job_by_id(job.job_id, fresh=True).state == "prepared"
