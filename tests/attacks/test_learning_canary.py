"""What of learning is hidden from somebody leaves no trace on any page of it, nor in search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.person import Person
from content.enums import Status
from content.services import lifecycle
from content.tests.factories import make_item
from core.testing import CARL, CORA, RITA, VERA, as_htmx
from lms import store
from lms.enums import Feedback, LessonType, QuestionType
from lms.rules.quizzes import Question
from lms.services import attempts, courses, lessons, publishing
from lms.services.paths import steps_of
from lms.store.paths import path_by_id
from lms.tests.assignment_factories import assign
from lms.tests.factories import add_lesson, add_text, make_draft
from lms.tests.path_factories import add, make_path, make_path_draft
from lms.tests.quiz_factories import SINGLE, quiz
from tests.attacks.learning_table import TABLES
from tests.attacks.routes import every_route

CANARY = "zqxanary"
SECRET = {"title": f"{CANARY}title", "description": f"{CANARY}text", "outcomes": (f"{CANARY}outcome",)}
_PARTS = {"number": 1, "language": "en", "name": "picture.png", "below": "1", "question_id": "q-secret", "user_id": ""}
_PARTS |= {"change": "duplicate", "down": "down", "move": "unpublish", "kind": "course", "what": "waive"}


@dataclass(frozen=True)
class Made:
    """By course its lessons, by path its steps."""

    courses: dict[str, list[str]]
    paths: dict[str, list[str]]


def _question() -> Question:
    told = f"{CANARY}because"
    return Question("q-secret", QuestionType.SHORT_TEXT, "Who signs?", accepted=(f"{CANARY}answer",), explanation=told)


def _hidden_course() -> str:
    """A draft that says the canary wherever it can."""
    course_id = str(make_draft(lesson_count=0, **SECRET).course_id)
    add_text(course_id, f"{CANARY}lesson", body=f"{CANARY}body", description=f"{CANARY}about")
    add_lesson(course_id, LessonType.QUIZ, f"{CANARY}quiz", quiz(_question()).to_content())
    return course_id


def _published(course_id: str) -> Any:
    return publishing.publish(course_id=course_id, by=RITA)


def _visible_course(hidden: list[str], item_id: str) -> str:
    """Everybody reads it; it leads to what is hidden in every way that a course can, and so does its next draft."""
    course_id = str(make_draft(title="Plain", prerequisite_ids=tuple(hidden), related_item_ids=(item_id,)).course_id)
    add_text(course_id, "Embeds", body=f"See [this](/content/{item_id}/).\n\n/content/{item_id}/\n")
    add_lesson(course_id, LessonType.DOCUMENT, "Document", {"content_id": item_id})
    asked = quiz(_question(), SINGLE, feedback=Feedback.NEVER, attempt_limit=1)
    tried = add_lesson(course_id, LessonType.QUIZ, "Quiz", asked.to_content())
    _published(course_id)
    for person in (VERA, CORA):
        attempts.start(course_id=course_id, lesson_id=tried.lesson_id, by=person)
        attempts.submit(course_id=course_id, lesson_id=tried.lesson_id, number=1, by=person)
    course = store.course_by_id(course_id, fresh=True)
    fields = replace(courses.fields_of(course), **SECRET)
    courses.edit(course_id=course_id, fields=fields, seen_rev=int(course.rev), by=CARL)
    add_text(course_id, f"{CANARY}lesson", body=f"{CANARY}body")
    first = store.lessons_of(course_id, fresh=True)[0]
    changed = replace(lessons.fields_of(first), title=f"{CANARY}next", content={"body": f"{CANARY}body"})
    place = {"course_id": course_id, "lesson_id": first.lesson_id, "seen_rev": first.text_rev}
    lessons.edit(**place, fields=changed, by=CARL)
    return course_id


@pytest.fixture(scope="module")
def made(shared_cloud: object) -> Iterator[Made]:
    draft, withdrawn, archived = (_hidden_course() for _ in range(3))
    gone = [_published(withdrawn), _published(archived)]
    item = make_item(Status.APPROVED, title=f"{CANARY}item", body=f"{CANARY}body")
    path = make_path(*gone, item, sequential=False)
    assign(gone[0], VERA)
    visible = _visible_course([draft, withdrawn, archived], str(item.content_id))
    add(str(path.path_id), store.course_by_id(visible, fresh=True))
    publishing.unpublish(course_id=withdrawn, by=RITA)
    publishing.archive(course_id=archived, by=RITA)
    lifecycle.expire(content_id=item.content_id, reason="Gone.", by=RITA)
    hidden_path = make_path_draft(title=f"{CANARY}path", description=f"{CANARY}text")
    yield Made(
        {one: [lesson.lesson_id for lesson in store.lessons_of(one)] for one in (draft, withdrawn, archived, visible)},
        {str(one.path_id): [step.step_id for step in steps_of(path_by_id(one.path_id))] for one in (path, hidden_path)},
    )


def _addresses(made: Made) -> Iterator[str]:
    yield from ("/", "/learn/?q=plain", "/content/")
    for status in ("Draft", "Published", "Unpublished", "Archived"):
        yield f"/learn/manage/?status={status}"
        yield f"/learn/manage/paths/?status={status}"
    routes, asked = (
        every_route(),
        [route for table in TABLES.values() for method, route in table.rows if method == "GET"],
    )
    things = [{"course_id": one, "target_id": one, "lesson_id": lesson, "section_id": str(store.course_by_id(one).sections[0]["section_id"])}
              for one, every in made.courses.items() for lesson in every]  # fmt: skip
    things += [{"path_id": one, "step_id": step} for one, every in made.paths.items() for step in (*every, "none")]
    for route in sorted(set(asked) - {"certificates:status-list"}):
        for known in things:
            parts = _PARTS | known | {"user_id": VERA.user_id}
            if set(routes[route]) <= set(parts):
                if route.startswith("analytics:"):
                    parts["name"] = "lessons"
                yield reverse(route, kwargs={part: parts[part] for part in routes[route]})


def _said(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return "\n".join(f"{name}: {value}" for name, value in answer.headers.items()) + body.decode()


@pytest.mark.parametrize("person", [VERA, CORA], ids=lambda person: person.name)
def test_no_page_of_learning_names_what_is_hidden(made: Made, person: Person, clients: dict[str, Client]) -> None:
    for address in dict.fromkeys(_addresses(made)):
        for headers in ({}, as_htmx()):
            answer = clients[person.name].get(address, headers=headers)
            assert CANARY not in _said(answer), address
            assert answer.status_code < 500, address


@pytest.mark.parametrize("person", [VERA, CORA], ids=lambda person: person.name)
@pytest.mark.parametrize("probe", ["title", "lesson", "body", "outcome", "answer", "because", "path", "item"])
def test_no_search_finds_it(made: Made, person: Person, clients: dict[str, Client], probe: str) -> None:
    for page in ("/search/", "/search/suggest/", "/learn/", "/learn/paths/", "/content/"):
        body = clients[person.name].get(page, {"q": CANARY + probe}).content.decode()
        assert body.count(CANARY) == body.count(CANARY + probe), page
        for course_id in (*made.courses, *made.paths):
            assert course_id not in body, page


def test_the_canary_is_there_for_its_owner(made: Made, clients: dict[str, Client]) -> None:
    """Else the tests above would pass for want of anything to find."""
    for course_id in made.courses:
        assert f"{CANARY}title" in clients[CARL.name].get(f"/learn/manage/{course_id}/").content.decode()
    draft = next(iter(made.courses))
    assert draft in clients[CARL.name].get("/search/", {"q": f"{CANARY}title"}).content.decode()
