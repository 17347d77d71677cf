"""Courses in pickers."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.person import Person
from bench.recording import recorded
from core.testing import CARL, CORA, RITA, VERA, sign_in
from lms.pages.picking import CourseSource
from lms.tests.factories import make_course, make_draft

pytestmark = pytest.mark.usefixtures("cloud")


def titles(person: Person, text: str, without: str = "") -> list[str]:
    return [choice.label for choice in CourseSource(person, without).found(text, 30).choices]


def test_only_courses_that_she_may_read_are_found_and_a_draft_says_so() -> None:
    published = make_course(title="Renewals in practice")
    draft = make_draft(title="Renewals for beginners")
    assert titles(CORA, "renewals") == ["Renewals in practice"]
    assert sorted(titles(CARL, "renewals")) == ["Renewals for beginners (Draft)", "Renewals in practice"]
    assert titles(CARL, "renewals", without=draft.course_id) == ["Renewals in practice"]
    for address in ("/learn/courses/{}/", "https://portal/learn/manage/{}/edit/"):
        assert titles(CORA, address.format(published.course_id)) == ["Renewals in practice"]
        assert titles(CORA, address.format(draft.course_id)) == []


def test_a_course_that_is_hidden_is_kept_without_its_name() -> None:
    hidden = make_draft(owner=CARL).course_id
    source = CourseSource(CORA)
    assert source.named([hidden], ()) == {}
    assert source.named([hidden], [hidden])[hidden].label == "A course that is gone, or not open to you"


def test_whoever_writes_no_courses_is_not_answered_and_others_by_one_request(client: Client) -> None:
    make_course(title="Renewals in practice")
    assert sign_in(client, VERA).get("/learn/manage/pick/?q=renewals").status_code == 403
    sign_in(client, RITA).get("/learn/manage/pick/?q=renewals")
    with recorded() as calls:
        answer = client.get("/learn/manage/pick/?q=renewals").json()
    assert [choice["label"] for choice in answer["choices"]] == ["Renewals in practice"]
    assert [call.operation for call in calls] == ["BatchGetItem"]
    assert client.get("/learn/manage/pick/").json() == {"choices": [], "more": True, "create": False}
