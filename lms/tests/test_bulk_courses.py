"""Many courses at once."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.person import SYSTEM, Person
from accounts.services import ensure_profile
from accounts.store import audit_of_target
from accounts.tests.pool import Pool
from bulk import owners
from bulk import store as jobs
from bulk.enums import State
from bulk.kinds import kind_of
from bulk.services import carrying, preparing
from bulk.services.files import asked_of
from core.aws import metering
from core.errors import NotFound
from core.testing import ANA, CARL, CORA, RITA, VERA, sign_in
from lms import store
from lms.enums import CourseStatus
from lms.services import assignments
from lms.services.assignments import Order, When
from lms.tests.factories import make_course, make_draft
from metadata.enums import Group
from metadata.services import ensure_option

pytestmark = pytest.mark.usefixtures("cloud")


def tag(label: str) -> str:
    return ensure_option(group=Group.TOPIC_TAG, label=label, by=SYSTEM)


def prepared(courses, action: str, wanted: dict, by: Person):
    kind = kind_of("course")
    refs = [course.course_id for course in courses]
    return preparing.prepare(kind=kind, action=kind.action(action, by), wanted=wanted, refs=refs, by=by)


def done(job, by: Person):
    job = carrying.start(job_id=job.job_id, by=by)
    while job.state == State.RUNNING:
        job = carrying.advance(job_id=job.job_id, by=by)
    return job


def whys(job) -> list[tuple[str, str]]:
    return [(row.outcome, row.why) for row in jobs.every_row(job.job_id)]


def fresh(course):
    return store.course_by_id(course.course_id, fresh=True)


def test_tags_are_put_on_ones_own_and_hold_at_once() -> None:
    mine, hers, price = make_course(), make_draft(owner=CORA), tag("Price")
    job = prepared([mine, hers], "tags", {"add_tags": [price]}, CARL)
    assert [outcome for outcome, _ in whys(job)] == ["waiting", "refused"]
    assert done(job, CARL).counts == {"done": 1, "refused": 1}
    assert (list(fresh(mine).tags), list(fresh(hers).tags)) == ([price], [])
    assert audit_of_target(f"course:{mine.course_id}").items[0].action == "course.edited"


def test_a_course_that_is_archived_keeps_its_labels() -> None:
    course = make_draft()
    done(prepared([course], "archive", {"move": "archive"}, RITA), RITA)
    job = prepared([course], "tags", {"add_tags": [tag("Price")]}, RITA)
    assert "archived" in whys(job)[0][1]


def test_courses_are_archived_but_for_those_that_somebody_is_to_finish() -> None:
    free, asked, there = make_course(), make_course(title="Asked for"), make_draft(title="Gone")
    order = Order(assignments.target_of("course", asked.course_id), When())
    assert list(assignments.assign(user_ids=[VERA.user_id], order=order, by=RITA))
    done(prepared([there], "archive", {"move": "archive"}, RITA), RITA)
    job = prepared([free, asked, there], "archive", {"move": "archive"}, RITA)
    assert [outcome for outcome, _ in whys(job)] == ["waiting", "refused", "same"]
    assert "1 open assignments" in whys(job)[1][1]
    done(job, RITA)
    assert [fresh(one).status for one in (free, asked)] == [CourseStatus.ARCHIVED, CourseStatus.PUBLISHED]
    done(prepared([free, asked], "bring-back", {"move": "bring-back"}, RITA), RITA)
    assert fresh(free).status == CourseStatus.UNPUBLISHED


def test_an_author_asks_for_those_that_are_ready() -> None:
    ready, bare = make_draft(), make_draft(title="Bare", lesson_count=0)
    job = done(prepared([ready, bare], "ready", {"move": "ready"}, CARL), CARL)
    assert job.counts == {"done": 1, "refused": 1}
    assert (bool(fresh(ready).ready_at), bool(fresh(bare).ready_at)) == (True, False)
    assert prepared([ready], "ready", {"move": "ready"}, CARL).counts == {"same": 1}
    with pytest.raises(NotFound):
        kind_of("course").action("archive", CARL)


def test_an_approver_decides_who_owns_what_was_published(cloud, settings) -> None:
    pool = Pool(cloud("cognito-idp"))
    settings.COGNITO_USER_POOL_ID = pool.pool_id
    owners.forget()
    draft, live = make_draft(), make_course()
    wanted = {"owner": pool["cora"].user_id}
    assert done(prepared([draft, live], "owner", wanted, CARL), CARL).counts == {"done": 1, "refused": 1}
    assert done(prepared([live], "owner", wanted, RITA), RITA).counts == {"done": 1}
    assert fresh(live).owner_user_id == pool["cora"].user_id
    entry = audit_of_target(f"course:{live.course_id}").items[0]
    assert entry.changes == {"owner": {"before": CARL.user_id, "after": pool["cora"].user_id}}


def test_a_file_names_courses_by_title_and_takes_badges() -> None:
    course, badge = make_draft(title="Renewals in practice"), ensure_option(group=Group.BADGE, label="Pro", by=SYSTEM)
    data = f"course,badge,do\nRENEWALS in practice,pro,ready\n/learn/manage/{course.course_id}/,-,\nGone,,archive\n"
    first, second, third = asked_of(kind_of("course"), data.encode(), CARL)
    assert (first.ref, first.wanted) == (course.course_id, {"badge": badge, "move": "ready"})
    assert second.problem == "The same stands in line 2."
    assert "no course" in third.problem


@pytest.mark.parametrize("person", [CARL, RITA, ANA])
def test_the_list_has_boxes_and_stays_at_two_requests(person: Person) -> None:
    ensure_profile(by=person)
    course = make_draft()
    client = sign_in(Client(), person)
    body = client.get("/learn/manage/").content.decode()
    assert f'name="chosen" value="{course.course_id}"' in body
    assert ("Archive</option>" in body) == (person is not CARL)
    meter = metering.start()
    client.get("/learn/manage/")
    assert meter.calls <= 3  # the session, and two


def test_all_of_a_filtered_list_is_chosen() -> None:
    for number in range(3):
        make_draft(title=f"Course {number}")
    make_course(title="Live")
    client = sign_in(Client(), CARL)
    told = {"action": "tags", "all": "1", "filter": "status=Draft", "sent": "1", "add_tags": [tag("Price")]}
    job = jobs.job_by_id(client.post("/bulk/course/", told)["Location"].split("/")[-2])
    assert (int(job.total), int(job.to_do)) == (3, 3)
