"""One course in each state with a lesson of each kind, made once and put back after whatever changed it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends

from accounts.enums import TeamRole
from accounts.services import teams
from content.enums import Status
from content.tests.factories import make_item
from core.index import index
from core.testing import ANA, RITA, VERA
from lms import store
from lms.documents.courses import course_document
from lms.enums import CourseMove, LessonType
from lms.models import Course
from lms.services import attempts, courses, learning, paths, publishing
from lms.services.paths import steps_of
from lms.store.paths import path_by_id
from lms.tests.assignment_factories import assign
from lms.tests.badge_factories import put_signing_key
from lms.tests.certificate_factories import earn, revoked
from lms.tests.factories import add_lesson, add_text, make_course, make_draft
from lms.tests.media_factories import add_video, video_lesson
from lms.tests.path_factories import make_path, make_path_draft
from lms.tests.quiz_factories import quiz
from metadata.store import labels
from tests.lighter_moto import held

STATES = ("Draft", "Published", "Begun", "Archived")
"""Begun is unpublished, and Vera had begun it before."""
TRACES = ("sessions", "audit_log", "profiles")
"""Tables that note who was there, refused or not."""


@dataclass(frozen=True)
class Campus:
    """`lessons` has one of each kind for every course."""

    courses: dict[str, str]
    lessons: dict[str, dict[LessonType, str]] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    certificates: dict[str, str] = field(default_factory=dict)
    assignment_id: str = ""
    team_id: str = ""

    def section(self, state: str) -> str:
        return courses.sections_of(store.course_by_id(self.courses[state]))[0].section_id

    def step(self, state: str) -> str:
        return steps_of(path_by_id(self.paths[state]))[0].step_id

    def lesson(self, state: str, kind: LessonType) -> str:
        return self.lessons[state][kind]


def build() -> Campus:
    put_signing_key()
    item = make_item(Status.APPROVED)
    campus = Campus({})
    for state in STATES:
        course_id = str(make_draft(title=f"Course {state}", lesson_count=0).course_id)
        campus.courses[state] = course_id
        campus.lessons[state] = _lessons(course_id, str(item.content_id))
        _walk(course_id, state, campus.lessons[state])
    short = make_course(title="Short", lesson_count=1)
    for state in STATES:
        campus.paths[state] = _path(short, state)
    campus.certificates.update(
        Active=str(earn(VERA).certificate_id), Revoked=str(revoked(earn(VERA), ANA).certificate_id)
    )
    assigned = str(assign(short).assignment_id)
    return replace(campus, assignment_id=assigned, team_id=_team())


def _team() -> str:
    """Vera is in it. Who manages it is none of those who ask: her session would have to be asked about anew."""
    team_id = str(teams.create(name="East", by=ANA).team_id)
    teams.add(team_id=team_id, user_ids=[VERA.user_id], by=ANA)
    teams.add(team_id=team_id, user_ids=["sub-manager"], role=TeamRole.MANAGER, by=ANA)
    return team_id


def _path(course: Course, state: str) -> str:
    made = (
        make_path_draft(course, title=f"Path {state}") if state == "Draft" else make_path(course, title=f"Path {state}")
    )
    path_id = str(made.path_id)
    if state == "Begun":
        paths.begin(path_id=path_id, by=VERA)
    if state in ("Begun", "Archived"):
        move = CourseMove.ARCHIVE if state == "Archived" else CourseMove.UNPUBLISH
        paths.move(path_id=path_id, move=move, by=RITA)
    return path_id


def _lessons(course_id: str, content_id: str) -> dict[LessonType, str]:
    film = add_video(video_lesson(course_id))
    made = {
        LessonType.TEXT: add_text(course_id),
        LessonType.DOCUMENT: add_lesson(course_id, LessonType.DOCUMENT, "The deck", {"content_id": content_id}),
        LessonType.LINK: add_lesson(course_id, LessonType.LINK, "Elsewhere", {"url": "https://example.org/"}),
        LessonType.QUIZ: add_lesson(course_id, LessonType.QUIZ, "Quiz", quiz().to_content()),
        LessonType.VIDEO: film,
    }
    return {kind: str(lesson.lesson_id) for kind, lesson in made.items()}


def _walk(course_id: str, state: str, lessons: dict[LessonType, str]) -> None:
    if state == "Draft":
        return
    publishing.publish(course_id=course_id, by=RITA)
    if state in ("Published", "Begun"):
        learning.open_lesson(course_id=course_id, lesson_id=lessons[LessonType.TEXT], by=VERA)
        attempts.start(course_id=course_id, lesson_id=lessons[LessonType.QUIZ], by=VERA)
    if state == "Archived":
        publishing.archive(course_id=course_id, by=RITA)
    elif state != "Published":
        publishing.unpublish(course_id=course_id, by=RITA)


class Keeper:
    """Knows which tables were written to, and puts them back as they were."""

    def __init__(self, client: Any, region: str) -> None:
        self._tables = dynamodb_backends[DEFAULT_ACCOUNT_ID][region].tables
        self._then = {name: held(table.items) for name, table in self._tables.items()}
        self.written: set[str] = set()
        client.meta.events.register("provide-client-params.dynamodb", self._note)

    def _note(self, params: dict[str, Any], model: Any, **_rest: Any) -> None:
        if model.name in ("PutItem", "UpdateItem", "DeleteItem"):
            self.written.add(params["TableName"])
        elif model.name == "BatchWriteItem":
            self.written.update(params["RequestItems"])
        elif model.name == "TransactWriteItems":
            changes = [change for item in params["TransactItems"] for change in item.items()]
            self.written.update(how["TableName"] for kind, how in changes if kind != "ConditionCheck")

    @property
    def changed(self) -> set[str]:
        return self.written - set(TRACES)

    def put_back(self) -> None:
        for name in self.changed:
            self._tables[name].items = held(self._then[name])
        if {"lms_courses", "lms_lessons", "lms_course_versions"} & self.changed:
            index().put([course_document(course, labels()) for course in store.every_course()])
        self.written.clear()
