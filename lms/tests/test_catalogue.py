"""The catalogue: its filters, what it counts, and what it never shows."""

from __future__ import annotations

import pytest
from django.test import Client

from content.tests.factories import suite
from core.testing import ANA, CARL, RITA, VERA, sign_in
from lms.services import courses, learning, publishing
from lms.tests.factories import fields, lesson_ids, make_course, make_draft

pytestmark = pytest.mark.usefixtures("cloud")


def shown(query: str = "", person=VERA) -> list[str]:
    answer = sign_in(Client(), person).get(f"/learn/?{query}")
    return sorted(card.title for card in answer.context["listing"].rows)


def counts(name: str, query: str = "") -> dict[str, int]:
    facets = sign_in(Client(), VERA).get(f"/learn/?{query}").context["listing"].facets
    return {choice.value: choice.count for facet in facets if facet.name == name for choice in facet.choices}


def test_everybody_sees_what_is_published_and_nothing_else() -> None:
    make_course(title="Published")
    make_draft(title="Draft")
    withdrawn = make_course(title="Withdrawn")
    publishing.unpublish(course_id=withdrawn.course_id, by=RITA)
    for person in (VERA, CARL, RITA, ANA):
        assert shown(person=person) == ["Published"]


def test_her_progress_is_a_filter_that_counts_under_the_others() -> None:
    made = [make_course(lesson_count=1, title=title) for title in ("Begun", "Done", "Fresh")]
    make_course(title="Elsewhere", product_suite=suite("Student Success"))
    learning.open_lesson(course_id=made[0].course_id, lesson_id=lesson_ids(made[0])[0], by=VERA)
    learning.complete_lesson(course_id=made[1].course_id, lesson_id=lesson_ids(made[1])[0], by=VERA)
    assert shown("state=in_progress") == ["Begun"]
    assert shown("state=completed") == ["Done"]
    assert shown("state=not_started") == ["Elsewhere", "Fresh"]
    assert shown("state=not_started&state=completed") == ["Done", "Elsewhere", "Fresh"]
    assert counts("state") == {"not_started": 2, "in_progress": 1, "completed": 1}
    assert counts("state", f"suite={suite()}&state=completed") == {"not_started": 1, "in_progress": 1, "completed": 1}


def test_level_duration_and_words_narrow_it() -> None:
    make_course(title="Short one", difficulty_level="beginner", duration_override=10)
    make_course(title="Long one", difficulty_level="advanced", duration_override=90)
    assert shown("level=advanced") == ["Long one"]
    assert shown("duration=short") == ["Short one"]
    assert shown("q=short") == ["Short one"]
    assert shown("sort=title") == ["Long one", "Short one"]


def test_choices_with_an_order_of_their_own_keep_it_however_many_there_are() -> None:
    for level in ("advanced", "advanced", "beginner", "intermediate", "intermediate"):
        make_course(difficulty_level=level)
    assert list(counts("level")) == ["beginner", "intermediate", "advanced"]


def test_what_is_drafted_since_is_not_what_the_card_says() -> None:
    course = make_course(title="As published")
    changed = fields(title="As drafted", description="Not yet.")
    courses.edit(course_id=course.course_id, fields=changed, seen_rev=int(course.rev), by=CARL)
    assert shown() == ["As published"]


def test_the_list_goes_on_where_it_stopped() -> None:
    for number in range(23):
        make_course(title=f"Course {number:02}", lesson_count=1)
    vera = sign_in(Client(), VERA)
    first = vera.get("/learn/?sort=title").context["listing"]
    rest = vera.get(f"/learn/?sort=title&cursor={first.next_cursor}").context["listing"]
    assert [len(first.rows), len(rest.rows)] == [20, 3]
    assert vera.get("/learn/?sort=title&cursor=made-up").status_code == 400


def test_paths_have_a_page_of_their_own() -> None:
    body = sign_in(Client(), VERA).get("/learn/paths/").content.decode()
    assert "No paths yet" in body
