"""Courses and their lessons are found by the search, by those who may begin them."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.person import SYSTEM, Person
from bench.recording import recorded
from content.enums import Status
from content.tests.factories import make_item
from core.index import index
from core.testing import CARL, RITA, VERA, sign_in
from lms.documents.courses import course_terms
from lms.documents.lessons import LESSON
from lms.enums import LessonType
from lms.services import lessons, publishing
from lms.tests.factories import add_lesson, add_text, lesson_ids, make_course, make_draft
from metadata.enums import Group
from metadata.services import ensure_option

pytestmark = pytest.mark.usefixtures("cloud")


def found(person: Person, query: str) -> list[str]:
    return [result.row.url for result in sign_in(Client(), person).get(f"/search/?{query}").context["found"].results]


def test_a_word_of_a_lesson_leads_to_it_and_the_kind_narrows_to_it() -> None:
    draft = make_draft(lesson_count=0)
    add_text(draft.course_id, "Ask early", body="The zeppelin of renewals.")
    course = publishing.publish(course_id=draft.course_id, by=RITA)
    lesson = f"/learn/courses/{course.course_id}/lessons/{lesson_ids(course)[0]}/"
    assert found(VERA, "q=zeppelin") == [lesson]
    assert found(VERA, "q=renewals&kind=lesson") == [lesson]
    assert found(VERA, "q=renewals&kind=course") == [f"/learn/courses/{course.course_id}/"]


def test_drafts_are_found_by_nobody_who_could_not_begin_them() -> None:
    draft = make_draft(lesson_count=0, title="Zeppelins for beginners")
    add_text(draft.course_id, "Ask early", body="The zeppelin of renewals.")
    assert found(VERA, "q=zeppelin") == []
    assert found(CARL, "q=zeppelins") == [f"/learn/courses/{draft.course_id}/"]
    assert not index().ids(LESSON)


def test_what_was_changed_removed_or_withdrawn_is_found_no_more() -> None:
    draft = make_draft(lesson_count=1)
    gone = add_text(draft.course_id, "Ask early", body="The zeppelin of renewals.")
    course = publishing.publish(course_id=draft.course_id, by=RITA)
    assert len(index().ids(LESSON)) == 2
    lessons.remove(course_id=course.course_id, lesson_id=gone.lesson_id, by=CARL)
    publishing.publish(course_id=course.course_id, by=RITA)
    assert found(VERA, "q=zeppelin") == []
    publishing.unpublish(course_id=course.course_id, by=RITA)
    assert not index().ids(LESSON)
    assert found(VERA, "q=renewals") == []


def test_neither_answers_of_a_quiz_nor_titles_of_items_are_found_in_a_lesson() -> None:
    item = make_item(Status.APPROVED, title="Secret pricing")
    draft = make_draft(lesson_count=0)
    add_text(draft.course_id, body=f"See [Zanzibar](/content/{item.content_id}/) now.")
    publishing.publish(course_id=draft.course_id, by=RITA)
    assert found(VERA, "q=zanzibar&kind=lesson") == []


def test_rebuilding_the_index_changes_nothing() -> None:
    make_course()
    draft = make_draft(lesson_count=0)
    add_lesson(draft.course_id, LessonType.LINK, "Elsewhere", {"url": "https://example.com/", "note": "Why"})
    publishing.publish(course_id=draft.course_id, by=RITA)
    before = index().digests(LESSON)
    index().clear(LESSON)
    call_command("reindex", "--kind", LESSON)
    assert index().digests(LESSON) == before
    assert len(before) == 3


def test_a_search_across_all_kinds_makes_two_requests(client: Client) -> None:
    make_course(title="Renewal in practice")
    make_item(title="Renewal of a pilot")
    sign_in(client, VERA).get("/content/")
    with recorded() as calls:
        results = client.get("/search/?q=renewal").context["found"].results
    assert len({result.row.format for result in results}) == 3
    assert len(calls) <= 2


def test_a_lesson_says_the_same_each_time_it_is_read_for_the_index() -> None:
    tags = [ensure_option(group=Group.TOPIC_TAG, label=f"Topic {number}", by=SYSTEM) for number in range(8)]
    course = make_course(tags=tags)
    assert [term.value for term in course_terms(course) if term.name == "tag"] == sorted(tags)
