"""Every address of learning, asked by every role, for a thing in every state.

What is asked is the gate: bodies are empty, so whoever may come in is let through, told what is missing, or sent on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.tests.pool import Pool
from core.testing import CARL, VERA
from lms.enums import LessonType
from tests.attacks.campus import Campus, Keeper, build
from tests.attacks.learning_table import TABLES
from tests.attacks.notes import note
from tests.attacks.routes import every_route
from tests.attacks.table import PEOPLE
from tests.attacks.test_matrix import assert_looks_missing

NOBODYS = "01hidden000000000000000000"
PUBLIC = {"verify", "verify-code", "issuer", "jwks", "key", "status-list"}
_OF_KIND = {
    "quiz": LessonType.QUIZ,
    "video": LessonType.VIDEO,
    "caption": LessonType.VIDEO,
    "trans": LessonType.VIDEO,
    "lms:play": LessonType.VIDEO,
    "lms:lesson-open": LessonType.DOCUMENT,
}
_PARTS = {
    "number": 1,
    "language": "en",
    "name": "picture.png",
    "below": "1",
    "question_id": "q-single",
    "change": "duplicate",
    "down": "down",
    "move": "unpublish",
    "kind": "course",
    "whom": "roles",
    "rule_id": NOBODYS,
    "code": "never-given",
    "thumbprint": NOBODYS,
}
_WHAT = {"lms:step-change": "optional"}
_QUERY = {"lms:lesson-new": "kind=text", "lms:quiz-question-new": "type=single"}
OWNERS = {"course": CARL, "path": CARL, "certificate": VERA, "place": None}
"""Whose the things of a table are."""
ROWS = [(kind, method, route) for kind, table in TABLES.items() for method, route in table.rows]


@pytest.fixture(scope="module")
def campus(shared_cloud: Callable[[str], Any]) -> Iterator[Campus]:
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(settings, "COGNITO_USER_POOL_ID", Pool(shared_cloud("cognito-idp")).pool_id)
        yield build()


@pytest.fixture(scope="module")
def keeper(campus: Campus, shared_cloud: Callable[[str], Any]) -> Keeper:
    return Keeper(shared_cloud("dynamodb"), settings.AWS_REGION)


@pytest.mark.parametrize(("kind", "method", "route"), ROWS, ids=[" ".join(row) for row in ROWS])
def test_learning_answers_as_the_table_says(
    clients: dict[str, Client], campus: Campus, keeper: Keeper, kind: str, method: str, route: str
) -> None:
    table = TABLES[kind]
    row = table.rows[method, route]
    missing = {
        person.name: ask(clients[person.name], method, route, campus, "")
        for number, person in enumerate(PEOPLE)
        if any(letters[number] == "." for letters in row) and table.hides
    }
    found = []
    for state, expected in zip(table.states, row, strict=True):
        got = dict.fromkeys((person.name for person in PEOPLE), "")
        for person, letter in sorted(zip(PEOPLE, expected, strict=True), key=lambda pair: pair[1] == "o"):
            answer = ask(clients[person.name], method, route, campus, state)
            got[person.name] = gate(answer)
            told = {"method": method, "route": route, "state": state, "person": person}
            note(**told, expected=letter, got=got[person.name], own=person is OWNERS[kind])
            if letter == "." and table.hides:
                assert_looks_missing(answer, missing[person.name])
            if letter != "o":
                assert keeper.changed == set(), f"{person.name} was refused and changed something"
            keeper.put_back()
        found.append("".join(got[person.name] for person in PEOPLE))
    assert found == row


@pytest.mark.parametrize("route", sorted({route for _, _, route in ROWS if route.split(":")[1] not in PUBLIC}))
def test_learning_wants_a_sign_in(clients: dict[str, Client], campus: Campus, route: str) -> None:
    for state in ("Published", ""):
        answer = ask(clients[""], "GET", route, campus, state)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/accounts/login/?next=")


def test_every_route_of_learning_has_its_row() -> None:
    routes = {name for name in every_route() if name.startswith(("lms:", "certificates:"))}
    routes |= {name for name in every_route() if name.startswith(("analytics:course", "analytics:path"))}
    assert routes == {route for _, _, route in ROWS}


def ask(client: Client, method: str, route: str, campus: Campus, state: str) -> HttpResponse:
    """Without a state, for a thing that was never there."""
    known = _PARTS | {"what": _WHAT.get(route, "waive")} | _things(route, campus, state)
    if route == "certificates:status-list":
        known["name"] = "2020-01"
    if route.endswith("-export"):
        known["name"] = "days"
    address = reverse(route, kwargs={part: known[part] for part in every_route()[route]})
    return getattr(client, method.lower())(f"{address}?{_QUERY.get(route, '')}")


def _things(route: str, campus: Campus, state: str) -> dict[str, str]:
    course = campus.courses.get(state)
    kind = next((kind for word, kind in _OF_KIND.items() if word in route), LessonType.TEXT)
    return {
        "course_id": course or NOBODYS,
        "target_id": course or NOBODYS,
        "lesson_id": campus.lesson(state, kind) if course else NOBODYS,
        "section_id": campus.section(state) if course else NOBODYS,
        "path_id": campus.paths.get(state, NOBODYS),
        "step_id": campus.step(state) if course else NOBODYS,
        "certificate_id": campus.certificates.get(state, NOBODYS),
        "team_id": campus.team_id if state else NOBODYS,
        "user_id": VERA.user_id,
        "assignment_id": campus.assignment_id if state else NOBODYS,
    }


def gate(answer: HttpResponse) -> str:
    """`o` whoever is let in, `m` where there is no such method, `!` for what breaks."""
    if answer.status_code >= 500:
        return "!"
    return {403: "x", 404: ".", 405: "m"}.get(answer.status_code, "o")
