"""Statements as the specification of xAPI 1.0.3 has them (xAPI-Data, parts two and three)."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import jsonschema
import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from analytics import store
from analytics.rules import xapi
from analytics.rules.told import Told
from analytics.rules.xapi import statement
from analytics.services.statements import exported
from analytics.tests.events import noon, told
from core import clock
from core.errors import Refused
from core.testing import ANA, RITA, sign_in

IRI = r"^https?://[^\s<>\"{}|\\^`]+$"
ACTIVITY = {
    "type": "object",
    "required": ["objectType", "id", "definition"],
    "additionalProperties": False,
    "properties": {
        "objectType": {"const": "Activity"},
        "id": {"type": "string", "pattern": IRI},
        "definition": {
            "type": "object",
            "required": ["type"],
            "additionalProperties": False,
            "properties": {"type": {"type": "string", "pattern": IRI}},
        },
    },
}
STATEMENT = {
    "type": "object",
    "required": ["id", "actor", "verb", "object", "timestamp", "version"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "version": {"const": "1.0.3"},
        "timestamp": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"},
        "actor": {
            "type": "object",
            "required": ["objectType", "account"],
            "additionalProperties": False,
            "properties": {
                "objectType": {"const": "Agent"},
                "account": {
                    "type": "object",
                    "required": ["homePage", "name"],
                    "additionalProperties": False,
                    "properties": {
                        "homePage": {"type": "string", "pattern": IRI},
                        "name": {"type": "string", "minLength": 1},
                    },
                },
            },
        },
        "verb": {
            "type": "object",
            "required": ["id", "display"],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string", "pattern": IRI},
                "display": {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}},
            },
        },
        "object": ACTIVITY,
        "result": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "success": {"type": "boolean"},
                "completion": {"type": "boolean"},
                "score": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {
                        "scaled": {"type": "number", "minimum": -1, "maximum": 1},
                        **{name: {"type": "number"} for name in ("raw", "min", "max")},
                    },
                },
                "extensions": {"type": "object", "propertyNames": {"pattern": IRI}},
            },
        },
        "context": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "platform": {"type": "string"},
                "revision": {"type": "string"},
                "contextActivities": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"parent": {"type": "array", "items": ACTIVITY}},
                },
            },
        },
    },
}
SITE = "https://portal.example"
PROPS: dict[str, Any] = {
    "version": 3, "course_id": "c1", "user_id": "sub-vera", "target": "path:p1", "earned": 3, "total": 4, "percent": 50,
}  # fmt: skip


def check(made: dict[str, Any]) -> None:
    jsonschema.validate(made, STATEMENT)
    UUID(made["id"])


@pytest.mark.parametrize("name", sorted(xapi._SAID))
def test_every_statement_is_one(name: str) -> None:
    made = statement(told(name, noon(), thing="t1", **PROPS), SITE)
    assert made
    check(made)
    assert made["actor"]["account"] == {"homePage": f"{SITE}/", "name": "sub-vera"}
    assert re.search(r"adlnet\.gov|w3id\.org|tincanapi\.com|activitystrea\.ms|opigno\.org", made["verb"]["id"])


def test_the_same_event_is_the_same_statement() -> None:
    event = told("course.completed", noon())
    assert statement(event, SITE) == statement(event, SITE)
    assert statement(told("course.completed", noon()), SITE)["id"] != statement(event, SITE)["id"]  # type: ignore[index]


def test_a_quiz_says_what_it_was_worth() -> None:
    made = statement(told("quiz.failed", noon(), thing="l1", course_id="c1", earned=3, total=4), SITE)
    assert made
    assert made["result"] == {"success": False, "score": {"scaled": 0.75, "raw": 3, "min": 0, "max": 4}}
    assert made["context"]["contextActivities"]["parent"][0]["id"] == f"{SITE}/xapi/course/c1"


def test_an_assignment_is_said_of_whoever_has_to_take_it() -> None:
    made = statement(told("assignment.created", noon(), user="boss", user_id="sub-vera", target="path:p1"), SITE)
    assert made
    assert made["actor"]["account"]["name"] == "sub-vera"
    assert made["object"]["id"] == f"{SITE}/xapi/path/p1"


def test_what_nobody_did_is_no_statement() -> None:
    assert statement(told("course.completed", noon(), user="system"), SITE) is None
    assert statement(told("content.relabelled", noon()), SITE) is None


@pytest.fixture
def events(cloud: Callable[[str], Any]) -> Iterator[list[Told]]:
    made = [told("content.viewed", noon(2)), told("made.up", noon(2)), told("course.completed", noon(1), thing="c1")]
    for event in made:
        store.append(event)
    store.keep_words("s1", "secret words", noon(1))
    yield made


def test_an_export_streams_a_line_for_each_statement(events: list[Told]) -> None:
    out = io.StringIO()
    call_command("export_xapi", output=out)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    for line in lines:
        check(line)
    assert [line["verb"]["display"]["en"] for line in lines] == ["viewed", "completed"]
    assert "secret" not in out.getvalue()


def test_exports_are_for_admins_and_name_days_that_are(events: list[Told]) -> None:
    from analytics.rules.months import Span

    today = clock.now().date()
    with pytest.raises(Refused):
        exported(span=Span(today, today), by=RITA, now=clock.now())
    assert list(exported(span=Span(noon(1).date(), noon(1).date()), by=ANA, now=clock.now()))
    with pytest.raises(CommandError, match="must begin"):
        call_command("export_xapi", "--from", "2999-01-01", "--to", "2999-01-02")


def test_an_admin_takes_the_statements_of_the_days_on_her_page(events: list[Told]) -> None:
    client = sign_in(Client(), ANA)
    answer = client.get("/manage/analytics/xapi/", {"days": "7"})
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert len(b"".join(answer.streaming_content).splitlines()) == 2  # type: ignore[arg-type]
    assert client.get("/manage/analytics/xapi/", {"days": "3"}).status_code == 400
    assert sign_in(Client(), RITA).get("/manage/analytics/xapi/").status_code == 403
