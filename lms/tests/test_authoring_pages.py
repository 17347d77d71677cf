"""Every page of authors: does it open, for whom not, and what it leaves behind."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.person import Person
from content.enums import Status
from content.tests.factories import make_item
from core.aws import metering
from core.testing import ANA, CARL, CORA, RITA, VERA, as_htmx, sign_in
from lms import store
from lms.enums import CourseStatus, LessonType
from lms.services import lessons, publishing
from lms.tests.factories import add_lesson, make_course, make_draft

pytestmark = pytest.mark.usefixtures("cloud")

PAGES = ("", "edit/", "duplicate/", "delete/", "preview/", "publish/", "versions/", "lessons/new/?kind=text")


def as_person(person: Person) -> Client:
    return sign_in(Client(), person)


def ids(course_id: str) -> list[str]:
    return [lesson.lesson_id for lesson in store.lessons_of(course_id, fresh=True)]


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_a_draft_open_for_its_author_and_approvers_alone(page: str) -> None:
    course = make_draft(owner=CARL)
    answers = {
        person.name: as_person(person).get(f"/learn/manage/{course.course_id}/{page}").status_code
        for person in (VERA, CORA, CARL, RITA, ANA)
    }
    assert answers == {VERA.name: 403, CORA.name: 404, CARL.name: 200, RITA.name: 200, ANA.name: 200}


@pytest.mark.parametrize("page", ["", "edit/", "preview/", "publish/", "duplicate/"])
def test_a_published_course_of_somebody_else_is_refused(page: str) -> None:
    course = make_course(owner=CARL)
    assert as_person(CORA).get(f"/learn/manage/{course.course_id}/{page}").status_code == 403


@pytest.mark.parametrize("kind", list(LessonType))
def test_every_kind_of_lesson_has_its_form_its_page_and_its_preview(kind: LessonType) -> None:
    course = make_draft(owner=CARL, lesson_count=0)
    client, base = as_person(CARL), f"/learn/manage/{course.course_id}/lessons/"
    assert client.get(f"{base}new/?kind={kind.value}").status_code == 200
    lesson = add_lesson(course.course_id, kind, "A lesson", {})
    assert client.get(f"{base}{lesson.lesson_id}/").status_code == 200
    assert b"Nothing that you do here is recorded" in client.get(f"{base}{lesson.lesson_id}/preview").content
    assert b"cannot be published until" in client.get(f"{base}{lesson.lesson_id}/").content


def test_a_course_and_its_lesson_come_about_by_forms_and_twice_is_once() -> None:
    client = as_person(CARL)
    form = {"title": "Renewals", "ticket": ticket_in(client.get("/learn/manage/new/"))}
    first, second = (client.post("/learn/manage/new/", form) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert first["Location"] == second["Location"]
    new = f"{first['Location']}lessons/new/?kind=text"
    form = {"title": "Start early", "body": "Begin.", "required": "on", "ticket": ticket_in(client.get(new))}
    for _ in range(2):
        assert client.post(new, form).status_code == 303
    course_id = first["Location"].split("/")[-2]
    assert [lesson.title for lesson in store.lessons_of(course_id)] == ["Start early"]


def ticket_in(response) -> str:
    found = re.search(rb'name="ticket" value="([^"]+)"', response.content)
    assert found
    return found[1].decode()


def test_the_second_of_two_editors_keeps_her_text_and_sees_the_other() -> None:
    course = make_draft(owner=CARL, lesson_count=1)
    (lesson_id,) = ids(course.course_id)
    url = f"/learn/manage/{course.course_id}/lessons/{lesson_id}/"
    carl, rita = as_person(CARL), as_person(RITA)
    seen = re.search(rb'name="seen_rev" value="(\d+)"', carl.get(url).content)[1].decode()
    form = {"title": "Lesson 1", "required": "on", "seen_rev": seen}
    assert rita.post(url, form | {"body": "Rita was here."}).status_code == 303
    lost = carl.post(url, form | {"body": "Carl was here."})
    assert lost.status_code == 409
    assert b"Rita was here." in lost.content
    assert b"Carl was here." in lost.content
    again = re.search(rb'name="seen_rev" value="(\d+)"', lost.content)[1].decode()
    assert carl.post(url, form | {"body": "Both were here.", "seen_rev": again}).status_code == 303


def test_the_course_page_too_answers_409_and_keeps_what_was_typed() -> None:
    course = make_draft(owner=CARL)
    url = f"/learn/manage/{course.course_id}/edit/"
    form = {"title": "Mine", "difficulty_level": "beginner", "renewal_window_days": "60", "seen_rev": str(course.rev)}
    assert as_person(RITA).post(url, form | {"title": "Rita’s title"}).status_code == 303
    lost = as_person(CARL).post(url, form | {"title": "Carl’s title"})
    assert lost.status_code == 409
    assert "Rita’s title" in lost.content.decode()
    assert "Carl’s title" in lost.content.decode()


def test_outcomes_and_numbers_of_the_course_page_are_kept() -> None:
    course = make_draft(owner=CARL)
    other = make_course(title="The basics")
    form = {
        "title": "Renewals",
        "description": "All of it.",
        "outcomes": "Open early\n\n  Close on time \n",
        "difficulty_level": "advanced",
        "duration_override": "45",
        "prerequisite_ids": other.course_id,
        "text_prerequisite_ids": f"http://portal/learn/courses/{other.course_id}/",
        "certificate": "on",
        "validity_months": "12",
        "renewal_window_days": "30",
        "seen_rev": str(course.rev),
    }
    client, url = as_person(CARL), f"/learn/manage/{course.course_id}/edit/"
    assert client.post(url, form).status_code == 303
    saved = store.course_by_id(course.course_id)
    assert saved.outcomes == ["Open early", "Close on time"]
    assert (saved.duration_override, saved.validity_months, saved.renewal_window_days) == (45, 12, 30)
    assert (saved.prerequisite_ids, saved.self_marking, saved.certificate) == ([other.course_id], False, True)


def test_finding_keeps_the_form_and_saves_nothing() -> None:
    course, other = make_draft(owner=CARL), make_course(title="The very basics")
    client, url = as_person(CARL), f"/learn/manage/{course.course_id}/edit/"
    form = {"title": "Not saved yet", "text_prerequisite_ids": "basics", "find_prerequisite_ids": "1"}
    found = client.post(url, form)
    assert found.status_code == 200
    assert b"Not saved yet" in found.content
    assert other.course_id.encode() in found.content
    assert store.course_by_id(course.course_id).title == "Renewals in practice"


def test_lessons_move_by_buttons_and_by_dropping() -> None:
    course = make_draft(owner=CARL, lesson_count=3)
    first, second, third = ids(course.course_id)
    client, base = as_person(CARL), f"/learn/manage/{course.course_id}/"
    moved = client.post(f"{base}lessons/{third}/up/")
    assert moved.status_code == 303
    assert moved["Location"].endswith(f"#lesson-{third}")
    section = store.lessons_of(course.course_id)[0].section_id
    dropped = client.post(f"{base}arrange/", {"lesson": third, "section": section, "before": first}, headers=as_htmx())
    assert dropped.status_code == 200
    assert b"<html" not in dropped.content
    assert ids(course.course_id) == [third, first, second]


def test_dropping_where_nothing_is_any_more_says_so() -> None:
    course = make_draft(owner=CARL, lesson_count=2)
    first, second = ids(course.course_id)
    section = store.lessons_of(course.course_id)[0].section_id
    lessons.remove(course_id=course.course_id, lesson_id=second, by=RITA)
    place = {"lesson": first, "section": section, "before": second}
    assert as_person(CARL).post(f"/learn/manage/{course.course_id}/arrange/", place).status_code == 409


def test_sections_are_added_named_ordered_and_removed_when_empty() -> None:
    course = make_draft(owner=CARL, lesson_count=1)
    client, base = as_person(CARL), f"/learn/manage/{course.course_id}/"
    form = {"title": "Afterwards", "ticket": "abc123"}
    for _ in range(2):
        client.post(f"{base}sections/add/", form)
    assert client.post(f"{base}sections/add/", {"title": ""}).status_code == 400
    assert client.post(f"{base}sections/abc123/rename/", {"title": "Later"}).status_code == 303
    client.post(f"{base}sections/abc123/up/")
    assert [one["title"] for one in store.course_by_id(course.course_id).sections] == ["Later", "Lessons"]
    full = store.lessons_of(course.course_id)[0].section_id
    assert client.post(f"{base}sections/{full}/remove/").status_code == 403
    for _ in range(2):
        assert client.post(f"{base}sections/abc123/remove/").status_code == 303
    assert [one["title"] for one in store.course_by_id(course.course_id).sections] == ["Lessons"]


def test_an_author_asks_and_an_approver_finds_and_publishes() -> None:
    course = make_draft(owner=CARL)
    base = f"/learn/manage/{course.course_id}/"
    carl, rita = as_person(CARL), as_person(RITA)
    assert b"It is ready to publish" in carl.get(f"{base}publish/").content
    assert carl.post(f"{base}publish/", {"seen_rev": str(course.rev)}).status_code == 403
    assert carl.post(f"{base}ready/", {"on": "1"}).status_code == 303
    assert course.title.encode() in rita.get("/learn/manage/?state=ready").content
    fresh = store.course_by_id(course.course_id)
    assert rita.post(f"{base}publish/", {"seen_rev": str(fresh.rev)}).status_code == 303
    assert course.title.encode() not in rita.get("/learn/manage/?state=ready").content
    assert store.course_by_id(course.course_id).status == CourseStatus.PUBLISHED


def test_publishing_what_the_page_did_not_show_is_refused_with_the_choice_kept() -> None:
    course = make_course(owner=CARL)
    first = ids(course.course_id)[0]
    lesson = store.lesson_by_id(course.course_id, first)
    shown = store.course_by_id(course.course_id)
    lessons.edit(
        course_id=course.course_id,
        lesson_id=first,
        fields=lessons.Fields("Other", content={"body": "Other."}),
        seen_rev=lesson.text_rev,
        by=CARL,
    )
    form = {"seen_rev": str(shown.rev), "redo": first}
    lost = as_person(RITA).post(f"/learn/manage/{course.course_id}/publish/", form)
    assert lost.status_code == 409
    assert b"checked" in lost.content
    assert store.course_by_id(course.course_id).version == 1


def test_the_checklist_leads_to_what_is_missing() -> None:
    course = make_draft(owner=CARL, lesson_count=0, description="")
    lesson = add_lesson(course.course_id, LessonType.TEXT, "Empty", {"body": " "})
    page = as_person(RITA).get(f"/learn/manage/{course.course_id}/publish/").content.decode()
    assert f"/learn/manage/{course.course_id}/edit/#id_description" in page
    assert f"/learn/manage/{course.course_id}/lessons/{lesson.lesson_id}/" in page
    assert "disabled" in page


@pytest.mark.parametrize("move", ["unpublish", "archive", "bring-back"])
def test_only_approvers_and_admins_move_a_course(move: str) -> None:
    course = make_course(owner=CARL)
    if move == "bring-back":
        publishing.archive(course_id=course.course_id, by=RITA)
    url = f"/learn/manage/{course.course_id}/{move}/"
    assert as_person(CARL).post(url).status_code == 403
    assert as_person(RITA).get(url).status_code == 200
    assert as_person(RITA).post(url).status_code == 303
    assert as_person(RITA).post(url).status_code == 403


def test_a_copy_is_a_draft_of_whoever_made_it_and_twice_is_once() -> None:
    course = make_course(owner=CARL)
    client, url = as_person(RITA), f"/learn/manage/{course.course_id}/duplicate/"
    form = {"ticket": ticket_in(client.get(url))}
    first, second = client.post(url, form), client.post(url, form)
    assert first["Location"] == second["Location"]
    copy = store.course_by_id(first["Location"].split("/")[-2])
    assert (copy.title, copy.owner_user_id, copy.status) == ("Renewals in practice (copy)", RITA.user_id, "Draft")
    assert (copy.version, copy.live, copy.lesson_count) == (0, None, 2)
    mine, theirs = store.lessons_of(copy.course_id), store.lessons_of(course.course_id)
    assert [one.title for one in mine] == [one.title for one in theirs]
    assert not {one.lesson_id for one in mine} & {one.lesson_id for one in theirs}
    lessons.step(course_id=copy.course_id, lesson_id=mine[1].lesson_id, down=False, by=RITA)
    assert publishing.publish(course_id=copy.course_id, by=RITA).version == 1


def test_authors_list_their_own_and_approvers_all() -> None:
    make_draft(owner=CARL, title="Carl’s draft")
    make_draft(owner=CORA, title="Cora’s draft")
    make_course(owner=CORA, title="Cora’s course")
    titles = ("Carl’s draft", "Cora’s draft", "Cora’s course")
    seen = {
        person.name: [title for title in titles if title in as_person(person).get("/learn/manage/").content.decode()]
        for person in (CARL, CORA, RITA)
    }
    assert seen == {CARL.name: [titles[0]], CORA.name: [*titles[1:]], RITA.name: [*titles]}
    assert as_person(VERA).get("/learn/manage/").status_code == 403


def test_budgets() -> None:
    course = make_draft(owner=CARL, lesson_count=5)
    lesson_id = ids(course.course_id)[0]
    client = as_person(RITA)
    for url, most in (
        ("/learn/manage/", 2),
        (f"/learn/manage/{course.course_id}/", 4),
        (f"/learn/manage/{course.course_id}/lessons/{lesson_id}/", 4),
    ):
        client.get(url)
        meter = metering.start()
        assert client.get(url).status_code == 200
        assert sum(n for table, n in meter.by_table.items() if "session" not in table) <= most, url


def test_what_another_editor_may_not_see_is_not_lost_when_she_saves() -> None:
    item = make_item(Status.DRAFT, owner=CARL)
    course = make_draft(owner=CARL, lesson_count=0, related_item_ids=(item.content_id,))
    lesson = add_lesson(course.course_id, LessonType.DOCUMENT, "Read it", {"content_id": item.content_id})
    rita, base = as_person(RITA), f"/learn/manage/{course.course_id}/"
    page = rita.get(f"{base}lessons/{lesson.lesson_id}/").content.decode()
    assert "An item that is gone, or not open to you" in page
    assert item.title not in page
    form = {"title": "Read this", "content_id": item.content_id, "required": "on", "seen_rev": str(lesson.text_rev)}
    assert rita.post(f"{base}lessons/{lesson.lesson_id}/", form).status_code == 303
    assert store.lesson_by_id(course.course_id, lesson.lesson_id).content["content_id"] == item.content_id
    other = make_item(Status.DRAFT, owner=CORA)
    refused = rita.post(f"{base}lessons/{lesson.lesson_id}/", form | {"content_id": other.content_id})
    assert refused.status_code in (400, 409)
    seen = str(store.course_by_id(course.course_id).rev)
    form = {"title": "Renewals", "difficulty_level": "beginner", "renewal_window_days": "60", "seen_rev": seen}
    assert rita.post(f"{base}edit/", form | {"related_item_ids": item.content_id}).status_code == 303
    assert store.course_by_id(course.course_id).related_item_ids == [item.content_id]
