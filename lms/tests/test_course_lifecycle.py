"""The lifecycle of courses: the table itself, who moves what, and what publishing leaves behind."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from content.enums import Status
from content.tests.factories import make_item
from core.errors import Invalid, NotFound, Refused, Stale
from core.testing import ANA, CARL, CORA, RITA, VERA, sign_in
from lms import store
from lms.enums import CompletionReason, CourseMove, CourseStatus, LessonType
from lms.models import Course
from lms.rules.course_lifecycle import TRANSITIONS, moves_from, transition
from lms.rules.prerequisites import cycle_through
from lms.services import assignments, courses, learning, lessons, publishing
from lms.services.differences import differences
from lms.services.lesson_order import arranged
from lms.tests.assignment_factories import assign
from lms.tests.factories import add_lesson, add_text, fields, lesson_ids, make_course, make_draft, text

S, M = CourseStatus, CourseMove
ALLOWED = {
    (S.DRAFT, M.PUBLISH): S.PUBLISHED,
    (S.PUBLISHED, M.PUBLISH): S.PUBLISHED,
    (S.UNPUBLISHED, M.PUBLISH): S.PUBLISHED,
    (S.PUBLISHED, M.UNPUBLISH): S.UNPUBLISHED,
    (S.DRAFT, M.ARCHIVE): S.ARCHIVED,
    (S.PUBLISHED, M.ARCHIVE): S.ARCHIVED,
    (S.UNPUBLISHED, M.ARCHIVE): S.ARCHIVED,
    (S.ARCHIVED, M.BRING_BACK): S.UNPUBLISHED,
}


@pytest.mark.parametrize("move", list(M))
@pytest.mark.parametrize("status", list(S))
def test_every_state_and_move_as_the_table_says(status: CourseStatus, move: CourseMove) -> None:
    if (status, move) in ALLOWED:
        assert transition(move, status, 1).to is ALLOWED[status, move]
    else:
        with pytest.raises(Refused, match="Only a course that is"):
            transition(move, status, 1)
    assert (move in dict(moves_from(status))) == ((status, move) in TRANSITIONS)


def test_what_was_never_published_comes_back_as_a_draft() -> None:
    assert transition(M.BRING_BACK, S.ARCHIVED, 0).to is S.DRAFT


GRAPHS = st.dictionaries(st.integers(0, 6), st.lists(st.integers(0, 6), max_size=4), max_size=7)


@given(GRAPHS)
def test_a_cycle_is_found_exactly_where_a_course_can_be_reached_from_itself(graph: dict[int, list[int]]) -> None:
    before = {str(one): [str(other) for other in others] for one, others in graph.items()}
    reached, ahead = set(), list(before.get("0", []))
    while ahead:
        one = ahead.pop()
        if one not in reached:
            reached.add(one)
            ahead += before.get(one, [])
    way = cycle_through("0", before)
    assert bool(way) == ("0" in reached)
    for step, following in zip(way, [*way[1:], "0"], strict=False) if way else ():
        assert following in before[step]


def test_no_course_is_its_own_prerequisite_however_far_away(cloud) -> None:
    first, second, third = (make_draft(title=title) for title in ("First", "Second", "Third"))
    for course, prerequisite in ((first, second), (second, third), (third, first)):
        changed = fields(course.title, prerequisite_ids=(prerequisite.course_id,))
        courses.edit(course_id=course.course_id, fields=changed, seen_rev=int(course.rev), by=CARL)
    with pytest.raises(Invalid, match="this course → Second → Third"):
        publishing.publish(course_id=first.course_id, by=RITA)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.EXPIRED, Status.DEPRECATED])
@pytest.mark.parametrize("kind", [LessonType.TEXT, LessonType.DOCUMENT])
def test_what_a_lesson_shows_of_the_library_must_be_approved(cloud, status: Status, kind: LessonType) -> None:
    shown, hidden = make_item(), make_item(status)
    course_id = make_draft(lesson_count=0).course_id
    for number, item in enumerate((shown, hidden)):
        content = {"body": f"[Read it](/content/{item.content_id}/)", "content_id": item.content_id}
        add_lesson(course_id, kind, f"Lesson {number}", content)
    with pytest.raises(Invalid, match="“Lesson 1”: It shows an item of the library that is not approved") as refused:
        publishing.publish(course_id=course_id, by=RITA)
    assert "Lesson 0" not in refused.value.message


def test_a_course_is_missing_what_the_checklist_names(cloud) -> None:
    draft = make_draft(lesson_count=0, description=" ")
    add_text(draft.course_id, "Optional", required=False)
    add_lesson(draft.course_id, LessonType.VIDEO, "No video", {}, required=False)
    course = store.course_by_id(draft.course_id, fresh=True)
    problems = publishing.problems_of(course, arranged(course)[1])
    assert {"description", "lessons"} < set(problems)
    assert len(problems) == 3


def test_people_in_progress_keep_a_course_that_was_withdrawn(cloud) -> None:
    course = make_course(lesson_count=2)
    first, second = lesson_ids(course)
    learning.complete_lesson(course_id=course.course_id, lesson_id=first, by=VERA)
    publishing.unpublish(course_id=course.course_id, by=RITA)
    assert learning.complete_lesson(course_id=course.course_id, lesson_id=second, by=VERA).finished
    with pytest.raises(NotFound):
        learning.load(CORA, course.course_id)


def test_what_is_still_to_be_done_stands_in_the_way_of_archiving(cloud) -> None:
    course = make_course(lesson_count=1)
    given = assign(course)
    with pytest.raises(Refused, match="Waive them or move them first"):
        publishing.archive(course_id=course.course_id, by=RITA)
    page = sign_in(Client(), RITA).get(f"/learn/manage/{course.course_id}/archive/")
    assert f"/learn/manage/assignments/?target=course:{course.course_id}" in page.content.decode()
    assert 'method="post"' not in page.content.decode().partition("<main")[2]
    place = {"user_id": given.user_id, "assignment_id": given.assignment_id}
    assignments.waive(**place, reason="On leave.", by=RITA)
    publishing.archive(course_id=course.course_id, by=RITA)
    assert store.course_by_id(course.course_id).status == S.ARCHIVED
    with pytest.raises(Refused, match="archived"):
        add_text(course.course_id)
    assert publishing.bring_back(course_id=course.course_id, by=RITA).status == S.UNPUBLISHED


def test_a_publication_that_broke_off_leaves_nothing_that_anybody_reads(cloud, monkeypatch) -> None:
    course = make_course(lesson_count=1)
    add_text(course.course_id, "Second")
    monkeypatch.setattr(courses, "save", _broken)
    with pytest.raises(RuntimeError):
        publishing.publish(course_id=course.course_id, by=RITA)
    monkeypatch.undo()
    after = store.course_by_id(course.course_id, fresh=True)
    assert (after.version, len(learning.load(VERA, course.course_id).outline.lessons)) == (1, 1)
    again = publishing.publish(course_id=course.course_id, by=RITA)
    assert again.version == 3
    assert len(learning.load(VERA, course.course_id).outline.lessons) == 2
    assert store.versions_of(course.course_id, 3)[0].part[:6] == "000003"


def _broken(*_given: object, **_more: object) -> None:
    raise RuntimeError("the machine went away")


@pytest.mark.parametrize("draft_was_changed", [False, True])
def test_a_lesson_that_changes_at_this_moment_is_not_published_unseen(cloud, monkeypatch, draft_was_changed) -> None:
    course = make_course(lesson_count=2)
    first, second = lesson_ids(course)
    if draft_was_changed:
        rewrite(course, second, "Written before")
    real = store.save_snapshot

    def meanwhile(parts) -> None:
        rewrite(course, first, "Written meanwhile")
        real(parts)

    monkeypatch.setattr(store, "save_snapshot", meanwhile)
    with pytest.raises(Stale):
        publishing.publish(course_id=course.course_id, by=RITA)
    monkeypatch.undo()
    after = store.course_by_id(course.course_id, fresh=True)
    assert (after.version, after.draft_changed) == (1, True)
    assert store.published_lesson(course.course_id, 1, first)["title"] == "Lesson 1"


def rewrite(course: Course, lesson_id: str, title: str) -> None:
    seen = store.lesson_by_id(course.course_id, lesson_id, fresh=True).text_rev
    lessons.edit(course_id=course.course_id, lesson_id=lesson_id, fields=text(title), seen_rev=seen, by=CARL)


def changes(course: Course) -> dict[str, object]:
    fresh = store.course_by_id(course.course_id, fresh=True)
    found = differences(fresh, arranged(fresh)[1])
    return {
        "fields": found.fields,
        "added": [one.title for one in found.added],
        "changed": [one.title for one in found.changed],
        "removed": list(found.removed),
        "reordered": found.reordered,
    }


NOTHING = {"fields": (), "added": [], "changed": [], "removed": [], "reordered": False}


def test_the_draft_says_what_changed_since_it_was_published(cloud) -> None:
    course = make_course(lesson_count=3)
    first, second, third = lesson_ids(course)
    assert changes(course) == NOTHING
    lesson = store.lesson_by_id(course.course_id, first)
    place = {"course_id": course.course_id, "by": CARL}
    lessons.edit(**place, lesson_id=first, fields=text("Renamed"), seen_rev=lesson.text_rev)
    assert store.course_by_id(course.course_id).draft_changed
    assert changes(course) == NOTHING | {"changed": ["Renamed"]}
    lessons.remove(**place, lesson_id=second)
    add_text(course.course_id, "New")
    assert changes(course) == NOTHING | {"changed": ["Renamed"], "removed": ["Lesson 2"], "added": ["New"]}
    lessons.step(**place, lesson_id=third, down=False)
    assert changes(course)["reordered"]
    publishing.publish(course_id=course.course_id, by=RITA)
    assert changes(course) == NOTHING
    assert not store.course_by_id(course.course_id).draft_changed


def test_an_edit_that_was_taken_back_is_no_difference(cloud) -> None:
    course = make_course(lesson_count=1)
    (lesson_id,) = lesson_ids(course)
    for title in ("Other", "Lesson 1"):
        lesson = store.lesson_by_id(course.course_id, lesson_id)
        place = {"course_id": course.course_id, "lesson_id": lesson_id, "seen_rev": lesson.text_rev}
        lessons.edit(**place, fields=text(title), by=CARL)
    assert changes(course) == NOTHING


def test_removing_the_last_unfinished_lesson_completes_who_waited_at_her_next_read(cloud) -> None:
    course = make_course(lesson_count=2)
    first, second = lesson_ids(course)
    learning.complete_lesson(course_id=course.course_id, lesson_id=first, by=VERA)
    lessons.remove(course_id=course.course_id, lesson_id=second, by=CARL)
    assert not learning.load(VERA, course.course_id).finished
    publishing.publish(course_id=course.course_id, by=RITA)
    settled = learning.settle(learning.load(VERA, course.course_id))
    assert settled.finished
    assert settled.summary.completion_reason == CompletionReason.CONTENT_CHANGE


def test_only_a_whole_course_is_handed_in_and_only_by_its_authors(cloud) -> None:
    empty, whole = make_draft(lesson_count=0), make_draft()
    with pytest.raises(Invalid):
        publishing.ask(course_id=empty.course_id, ready=True, by=CARL)
    with pytest.raises(NotFound):
        publishing.ask(course_id=whole.course_id, ready=True, by=CORA)
    once = publishing.ask(course_id=whole.course_id, ready=True, by=CARL)
    assert publishing.ask(course_id=whole.course_id, ready=True, by=CARL).rev == once.rev
    assert publishing.publish(course_id=whole.course_id, by=ANA).ready_at is None


def test_only_what_was_never_published_is_deleted(cloud) -> None:
    draft, course = make_draft(), make_course()
    with pytest.raises(NotFound):
        courses.delete(course_id=draft.course_id, by=CORA)
    courses.delete(course_id=draft.course_id, by=CARL)
    assert store.find_course(draft.course_id) is None
    assert store.lessons_of(draft.course_id) == []
    assert draft.course_id not in {one.course_id for one in store.every_course()}
    with pytest.raises(Refused):
        courses.delete(course_id=course.course_id, by=ANA)
