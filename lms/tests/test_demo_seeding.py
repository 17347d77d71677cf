"""Bringing the demo's learning about: once, again, and after people have done something of their own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accounts.person import Person
from content.demo import library
from content.demo import seeding as items
from content.tests import demo_accounts
from core import clock
from lms import store
from lms.demo import curriculum, making, seeding, timeline
from lms.demo.answering import answers
from lms.demo.making import Stage
from lms.enums import CertificateState, CourseStatus
from lms.rules.quizzes import grading
from lms.services import assignments, attempts, certificates, courses, learning, publishing
from lms.store import assignments as assignment_store
from lms.store import certificates as certificate_store
from lms.store import learning as rows
from lms.store import quizzes as quiz_store

accounts = demo_accounts.accounts
_COURSES = ("security-questionnaires", "giving-days", "mentoring-launch")
_ITEMS = (
    "security-answers",
    "sso-in-an-afternoon",
    "portal-status-page",
    "giving-days-tour",
    "giving-day-hour-by-hour",
)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three of the courses with what people did in them, and the items that they show."""
    whole = curriculum.school()
    few = replace(
        whole,
        courses=tuple(plan for plan in whole.courses if plan.slug in _COURSES),
        paths=(),
        errands=tuple(one for one in whole.errands if one.course in _COURSES),
        studies=tuple(one for one in whole.studies if one.course in _COURSES),
    )
    shown = tuple(asset for asset in library.assets() if asset.slug in (*_ITEMS, "giving-days-price-sheet"))
    monkeypatch.setattr(items, "assets", lambda: shown)
    for module in (making, seeding, timeline):
        monkeypatch.setattr(module, "school", lambda: few)


@pytest.fixture
def stage(accounts: None, small: None) -> Stage:
    cast = items.demo_people()
    list(items.seed(cast))
    return Stage(cast, clock.now())


def _seed(stage: Stage) -> int:
    made = sum(seeding.make(stage))
    return made + sum(seeding.live(timeline.steps(stage)))


def _state(stage: Stage) -> list[object]:
    found: list[object] = []
    for plan in seeding.school().courses:
        course_id = stage.course_id(plan.slug)
        found.append(store.course_by_id(course_id).rev)
        found += [(one.lesson_id, one.rev) for one in store.lessons_of(course_id)]
    for person in stage.cast.values():
        found += [(one.key, one.rev) for one in rows.courses_begun(person.user_id)]
        found += [(one.assignment_id, one.rev) for one in assignment_store.assignments_of(person.user_id)]
    return found


def _csm(stage: Stage) -> Person:
    return stage.cast["csm"]


def test_again_is_the_same_as_once(stage: Stage) -> None:
    assert _seed(stage) > 20
    before = _state(stage)
    assert _seed(stage) == 0
    assert _state(stage) == before


def test_courses_are_what_they_are_meant_to_be(stage: Stage) -> None:
    _seed(stage)
    security, giving, mentoring = (store.course_by_id(stage.course_id(slug)) for slug in _COURSES)
    assert (security.status, int(security.version), bool(security.draft_changed)) == (CourseStatus.PUBLISHED, 1, False)
    assert giving.status == CourseStatus.PUBLISHED and giving.draft_changed and giving.ready_at
    assert mentoring.status == CourseStatus.DRAFT and mentoring.owner_user_id == stage.cast["contributor"].user_id
    assert publishing.problems_of(mentoring, store.lessons_of(mentoring.course_id))


def test_a_certificate_is_about_to_expire_and_can_be_renewed(stage: Stage) -> None:
    _seed(stage)
    (certificate,) = certificate_store.certificates_of(_csm(stage).user_id).items
    assert certificates.state_of(certificate, clock.now()) is CertificateState.EXPIRING
    assert certificate.issued_at < stage.ago(300)
    (mine,) = assignment_store.assignments_of(_csm(stage).user_id)
    assert mine.status == "completed"


def test_what_people_did_since_is_kept(stage: Stage) -> None:
    _seed(stage)
    course_id, approver = stage.course_id("giving-days"), stage.cast["approver"]
    publishing.publish(course_id=course_id, by=approver)
    waived = next(one for one in assignment_store.assignments_of(stage.cast["ae"].user_id))
    assignments.cancel(user_id=waived.user_id, assignment_id=waived.assignment_id, by=approver)
    course = courses.readable(stage.course_id("mentoring-launch"), stage.cast["contributor"])
    fields = replace(courses.fields_of(course), title="Mentoring, my way")
    courses.edit(course_id=course.course_id, fields=fields, seen_rev=int(course.rev), by=stage.cast["contributor"])
    before = _state(stage)
    assert _seed(stage) == 0 and _state(stage) == before


def test_what_was_cut_off_is_completed(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    write = making._write

    def cut_off(at: Stage, plan: curriculum.Plan) -> int:
        if plan.slug == "giving-days":
            raise KeyboardInterrupt
        return write(at, plan)

    with monkeypatch.context() as patched:
        patched.setattr(making, "_write", cut_off)
        with pytest.raises(KeyboardInterrupt):
            _seed(stage)
    sum(seeding.make(stage))
    list(seeding.live(timeline.steps(stage)[:5]))
    _seed(stage)
    assert learning.load(_csm(stage), stage.course_id("security-questionnaires")).finished
    assert _seed(stage) == 0


@pytest.mark.parametrize("right", [True, False])
def test_answers_are_as_right_as_they_are_meant_to_be(stage: Stage, right: bool) -> None:
    sum(seeding.make(stage))
    for slug, key in (("security-questionnaires", "final"), ("giving-days", "final")):
        where = {"course_id": stage.course_id(slug), "lesson_id": stage.lesson_id(slug, key)}
        attempt = attempts.start(**where, by=stage.cast["ae"])
        quiz = quiz_store.quiz_at(where["course_id"], 1, where["lesson_id"])
        wrong = () if right else tuple(quiz.by_id)
        graded = attempts.submit(
            **where, number=int(attempt.number), posted=answers(attempt, quiz, wrong), by=stage.cast["ae"]
        )
        marks = grading.grade(
            quiz, list(graded.marks), {one: kept["value"] for one, kept in graded.answers.items()}
        ).marks
        full = {question_id: quiz.by_id[question_id].points for question_id in marks}
        assert all((marks[one] == full[one]) is right for one in marks), marks
