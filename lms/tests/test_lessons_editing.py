from __future__ import annotations

import pytest

from core import clock
from core.aws.records import Put
from core.errors import Invalid, NotFound, Refused, Stale
from core.testing import ANA, CARL, CORA, RITA
from lms import store
from lms.enums import LessonType
from lms.models import Lesson, Transcript
from lms.services import courses, lesson_order, lessons
from lms.store import transcripts
from lms.tests.factories import add_lesson, add_text, make_draft, text

pytestmark = pytest.mark.usefixtures("cloud")


def titles(course_id: str) -> list[str]:
    course = store.course_by_id(course_id, fresh=True)
    return [lesson.title for lesson in lesson_order.arranged(course)[1]]


def ids(course_id: str) -> list[str]:
    return [lesson.lesson_id for lesson in store.lessons_of(course_id, fresh=True)]


def read(lesson: Lesson) -> Lesson:
    return store.lesson_by_id(lesson.course_id, lesson.lesson_id, fresh=True)


def test_the_second_of_two_who_write_the_same_lesson_is_told() -> None:
    lesson = add_text(make_draft(lesson_count=0).course_id)
    seen = lesson.text_rev
    place = {"course_id": lesson.course_id, "lesson_id": lesson.lesson_id, "seen_rev": seen}
    lessons.edit(**place, fields=text("First"), by=CARL)
    with pytest.raises(Stale, match="Somebody else changed this lesson"):
        lessons.edit(**place, fields=text("Second"), by=RITA)
    assert read(lesson).title == "First"


def test_moving_a_lesson_makes_no_open_text_stale() -> None:
    course_id = make_draft(lesson_count=3).course_id
    third = store.lessons_of(course_id)[2]
    lessons.step(course_id=course_id, lesson_id=third.lesson_id, down=False, by=RITA)
    lessons.edit(
        course_id=course_id, lesson_id=third.lesson_id, fields=text("Now second"), seen_rev=third.text_rev, by=CARL
    )
    assert titles(course_id) == ["Lesson 1", "Now second", "Lesson 2"]


def test_lessons_step_up_and_down_and_stay_at_the_edges() -> None:
    course_id = make_draft(lesson_count=3).course_id
    first, _, third = ids(course_id)
    lessons.step(course_id=course_id, lesson_id=first, down=False, by=CARL)
    lessons.step(course_id=course_id, lesson_id=third, down=True, by=CARL)
    assert titles(course_id) == ["Lesson 1", "Lesson 2", "Lesson 3"]
    lessons.step(course_id=course_id, lesson_id=first, down=True, by=CARL)
    lessons.step(course_id=course_id, lesson_id=first, down=True, by=CARL)
    assert titles(course_id) == ["Lesson 2", "Lesson 3", "Lesson 1"]


def test_a_lesson_dropped_before_one_that_is_gone_moves_nowhere() -> None:
    course_id = make_draft(lesson_count=3).course_id
    first, second, third = ids(course_id)
    section_id = store.lessons_of(course_id)[0].section_id
    lessons.remove(course_id=course_id, lesson_id=second, by=RITA)
    with pytest.raises(Stale):
        lessons.move(course_id=course_id, lesson_id=third, section_id=section_id, before_id=second, by=CARL)
    with pytest.raises(Stale):
        lessons.move(course_id=course_id, lesson_id=third, section_id="gone", before_id=None, by=CARL)
    lessons.move(course_id=course_id, lesson_id=third, section_id=section_id, before_id=first, by=CARL)
    assert titles(course_id) == ["Lesson 3", "Lesson 1"]


def test_removing_twice_removes_once_and_keeps_the_count() -> None:
    course_id = make_draft(lesson_count=2).course_id
    first, _ = ids(course_id)
    for _ in range(2):
        lessons.remove(course_id=course_id, lesson_id=first, by=CARL)
    assert titles(course_id) == ["Lesson 2"]
    assert store.course_by_id(course_id).lesson_count == 1
    assert [lesson.order_index for lesson in store.lessons_of(course_id)] == [1]


def test_a_copy_stands_right_behind_what_it_is_a_copy_of() -> None:
    course_id = make_draft(lesson_count=2).course_id
    copy = lessons.duplicate(course_id=course_id, lesson_id=ids(course_id)[0], by=CARL)
    assert titles(course_id) == ["Lesson 1", "Lesson 1 (copy)", "Lesson 2"]
    assert copy.content == {"body": "Begin 120 days before."}
    assert store.course_by_id(course_id).lesson_count == 3


def test_a_duration_is_computed_until_somebody_says_otherwise() -> None:
    course_id = make_draft(lesson_count=0).course_id
    lesson = add_text(course_id, body="word " * 800)
    assert lesson.duration_seconds == 240
    place = {"course_id": course_id, "lesson_id": lesson.lesson_id}
    said = text(body="word " * 800, duration_seconds=600)
    lesson = lessons.edit(**place, fields=said, seen_rev=lesson.text_rev, by=CARL)
    assert (lesson.duration_seconds, lessons.fields_of(lesson).duration_seconds) == (600, 600)
    lesson = lessons.edit(**place, fields=text(body="word " * 400), seen_rev=lesson.text_rev, by=CARL)
    assert lesson.duration_seconds == 120


def test_optional_can_be_said_twice() -> None:
    lesson = add_text(make_draft(lesson_count=0).course_id)
    for _ in range(2):
        lessons.require_it(course_id=lesson.course_id, lesson_id=lesson.lesson_id, required=False, by=CARL)
    assert read(lesson).required is False
    assert read(lesson).text_rev == lesson.text_rev + 1


def test_what_no_lesson_holds_is_refused_by_its_field() -> None:
    course_id = make_draft(lesson_count=0).course_id
    with pytest.raises(Invalid) as refused:
        add_lesson(course_id, LessonType.LINK, " ", {"url": "javascript:alert(1)"})
    assert set(refused.value.fields) == {"title", "url"}


def test_only_the_author_approvers_and_admins_write() -> None:
    lesson = add_text(make_draft(owner=CARL).course_id)
    place = {"course_id": lesson.course_id, "lesson_id": lesson.lesson_id}
    with pytest.raises(NotFound):
        lessons.edit(**place, fields=text("Mine"), seen_rev=lesson.text_rev, by=CORA)
    with pytest.raises(NotFound):
        lessons.remove(**place, by=CORA)
    for person in (CARL, RITA, ANA):
        lessons.edit(**place, fields=text(person.name), seen_rev=read(lesson).text_rev, by=person)


def test_a_lesson_of_another_course_is_not_there() -> None:
    course_id, other = make_draft().course_id, make_draft().course_id
    with pytest.raises(NotFound):
        lessons.step(course_id=course_id, lesson_id=ids(other)[0], down=True, by=CARL)
    archived = store.course_by_id(other, fresh=True)
    archived.status = "Archived"
    store.save_course(archived, audit=[courses.entry_for("course.archived", archived, RITA)])
    with pytest.raises(Refused):
        add_text(other)


def test_a_copy_of_a_video_has_its_captions_and_not_those_of_the_one_before() -> None:
    course_id = make_draft(lesson_count=0).course_id
    lesson = add_lesson(course_id, LessonType.VIDEO, "A call", {"duration_seconds": 90})
    key = "media/01/source/call.mp4"
    place = {"course_id": course_id, "lesson_id": lesson.lesson_id}
    fields, files = lessons.fields_of(lesson), {"video_s3_key": key}
    lessons.edit(**place, fields=fields, seen_rev=lesson.text_rev, files=files, by=CARL)
    for language, media_key in (("en", key), ("en#00", "media/00/source/old.mp4"), ("de", "media/00/source/old.mp4")):
        keep_captions(lesson, language, media_key)
    copy = lessons.duplicate(course_id=course_id, lesson_id=lesson.lesson_id, by=CARL)
    (found,) = transcripts.of_lesson(copy.lesson_id, fresh=True)
    assert (found.language, found.segments, found.course_id) == ("en", [[0, 900, "Hello."]], course_id)
    assert (copy.video_s3_key, copy.duration_seconds) == (key, 90)


def keep_captions(lesson: Lesson, language: str, media_key: str) -> None:
    now = clock.now()
    transcript = Transcript(
        lesson_id=lesson.lesson_id,
        language=language,
        course_id=lesson.course_id,
        state="done",
        origin="upload",
        segments=[[0, 900, "Hello."]],
        media_key=media_key,
        created_at=now,
        updated_at=now,
    )
    transcripts.save(Put(transcript), audit=())
