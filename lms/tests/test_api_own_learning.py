"""Progress, paths and certificates through the API: each person her own, managers what managers see."""

from __future__ import annotations

from datetime import timedelta

import pytest

from content.tests.factories import make_item
from core import clock
from core.api.testing import ApiClient, requests_of
from core.aws import parameters, user_pool
from core.errors import NotFound
from core.testing import ANA, CARL, CORA, RITA, VERA
from lms.services import learning
from lms.tests import certificate_factories as earned
from lms.tests.badge_factories import put_signing_key
from lms.tests.factories import lesson_ids, make_course
from lms.tests.path_factories import add_choice, make_path, make_path_draft

pytestmark = pytest.mark.usefixtures("cloud", "api_keys")
NOBODYS = "01hidden000000000000000000"
MANAGERS = (RITA, ANA)


def test_progress_is_that_of_the_token_alone():
    course = make_course()
    learning.complete_lesson(course_id=course.course_id, lesson_id=lesson_ids(course)[0], by=VERA)
    mine = ApiClient(VERA).get("progress").json()
    assert [(one["title"], one["percent"], one["state"]) for one in mine["items"]] == [
        (course.title, 50, "in_progress")
    ]
    assert ApiClient(CORA).get("progress").json()["items"] == []
    told = ApiClient(VERA).get(f"progress/courses/{course.course_id}").json()
    assert [one["state"] for one in told["lessons"]] == ["completed", "not_started"]
    assert ApiClient(VERA).get(f"progress/courses/{NOBODYS}").status_code == 404
    assert ApiClient(CORA).get(f"progress/courses/{course.course_id}/history").status_code == 404


def test_pages_of_progress_join_without_gap_or_repeat(monkeypatch):
    monkeypatch.setattr("lms.api.progress._AT_ONCE", 2)
    made = set()
    for number in range(5):
        course = make_course(lesson_count=1, title=f"Course {number}")
        with clock.at(clock.now() + timedelta(minutes=number // 2)):  # some at the same moment
            learning.visit(course_id=course.course_id, lesson_id=lesson_ids(course)[0], by=VERA)
        made.add(course.course_id)
    api, found, cursor = ApiClient(VERA), [], ""
    while cursor is not None:
        page = api.get("progress", {"cursor": cursor}).json()
        found += [one["course_id"] for one in page["items"]]
        cursor = page["next_cursor"]
        if cursor:
            assert ApiClient(CORA).get("progress", {"cursor": cursor}).status_code == 400
    assert len(found) == 5
    assert set(found) == made


def test_a_course_is_taken_again_once_its_window_is_open():
    certificate = earned.earn(validity_months=12)
    api, base = ApiClient(VERA), f"progress/courses/{certificate.course_id}"
    with clock.at(earned.DAY + timedelta(days=30)):
        assert api.post(f"{base}/renew").status_code == 403
    with clock.at(earned.DAY + timedelta(days=340)):
        assert api.get(f"courses/{certificate.course_id}").json()["may_renew"] is True
        assert api.post(f"{base}/renew").json()["progress"]["cycle"] == 2
        assert api.post(f"{base}/renew").json()["progress"]["cycle"] == 2
        history = api.get(f"{base}/history").json()["items"]
    assert [(one["number"], one["certificate_id"]) for one in history] == [(2, None), (1, certificate.certificate_id)]
    assert ApiClient(CORA).post(f"{base}/renew").status_code == 404


def test_a_path_is_found_and_taken_step_by_step():
    first, second, item = make_course(title="First", lesson_count=1), make_course(title="Second"), make_item()
    path = make_path(first, item)
    add_choice(path.path_id, [second, make_course(title="Third")])
    api = ApiClient(VERA)
    assert [one["path_id"] for one in api.get("paths", {"q": "first month"}).json()["items"]] == [path.path_id]
    read = api.get(f"paths/{path.path_id}").json()
    assert [one["state"] for one in read["steps"]] == ["available", "locked", "locked"]
    assert (read["next_step"], read["required"], read["begun"]) == (1, 3, False)
    assert api.post(f"paths/{path.path_id}/steps/2/enter", {}).status_code == 403
    assert api.post(f"paths/{path.path_id}/steps/9/enter", {}).status_code == 404
    assert api.post(f"paths/{path.path_id}/steps/1/enter", {"target_id": NOBODYS}).status_code == 404
    assert api.post(f"paths/{path.path_id}/steps/1/enter", {}).json()["begun"] is True
    earned.complete(first, at=clock.now())
    assert api.post(f"paths/{path.path_id}/steps/2/enter", {}).json()["done"] == 2
    assert api.get("progress/paths").json()["items"][0]["percent"] == 66
    assert ApiClient(CORA).get("progress/paths").json()["items"] == []


@pytest.mark.parametrize(("person", "status"), [(VERA, 404), (CORA, 404), (CARL, 200), (RITA, 200), (ANA, 200)])
def test_a_path_that_is_being_written_is_for_those_who_may_see_it(person, status):
    draft = make_path_draft(make_course())
    assert ApiClient(person).get(f"paths/{draft.path_id}").status_code == status
    assert ApiClient(person).get("paths").json()["items"] == []


@pytest.fixture
def badges(cloud, monkeypatch):
    """A key to sign them with, and nobody known to Cognito."""

    def unknown(_user_id):
        raise NotFound()

    monkeypatch.setattr(user_pool, "user_by_id", unknown)
    put_signing_key()
    yield
    parameters.forget()


@pytest.mark.usefixtures("badges")
def test_certificates_are_their_holders_and_managers():
    certificate = earned.earn()
    place = f"certificates/{certificate.certificate_id}"
    assert [one["certificate_id"] for one in ApiClient(VERA).get("certificates").json()["items"]] == [
        certificate.certificate_id
    ]
    for person, status in ((VERA, 200), (CORA, 404), (CARL, 404), (RITA, 200), (ANA, 200)):
        api = ApiClient(person)
        for below in ("", "/download-url"):
            assert api.get(f"{place}{below}").status_code == status, (person.name, below)
        of_course = api.get(f"certificates/courses/{certificate.course_id}")
        assert of_course.status_code == (200 if person in MANAGERS else 403)
        assert api.get(f"{place}/badge").status_code == {VERA: 200, RITA: 403, ANA: 403}.get(person, 404)
    link = ApiClient(VERA).get(f"{place}/download-url").json()
    assert link["filename"].endswith(".pdf")
    assert "X-Amz-Signature" in link["url"] or "Signature" in link["url"]


def test_everybody_with_the_code_is_told_whether_it_holds():
    certificate = earned.earn()
    with clock.at(earned.DAY):
        answer = ApiClient().get(f"certificates/verify/{certificate.verification_code.lower()}")
    assert answer.json() | {"issued_at": ""} == {
        "holds": True,
        "state": "active",
        "sentence": "It is genuine and valid.",
        "holder_name": VERA.name,
        "title": certificate.title,
        "issued_at": "",
        "valid_until": None,
        "verification_code": certificate.verification_code,
    }
    earned.revoked(certificate, ANA)
    assert ApiClient().get(f"certificates/verify/{certificate.verification_code}").json()["state"] == "revoked"
    assert ApiClient().get("certificates/verify/GRVY-0000").status_code == 404
    assert ApiClient().get(f"certificates/{certificate.certificate_id}").status_code == 401


def test_only_an_admin_revokes_and_twice_leaves_the_first():
    certificate = earned.earn()
    place = f"certificates/{certificate.certificate_id}/revoke"
    for person, status in ((VERA, 403), (CORA, 404), (RITA, 403)):
        assert ApiClient(person).post(place, {"reason": "x"}).status_code == status
    ana = ApiClient(ANA)
    assert ana.post(place, {"reason": "  "}).status_code == 400
    assert ana.post(place, {}).status_code == 422
    first = ana.post(place, {"reason": "A mistake"}).json()
    assert first["state"] == "revoked"
    assert ana.post(place, {"reason": "Another"}).json() == first
    assert ApiClient(VERA).get(f"certificates/{certificate.certificate_id}/download-url").status_code == 403


def test_lists_keep_their_budget():
    course = make_course()
    path = make_path(course, make_item())
    earned.complete(course, at=clock.now())
    for person, address, most in (
        (VERA, "progress", 2),
        (VERA, "progress/paths", 2),
        (VERA, f"progress/courses/{course.course_id}", 4),
        (VERA, "paths", 2),
        (VERA, f"paths/{path.path_id}", 5),
        (VERA, "certificates", 2),
        (RITA, f"certificates/courses/{course.course_id}", 3),
    ):
        assert requests_of(ApiClient(person), address) <= most, address
