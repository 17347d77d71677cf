"""What is hers: assigned, in progress, completed; on its own page, on home, and as a file."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from core import clock
from core.testing import ANA, CARL, RITA, VERA, sign_in
from lms.pages.mine import mine
from lms.services import cycles, learning, publishing
from lms.services.assignments import When
from lms.tests.assignment_factories import assign, complete
from lms.tests.factories import lesson_ids, make_course
from lms.tests.path_factories import make_path

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.fixture
def vera() -> Client:
    return sign_in(Client(), VERA)


def test_a_new_learner_is_told_how_to_begin(vera: Client) -> None:
    body = vera.get("/learn/mine/").content.decode()
    assert "Nothing here yet" in body
    assert 'href="/learn/"' in body


def test_what_she_has_begun_waits_at_the_lesson_where_she_stopped(vera: Client) -> None:
    course = make_course(lesson_count=3)
    first, second, _ = lesson_ids(course)
    learning.complete_lesson(course_id=course.course_id, lesson_id=first, by=VERA)
    learning.open_lesson(course_id=course.course_id, lesson_id=second, by=VERA)
    (begun,) = mine(VERA).going_on
    assert begun.card.percent == 33
    assert vera.get(begun.url)["Location"] == f"/learn/courses/{course.course_id}/lessons/{second}/"
    assert "Continue where you left off" in vera.get("/").content.decode()


def test_what_she_has_finished_leads_to_its_certificate(vera: Client) -> None:
    course = make_course(lesson_count=1)
    learning.complete_lesson(course_id=course.course_id, lesson_id=lesson_ids(course)[0], by=VERA)
    own = mine(VERA)
    assert [one.card.title for one in own.completed] == [course.title]
    assert own.completed[0].certificate_url
    assert own.completed[0].certificate_state == "active"
    assert not own.going_on


def test_a_certificate_stands_once_with_its_course_and_alone_when_that_is_begun_anew(vera: Client) -> None:
    course = make_course(lesson_count=1, validity_months=12)
    with clock.at(datetime(2026, 1, 5, tzinfo=UTC)):
        learning.complete_lesson(course_id=course.course_id, lesson_id=lesson_ids(course)[0], by=VERA)
        assert not mine(VERA).certificates
    with clock.at(datetime(2027, 1, 4, tzinfo=UTC)):
        assert mine(VERA).completed[0].certificate_state == "expiring"
        assert "Expires soon" in vera.get("/learn/mine/").content.decode()
        cycles.renew(course_id=course.course_id, by=VERA)
        own = mine(VERA)
    assert not own.completed
    assert [one.title for one in own.certificates] == [course.title]


def test_home_knows_how_far_she_is_on_a_path_that_she_was_assigned(vera: Client) -> None:
    path = make_path(first := make_course(), make_course())
    assign(path)
    complete(first)
    vera.post(f"/learn/paths/{path.path_id}/steps/2/")
    assert "50% done" in vera.get("/").content.decode()
    own = mine(VERA)
    assert [one.percent for one in own.assigned] == [50]
    assert not own.paths


def test_an_assignment_says_when_it_is_due_and_in_whose_zone(vera: Client) -> None:
    course = make_course()
    with clock.at(datetime(2026, 1, 5, tzinfo=UTC)):
        assign(course, when=When(day=date(2026, 1, 9)))
        (due,) = mine(VERA).assigned
    assert not due.overdue
    assert due.due_words == "Fri, Jan 9, end of day New York time"
    with clock.at(datetime(2026, 1, 20, tzinfo=UTC)):
        assert mine(VERA).assigned[0].overdue
    assert "Assigned to you" in vera.get("/").content.decode()


def test_what_was_withdrawn_before_she_began_is_not_listed(vera: Client) -> None:
    course = make_course()
    assign(course)
    publishing.unpublish(course_id=course.course_id, by=RITA)
    assert not mine(VERA).assigned


def test_her_progress_is_a_file_that_no_spreadsheet_runs(vera: Client) -> None:
    course = make_course(lesson_count=2, title="=cmd|' /C calc'!A0")
    learning.complete_lesson(course_id=course.course_id, lesson_id=lesson_ids(course)[0], by=VERA)
    body = b"".join(vera.get("/learn/mine/progress.csv")).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(body))
    assert (row["state"], row["percent"], row["cycle"]) == ("in_progress", "50", "1")
    assert row["title"].startswith("'=")


def test_nobody_sees_what_is_another_persons(vera: Client) -> None:
    course = make_course()
    learning.open_lesson(course_id=course.course_id, lesson_id=lesson_ids(course)[0], by=CARL)
    for page in ("/learn/mine/", "/", "/learn/mine/progress.csv"):
        answer = vera.get(page)
        body = b"".join(answer) if answer.streaming else answer.content
        assert course.title.encode() not in body
    assert not mine(ANA).anything


def test_her_page_reads_no_more_however_many_courses_she_has_begun(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lms.pages.mine.LONG", 1)
    for number in range(3):
        course = make_course(title=f"Course {number}", lesson_count=1)
        learning.open_lesson(course_id=course.course_id, lesson_id=lesson_ids(course)[0], by=VERA)
    shown = sign_in(client, VERA).get("/learn/mine/")
    assert len(shown.context["mine"].going_on) == 1
    assert "2 more courses are not shown here" in shown.content.decode()
