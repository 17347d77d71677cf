"""The search as programs ask it: what the page finds, what the person may see, and nothing of what she may not."""

from __future__ import annotations

import pytest

from content.enums import Status
from content.tests.factories import make_item
from core.api.testing import ApiClient, requests_of
from core.testing import ANA, CARL, CORA, RITA, VERA
from lms.tests.factories import make_course, make_draft
from lms.tests.path_factories import make_path

pytestmark = pytest.mark.usefixtures("cloud", "api_keys")


def _found(person, query):
    answer = ApiClient(person).get("search", query)
    assert answer.status_code == 200, answer.content
    return {("".join(piece["text"] for piece in one["title"]), one["kind"]) for one in answer.json()["items"]}


def test_everything_is_found_by_its_words_and_kind():
    make_item(title="Renewal letter — “zu früh”")
    course = make_course(title="Renewal calls", lesson_count=1)
    make_path(course, title="Renewal path")
    told = ApiClient(VERA).get("search", {"q": "renewal"}).json()
    kinds = {one["kind"]: one for one in told["items"]}
    assert {"content", "course", "path"} <= set(kinds)
    assert kinds["course"]["thing_id"] == course.course_id
    assert any(piece["matched"] for piece in kinds["course"]["title"])
    assert {facet["name"] for facet in told["facets"]} >= {"kind", "suite"}
    assert _found(VERA, {"q": "renewal", "kind": "path"}) == {("Renewal path", "path")}
    lesson = ApiClient(VERA).get("search", {"q": "lesson", "kind": "lesson"}).json()["items"][0]
    assert ApiClient(VERA).get(f"courses/{lesson['course_id']}/lessons/{lesson['thing_id']}").status_code == 200


@pytest.mark.parametrize(
    ("person", "seen"),
    [(VERA, set()), (CORA, set()), (CARL, {"item", "course"}), (RITA, {"course"}), (ANA, {"item", "course"})],
)
def test_a_draft_is_found_by_those_alone_who_may_see_it(person, seen):
    make_item(Status.DRAFT, title="Secret item", owner=CARL)
    make_draft(title="Secret course", owner=CARL)
    expected = {("Secret item", "content")} if "item" in seen else set()
    expected |= {("Secret course", "course")} if "course" in seen else set()
    assert {one for one in _found(person, {"q": "secret"}) if one[1] != "lesson"} == expected
    suggested = ApiClient(person).get("search/suggestions", {"q": "secret"}).json()["items"]
    assert bool(suggested) is bool(seen)


def test_what_was_retired_is_found_when_it_is_asked_for():
    make_item(Status.DEPRECATED, title="Old prices")
    assert _found(VERA, {"q": "prices"}) == set()
    assert _found(VERA, {"q": "prices", "retired": "true"}) == {("Old prices", "content")}


def test_cursors_and_bad_input():
    for number in range(23):
        make_item(title=f"Price {number}")
    api = ApiClient(VERA)
    first = api.get("search", {"q": "price"}).json()
    assert (first["total"], len(first["items"])) == (23, 20)
    second = api.get("search", {"q": "price", "cursor": first["next_cursor"]}).json()
    assert len({one["thing_id"] for one in first["items"] + second["items"]}) == 23
    cursor = {"cursor": first["next_cursor"]}
    assert ApiClient(CORA).get("search", {"q": "price"} | cursor).status_code == 400
    assert api.get("search", {"q": "prices"} | cursor).status_code == 400
    for wrong in ({"q": "x" * 201}, {"sort": "x"}, {"text": "price"}, {"retired": "perhaps"}):
        assert api.get("search", wrong).status_code == 422, wrong
    assert api.get("search/suggestions", {"q": "p"}).json() == {"items": []}


def test_a_search_costs_one_request_and_one_to_tell_of_it():
    make_item(title="Price list")
    make_course(title="Price talks", lesson_count=1)
    assert requests_of(ApiClient(VERA), "search?q=price") <= 2
    assert requests_of(ApiClient(VERA), "search/suggestions?q=price") <= 2
