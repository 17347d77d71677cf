"""Every operation of the API's own document, asked by every role, for a thing in every state."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django.conf import settings

from core.api.testing import ApiClient
from core.testing import CARL, VERA
from lms.enums import LessonType
from tests.api.document import OPERATIONS, Operation
from tests.api.stock import NOBODYS, Stock, stocked
from tests.attacks.api_table import PEOPLE, TABLES, Table
from tests.attacks.notes import note

LETTERS = {400: "b", 401: "u", 403: "x", 404: ".", 409: "c", 412: "c"}
ROWS = [(kind, name) for kind, table in TABLES.items() for name in table.rows]
OWNERS = {"item": CARL, "course": CARL, "path": CARL, "certificate": VERA}
_KINDS = {
    "attempts": LessonType.QUIZ,
    "quiz": LessonType.QUIZ,
    "question": LessonType.QUIZ,
    "captions": LessonType.VIDEO,
    "transcript": LessonType.VIDEO,
    "video": LessonType.VIDEO,
    "play-url": LessonType.VIDEO,
    "watched": LessonType.VIDEO,
    "open": LessonType.DOCUMENT,
}
_BODIES: Mapping[str, Mapping[str, Any]] = {
    "editDraft": {"title": "Edited"},
    "createContent": {"kind": "article", "title": "New"},
    "startUpload": {"name": "b.pdf", "size": 9},
    "setDates": {"go_live_at": None, "expire_at": None, "review_every_days": 30},
    "moveFile": {"step": 1},
    "addQuestion": {"kind": "true_false", "text": "Value first?", "truth": True},
    "putCaptions": {"name": "talk.vtt", "text": "WEBVTT\n\n00:00.000 --> 00:02.000\nGood morning\n"},
    "editCaptions": {"lines": [{"start": 0, "end": 1000, "text": "Good morning"}]},
}
_IDS = {
    "content_id",
    "course_id",
    "path_id",
    "certificate_id",
    "option_id",
    "user_id",
    "webhook_id",
    "team_id",
    "job_id",
    "notification_id",
    "target",
}
_NOWHERE = {"target": f"content:{NOBODYS}"}
_NAMED = {"runJob": {"name": "audit.seal"}, "whoCanSee": {"kind": "content"}, "getDailyNumber": {"name": "views"}}
_QUERIES = {"compareVersions": {"a": 1, "b": 1}, "removeComment": {"reason": "For the test."}}


def test_every_operation_has_its_row() -> None:
    assert {name for _, name in ROWS} == set(OPERATIONS)


@pytest.fixture(scope="module")
def stock(shared_cloud: Callable[[str], Any]) -> Iterator[Stock]:
    before = settings.COGNITO_USER_POOL_ID
    yield stocked(shared_cloud)
    settings.COGNITO_USER_POOL_ID = before


@pytest.mark.usefixtures("api_keys")
@pytest.mark.parametrize(("kind", "name"), ROWS, ids=[" ".join(row) for row in ROWS])
def test_it_answers_as_the_table_says(stock: Stock, kind: str, name: str) -> None:
    assert answers_of(stock, TABLES[kind], kind, name) == TABLES[kind].rows[name]


def answers_of(stock: Stock, table: Table, kind: str, name: str) -> list[str]:
    operation, found = OPERATIONS[name], []
    clients = {person: ApiClient(person) for person in PEOPLE}
    for state, expected in zip(table.states, table.rows[name], strict=True):
        letters = ""
        for (person, client), letter in zip(clients.items(), expected, strict=True):
            named = place(stock, kind, state, operation)
            answer = ask(client, operation, stock, named)
            letters += letter_of(answer)
            stock.keeper.put_back()
            if letters[-1] == "." and operation.path_names:
                nowhere = {one: _NOWHERE.get(one, NOBODYS) if one in _IDS else value for one, value in named.items()}
                assert_looks_missing(answer, ask(client, operation, stock, nowhere))
            row = {"method": operation.method, "route": f"v1 {name}", "state": state, "person": person}
            note(**row, expected=letter, got=letters[-1], own=person is OWNERS.get(kind))
        found.append(letters)
    return found


def ask(client: ApiClient, operation: Operation, stock: Stock, named: Mapping[str, Any]) -> Any:
    """As somebody asks who has seen the thing as it is."""

    def value(name: str) -> Any:
        return named[name] if name in named else stock.first(name)

    seen = {"if_match": stock.etag(named)} if operation.takes("If-Match") else {}
    query = _QUERIES.get(operation.name) or operation.least_query(value)
    body = _BODIES.get(operation.name, operation.least_body(value))
    return client.ask(operation.method, operation.address(named, query), body, **seen)


def place(stock: Stock, kind: str, state: str, operation: Operation) -> dict[str, Any]:
    """The thing of this kind in this state, and something else of whatever else the address and the body name."""
    named = {name: stock.first(name) for name in operation.path_names} | _NAMED.get(operation.name, {})
    campus = stock.campus
    if kind == "item":
        kept = stock.shelf.items[state]
        named |= {"content_id": kept.content_id, "file_id": kept.file_id, "version": 1, "token": kept.ticket}
        named |= {"target": f"content:{kept.content_id}"}
        if "comment_id" in operation.path_names:  # where it stands, its revision is the one that counts
            named |= {"comment_id": kept.comment_id}
    elif kind == "course":
        wanted = next((found for part, found in _KINDS.items() if part in operation.path), LessonType.TEXT)
        named |= {"course_id": campus.courses[state], "lesson_id": campus.lesson(state, wanted)}
        named |= {"section_id": campus.section(state)}
    elif kind == "path":
        named |= {"path_id": campus.paths[state], "step_id": campus.step(state)}
    elif kind == "certificate":
        named |= {"certificate_id": campus.certificates[state]}
    if operation.path.startswith("/v1/admin/users"):
        named |= {"user_id": stock.colleague_id}
    return named


def letter_of(answer: Any) -> str:
    return "o" if 200 <= answer.status_code < 300 else LETTERS[answer.status_code]


def assert_looks_missing(hidden: Any, missing: Any) -> None:
    assert missing.status_code == 404
    assert hidden.json() | {"request_id": ""} == missing.json() | {"request_id": ""}
    ours, theirs = ({k: v for k, v in a.headers.items() if k not in _OWN_HEADERS} for a in (hidden, missing))
    assert ours == theirs


_OWN_HEADERS = {"X-Request-ID", "RateLimit-Remaining", "RateLimit-Reset"}
