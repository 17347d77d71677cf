from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.store import audit_of_actor
from accounts.tests.conftest import pool  # noqa: F401  (a fixture)
from core import clock
from core.testing import CARL, RITA, VERA, as_htmx, sign_in
from lms.enums import AssignmentStatus
from lms.models import Course
from lms.services import learning
from lms.services.assignments import When
from lms.store import assignments as store
from lms.tests.assignment_factories import again, assign, complete
from lms.tests.factories import lesson_ids, make_course

pytestmark = pytest.mark.usefixtures("cloud")
LIST = "/learn/manage/assignments/"


def wizard(course: Course) -> str:
    return f"{LIST}new/course/{course.course_id}/"


def confirmed(client: Client, course: Course, **entered: Any) -> Any:
    """Previews, then presses the button of the preview."""
    preview = client.post(wizard(course), {"preview": "1", **entered})
    assert preview.status_code == 200, preview.text
    hidden = dict(re.findall(r'name="(sealed|text)" value="([^"]*)"', preview.text))
    return client.post(wizard(course), hidden)


def test_an_approver_assigns_a_course_and_its_learner_is_told_of_it(client: Client, pool: Any) -> None:  # noqa: F811
    course, vera = make_course(title="Renewals", lesson_count=1), pool["vera"]
    sign_in(client, pool["rita"])
    found = client.post(wizard(course), {"find": "vera"}, headers=as_htmx())
    assert vera.user_id in found.text
    assert "vera.viewer@" not in found.text
    due = (clock.now() + timedelta(days=9)).date()
    done = confirmed(client, course, whom="people", person=[vera.user_id], due_on=due.isoformat(), note="For Q3")
    assert "Assigned" in done.text
    (one,) = store.assignments_of(vera.user_id)
    assert (one.due_on, one.note, one.status) == (due.isoformat(), "For Q3", AssignmentStatus.ASSIGNED)
    sign_in(client, vera)
    told = client.get(f"/learn/courses/{course.course_id}/note/", headers=as_htmx()).text
    assert "Assigned to you, due" in told
    assert "end of day New York time" in told
    complete(course, vera)
    assert "You have done what you were assigned" in client.get(f"/learn/courses/{course.course_id}/note/").text


def test_everybody_with_a_role_is_assigned_once(client: Client, pool: Any) -> None:  # noqa: F811
    course = make_course()
    sign_in(client, pool["rita"])
    confirmed(client, course, whom="role", role="Contributor")
    for person in ("carl", "cora"):
        assert len(store.assignments_of(pool[person].user_id)) == 1
    assert store.assignments_of(pool["vera"].user_id) == []
    again_ = client.post(wizard(course), {"preview": "1", "whom": "role", "role": "Contributor"})
    assert "2 assigned already" in again_.text


def test_a_list_says_of_each_row_what_would_become_of_it(client: Client, pool: Any) -> None:  # noqa: F811
    course = make_course()
    sign_in(client, pool["rita"])
    text = (
        "person;due\n"
        "VERA.viewer@gravyty.com;2031-02-28\n"
        "vera.viewer@gravyty.com;\n"
        "nobody@gravyty.com;\n"
        "cora.contributor@gravyty.com;31.02.2031\n"
        "=cmd|' /C calc'!A0;\n"
    )
    file = SimpleUploadedFile("people.csv", b"\xef\xbb\xbf" + text.encode(), "text/csv")
    preview = client.post(wizard(course), {"preview": "1", "whom": "file", "file": file})
    for said in ("stands in line 2", "Nobody signs in", "is no date", "1 assigned", "4 refused"):
        assert said in preview.text, said
    assert store.assignments_of(pool["vera"].user_id) == []
    hidden = dict(re.findall(r'name="(sealed|text)" value="([^"]*)"', preview.text))
    client.post(wizard(course), hidden)
    assert [one.due_on for one in store.assignments_of(pool["vera"].user_id)] == ["2031-02-28"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("time", ["", "00:00", "23:59"])
def test_a_day_at_the_end_of_the_calendar_is_refused_in_form_and_file(
    client: Client,
    pool: Any,  # noqa: F811
    day: str,
    time: str,
) -> None:
    course = make_course()
    sign_in(client, pool["rita"])
    entered = {"preview": "1", "whom": "people", "person": [pool["vera"].user_id], "due_on": day, "due_time": time}
    assert client.post(wizard(course), entered).status_code == 400
    rows = f"person,due\n{pool['vera'].user_id},{day} {time}\n"
    entered = {"preview": "1", "whom": "file", "file": SimpleUploadedFile("list.csv", rows.encode())}
    assert "Refused" in client.post(wizard(course), entered).text


def test_a_preview_that_was_meddled_with_assigns_nothing(client: Client, pool: Any) -> None:  # noqa: F811
    course = make_course()
    sign_in(client, pool["rita"])
    assert client.post(wizard(course), {"sealed": "forged"}).status_code == 400
    entered = {"preview": "1", "whom": "people", "person": [pool["vera"].user_id]}
    hidden = dict(re.findall(r'name="(sealed|text)" value="([^"]*)"', client.post(wizard(course), entered).text))
    assert client.post(wizard(make_course()), hidden).status_code == 400
    assert store.assignments_of(pool["vera"].user_id) == []


def test_nobody_has_cognito_asked_for_a_thousand_people_one_by_one(client: Client, pool: Any) -> None:  # noqa: F811
    sign_in(client, pool["rita"])
    many = {"preview": "1", "whom": "people", "person": [f"nobody-{number}" for number in range(101)]}
    answer = client.post(wizard(make_course()), many)
    assert answer.status_code == 400
    assert "at most 100 people" in answer.text


def test_the_list_takes_two_requests_and_shows_who_is_overdue(client: Client, caplog: Any) -> None:
    course = make_course()
    with clock.at(clock.now() - timedelta(days=30)):
        late = assign(course, when=When(day=(clock.now() + timedelta(days=3)).date()))
    assign(make_course(title="Another"), CARL)
    sign_in(client, RITA)
    client.get(LIST)
    with caplog.at_level("INFO", "portal.request"):
        response = client.get(LIST, {"state": "overdue"})
    assert response.status_code == 200
    assert late.assignment_id in response.text
    assert "Another" not in response.text
    assert caplog.records[-1].dynamodb_calls == 2


def test_only_those_who_may_assign_come_here(client: Client) -> None:
    one = assign(make_course())
    for person in (VERA, CARL):
        sign_in(client, person)
        for address in (LIST, f"{LIST}new/", f"{LIST}{one.user_id}/{one.assignment_id}/"):
            assert client.get(address).status_code == 403


def test_several_are_changed_with_an_answer_for_each(client: Client) -> None:
    course = make_course(lesson_count=1)
    first, second = assign(course), assign(course, CARL)
    complete(course, CARL)
    sign_in(client, RITA)
    keys = [f"{one.user_id}~{one.assignment_id}" for one in (first, second)]
    form = client.post(f"{LIST}several/waive/", {"key": keys})
    assert "2 assignments" in form.text
    missing = client.post(f"{LIST}several/waive/", {"key": keys, "confirmed": "1", "reason": ""})
    assert missing.status_code == 400
    done = client.post(f"{LIST}several/waive/", {"key": keys, "confirmed": "1", "reason": "Reorganised."})
    assert "It has been completed already." in done.text
    assert again(first).status == AssignmentStatus.WAIVED
    assert again(second).status == AssignmentStatus.COMPLETED


def test_the_page_of_an_assignment_tells_its_history(client: Client) -> None:
    one = assign(make_course())
    sign_in(client, RITA)
    address = f"{LIST}{one.user_id}/{one.assignment_id}/"
    assert client.post(f"{address}extend/", {"due_on": "2031-02-28"}).status_code == 303
    shown = client.get(address).text
    assert "changed the due date" in shown
    assert "assigned it" in shown
    assert client.post(f"{address}extend/", {"due_on": "2001-02-28"}).status_code == 400
    assert client.post(f"{address}explode/").status_code == 404


def test_of_one_course_the_list_shows_how_far_its_learners_are(client: Client, caplog: Any) -> None:
    course = make_course(lesson_count=2)
    assign(course)
    learning.complete_lesson(course_id=course.course_id, lesson_id=lesson_ids(course)[0], by=VERA)
    sign_in(client, RITA)
    client.get(LIST)
    with caplog.at_level("INFO", "portal.request"):
        shown = client.get(LIST, {"target": f"course:{course.course_id}"}).text
    assert caplog.records[-1].dynamodb_calls == 3
    assert "50%" in shown
    assert f"{LIST}new/course/{course.course_id}/" in shown


def test_the_export_has_what_the_filters_leave_and_no_formulas(client: Client) -> None:
    course = make_course(title="=1+1", lesson_count=1)
    assign(course)
    assign(make_course(title="Another"), CARL)
    complete(course)
    sign_in(client, RITA)
    text = client.get(f"{LIST}export/", {"state": "completed"}).getvalue().decode()
    header, row = text.splitlines()
    assert header.startswith("\ufeffperson,course or path,state,progress %")
    assert "'=1+1,Completed,100" in row
    (entry,) = audit_of_actor(RITA.user_id, limit=1).items
    assert entry.action == "assignments.exported"
    sign_in(client, CARL)
    assert client.get(f"{LIST}export/").status_code == 403
