"""The dashboards against a recount by hand: from the rows as DynamoDB has them, as slowly and plainly as can be, by
docs/analytics.md and by nothing of what counts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from pynamodb.attributes import MapAttribute

from analytics import store
from analytics.enums import Count as Counted
from analytics.enums import Kind
from analytics.models import EventRow
from analytics.rules.months import Span
from analytics.services import rolling
from analytics.services.numbers import ROLLED, Asked, Numbers
from analytics.tests.events import noon, told
from analytics.tests.test_numbers import stocked
from core import clock
from core.testing import ANA

DAYS = 5
THINGS = [f"thing-{number}" for number in (1, 2, 3)]
HALF_AN_HOUR, A_MINUTE = timedelta(minutes=30), timedelta(seconds=60)
EACH = {
    "user.signed_in": "sign_ins",
    "content.approved": "approvals",
    "content.verified": "verifications",
    "course.opened": "starts",
    "path.opened": "starts",
    "course.completed": "completions",
    "path.completed": "completions",
    "lesson.completed": "lessons_done",
    "quiz.submitted": "quizzes",
    "quiz.passed": "passes",
    "quiz.failed": "failures",
    "certificate.issued": "certificates",
    "assignment.created": "assignments",
    "assignment.became_overdue": "became_overdue",
}
"""What counts whenever it happens."""
USES = {"content.viewed": "views", "content.downloaded": "downloads", "content.opened": "downloads"}
SEARCHES = {"search.performed": "searches", "search.zero_result": "in_vain"}
RESULTS = {"search.clicked": "clicks", "content.searched_from": "found"}
OTHERS = ("lesson.started", "assignment.begun", "assignment.completed", "content.went_live", "made.up")
ROLES = ("Viewer", "Contributor", "Admin")


@pytest.fixture(autouse=True)
def _day(cloud: Callable[[str], Any]) -> Iterator[None]:
    with clock.at(noon() + timedelta(hours=3)):
        store.set_mark(ROLLED, noon(DAYS))
        yield


def some_events(die: Random, count: int) -> None:
    """Of a few people, things and days, in no order, some of them told twice; searches come with what follows them."""
    for number in range(count):
        at = noon(die.randint(0, DAYS - 1)) + timedelta(minutes=die.randint(-45, 45), seconds=die.randint(0, 59))
        user, thing, role = die.choice("abcd"), die.choice(THINGS), die.choice(ROLES)
        name = die.choice((*USES, *USES, *EACH, *OTHERS, "search.performed", "search.performed", "search.performed"))
        if name == "search.performed":
            searched(die, f"s{number}", at, user, role)
            continue
        props: dict[str, Any] = {"own": die.random() < 0.2, "preview": die.random() < 0.1, "version": 1}
        if name == "content.downloaded":
            props["file_id"] = die.choice("xy")
        if name.startswith(("lesson.", "quiz.")):
            props["course_id"] = thing
        if name.startswith("assignment."):
            props |= {"target": f"course:{thing}", "user_id": user}
        source = die.choice(("web", "web", "api", "job"))
        user = "nobody" if source == "job" else user
        put(die, told(name, at, user=user, thing=thing, role=role, source=source, event_id=f"{number:04d}", **props))


def searched(die: Random, search: str, at: datetime, user: str, role: str) -> None:
    """With the next letters typed, with nothing found, or with a result that is opened, once or twice."""
    for typed in range(die.randint(1, 3)):
        one, vain = f"{search}-{typed}", die.random() < 0.4
        common: dict[str, Any] = {"search": one, "while_typing": die.random() < 0.6}
        moment = at + timedelta(seconds=typed * die.choice((1, 20, 70)))

        def happen(name: str, thing: str = "search", *, at: datetime = moment, of: str = one, **props: Any) -> None:
            put(die, told(name, at, user=user, thing=thing, role=role, event_id=f"{of}{name}{at:%S%f}", **props))

        happen("search.performed", **common, results=0 if vain else 3)
        if vain:
            happen("search.zero_result", **common)
        else:
            for again in range(die.randint(0, 2)):
                later = moment + timedelta(seconds=5 + again)
                happen("search.clicked", at=later, search=one, target=f"content:{THINGS[0]}")
                happen("content.searched_from", THINGS[0], at=later, search=one)


def put(die: Random, event: Any) -> None:
    store.append_many([event])
    if die.random() < 0.1:
        store.append(event)


def rows_of(cloud: Callable[[str], Any], span: Span) -> list[dict[str, Any]]:
    found = []
    for page in cloud("dynamodb").get_paginator("scan").paginate(TableName=EventRow.Meta.table_name):
        for item in page["Items"]:
            metadata = MapAttribute().deserialize(item["metadata"]["M"])
            plain = {name: value["S"] for name, value in item.items() if "S" in value}
            at = datetime.fromisoformat(plain["timestamp"])
            found.append({**plain, **metadata, "at": at})
    inside = [row for row in found if span.first <= row["at"].date() <= span.last]
    return sorted(inside, key=lambda row: (row["at"], row["event_id"]))


def by_hand(rows: list[dict[str, Any]]) -> dict[str, Any]:
    counted = list(what_counts(rows))
    by_day: dict[str, Counter[str]] = {name.value: Counter() for name in Counted}
    for name, row in counted:
        by_day[name][str(row["at"].date())] += 1
    used = [row for name, row in counted if name in USES.values()]
    present = [row for row in rows if row["source"] in ("web", "api")]
    return {
        "counts": {name: sum(days.values()) for name, days in by_day.items()},
        "by_day": by_day,
        "people": len({row["user_id"] for row in present}),
        "viewers": len({row["user_id"] for row in used}),
        "roles": each_once((row["role"], row["user_id"]) for row in present),
        "uses": dict(Counter(row["object_id"] for row in used)),
        "started": each_once((r["object_id"], r["user_id"]) for r in rows if r["event_name"] == "course.opened"),
    }


def each_once(pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    return dict(Counter(first for first, _ in set(pairs)))


def what_counts(rows: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """As what each of them counts."""
    meant, opened, seen = searches_that_were_meant(rows), set(), dict[Any, datetime]()
    for row in rows:
        name, props = row["event_name"], row["props"]
        if name in EACH:
            yield EACH[name], row
        elif name in USES and not props["own"] and not props["preview"]:
            key = (name, row["at"].date(), row["user_id"], row["object_id"], props.get("file_id"))
            if key not in seen or row["at"] - seen[key] >= HALF_AN_HOUR:
                seen[key] = row["at"]
                yield USES[name], row
        elif name in SEARCHES and props["search"] in meant:
            yield SEARCHES[name], row
        elif name in RESULTS and (name, props["search"]) not in opened:
            opened.add((name, props["search"]))
            yield RESULTS[name], row


def searches_that_were_meant(rows: list[dict[str, Any]]) -> set[str]:
    """All but those that were made while typing, and followed by another of that person's within a minute, that day."""
    made = [row for row in rows if row["event_name"] == "search.performed"]
    meant = set()
    for place, row in enumerate(made):
        hers = [one for one in made[place + 1 :] if one["user_id"] == row["user_id"]]
        followed = hers and hers[0]["at"] - row["at"] < A_MINUTE and hers[0]["at"].date() == row["at"].date()
        if not (row["props"]["while_typing"] and followed):
            meant.add(row["props"]["search"])
    return meant


def test_the_dashboards_match_a_recount_from_the_events(cloud: Callable[[str], Any]) -> None:
    some_events(Random(7), 300)
    for thing in THINGS:
        stocked(thing)
    rolling.roll_up(clock.now())
    for days in (1, 3, DAYS):
        numbers = Numbers(ANA, Asked.last_days(days))
        expected, found = by_hand(rows_of(cloud, numbers.span)), numbers.totals()
        assert {name: found[name] for name in expected["counts"]} == expected["counts"]
        assert (found["people"], found["viewers"]) == (expected["people"], expected["viewers"])
        assert {role: count for role, count in numbers.active_by_role().items() if count} == expected["roles"]
        assert {one.content_id: one.uses for one in numbers.top_content()} == expected["uses"]
        assert {one.subject: one.started for one in numbers.taken() if one.kind is Kind.COURSE and one.started} == (
            expected["started"]
        )
        for name in Counted:
            series = numbers.daily(name)
            of_days = {str(day): value for day, value in zip(series.days, series.values, strict=True) if value}
            assert of_days == expected["by_day"][name.value], name
    assert all(expected["counts"].values()), "a number that never came up proves nothing"
    assert not list(rolling.differences(Span.of_days(clock.now().date(), DAYS)))
