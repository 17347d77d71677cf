"""Reports of a player: what is taken, what is bounded, what is refused, and what it costs."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from core import clock
from core.aws import metering
from core.errors import Invalid, NotFound, Stale
from core.testing import CARL, RITA, VERA, sign_in
from lms import store
from lms.enums import LessonType, ProgressStatus
from lms.models import Course
from lms.services import learning, publishing, watching
from lms.services.watching import Said
from lms.store import learning as rows
from lms.tests.factories import add_lesson, lesson_ids, make_draft

pytestmark = pytest.mark.usefixtures("cloud")

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
LENGTH = 300


def video_course(key: str = "media/one/source/talk.mp4", **changes: Any) -> tuple[Course, str]:
    draft = make_draft(lesson_count=0, **changes)
    lesson = add_lesson(draft.course_id, LessonType.VIDEO, "The talk", {})
    put_video(lesson.course_id, lesson.lesson_id, key)
    course = publishing.publish(course_id=draft.course_id, by=RITA)
    return course, lesson_ids(course)[0]


def put_video(course_id: str, lesson_id: str, key: str) -> None:
    lesson = store.lesson_by_id(course_id, lesson_id, fresh=True)
    lesson.video_s3_key, lesson.duration_seconds = key, LENGTH
    lesson.content = {"duration_seconds": LENGTH, "length_known": True, "mime": "video/mp4", "name": "talk.mp4"}
    store.save_lesson(lesson, audit=())


def pass_of(course: Course, lesson_id: str, at: datetime = START) -> str:
    """As the page of the lesson issues it when it is opened."""
    with clock.at(at):
        taken = learning.visit(course_id=course.course_id, lesson_id=lesson_id, by=VERA)
        return watching.pass_for(
            taken, lesson_id, store.published_lesson(course.course_id, taken.outline.version, lesson_id)
        )


def say(token: str, seconds: int, *ranges: tuple[int, int], seq: int = 1, pos: int = 0) -> watching.Heard:
    """A report so many seconds after the start."""
    with clock.at(START + timedelta(seconds=seconds)):
        return watching.report(token=token, said=Said(seq, pos, ranges), by=VERA)


def row_of(course: Course, lesson_id: str) -> Any:
    return rows.lesson_row(VERA.user_id, course.course_id, lesson_id)


def test_a_report_costs_two_requests_and_keeps_where_she_was() -> None:
    course, lesson_id = video_course()
    token = pass_of(course, lesson_id)
    meter = metering.start()
    assert say(token, 15, (0, 15), pos=15).percent == 5
    assert meter.calls == 2
    assert (row_of(course, lesson_id).position, row_of(course, lesson_id).ranges) == (15, [[0, 15]])


def test_a_video_is_done_when_ninety_percent_were_watched_in_any_order() -> None:
    course, lesson_id = video_course()
    token = pass_of(course, lesson_id)
    say(token, 200, (150, 300), seq=1)
    heard = say(token, 400, (0, 120), (150, 300), seq=2)
    assert (heard.percent, heard.completed, heard.finished) == (100, True, True)
    assert learning.load(VERA, course.course_id).finished


def test_nobody_watches_an_hour_in_a_minute() -> None:
    course, lesson_id = video_course()
    token = pass_of(course, lesson_id)
    heard = say(token, 10, (0, 300))
    assert not heard.completed
    assert row_of(course, lesson_id).ranges == [[0, 45]]
    for seq in range(2, 40):
        assert say(token, 10, (0, 300), seq=seq).percent == 15
    for seconds in range(11, 20):
        again = pass_of(course, lesson_id, START + timedelta(seconds=seconds))
        assert say(again, seconds, (0, 300)).percent <= 24, "nor does a page that is opened anew bring more"


def test_who_watches_at_double_speed_loses_nothing_to_the_bound() -> None:
    course, lesson_id = video_course()
    token = pass_of(course, lesson_id)
    for seq in range(1, 10):
        say(token, 15 * seq, (0, 30 * seq + 1), seq=seq)
    assert row_of(course, lesson_id).ranges == [[0, 271]]


def test_reports_that_come_late_or_twice_lower_nothing() -> None:
    course, lesson_id = video_course()
    token = pass_of(course, lesson_id)
    say(token, 60, (0, 60), seq=4, pos=60)
    say(token, 61, (0, 15), seq=1, pos=15)
    say(token, 62, (0, 60), seq=4, pos=0)
    assert (row_of(course, lesson_id).position, row_of(course, lesson_id).progress_percentage) == (60, 20)


def test_of_two_pages_the_newer_says_where_to_resume() -> None:
    course, lesson_id = video_course()
    old, new = pass_of(course, lesson_id), pass_of(course, lesson_id, START + timedelta(seconds=5))
    say(new, 20, (0, 10), pos=10)
    say(old, 40, (100, 120), seq=9, pos=120)
    row = row_of(course, lesson_id)
    assert (row.position, row.ranges) == (10, [[0, 10], [100, 120]])


def test_what_was_done_stays_done_whatever_is_reported_later() -> None:
    course, lesson_id = video_course()
    token = pass_of(course, lesson_id)
    say(token, 300, (0, 300))
    before = row_of(course, lesson_id).completed_at
    say(token, 310, (0, 1), seq=2, pos=1)
    row = row_of(course, lesson_id)
    assert (row.status, row.progress_percentage, row.completed_at) == (ProgressStatus.COMPLETED, 100, before)


def test_a_page_that_was_open_when_the_course_was_published_anew_goes_on() -> None:
    course, lesson_id = video_course()
    token = pass_of(course, lesson_id)
    publishing.publish(course_id=course.course_id, by=RITA)
    assert say(token, 30, (0, 30)).percent == 10


def test_a_replaced_video_is_watched_from_nothing_by_those_who_had_not_finished() -> None:
    course, lesson_id = video_course()
    token = pass_of(course, lesson_id)
    say(token, 60, (0, 60))
    put_video(course.course_id, lesson_id, "media/two/source/talk.mp4")
    publishing.publish(course_id=course.course_id, by=RITA)
    with pytest.raises(Stale, match="replaced"):
        say(token, 70, (0, 70), seq=2)
    anew = pass_of(course, lesson_id, START + timedelta(seconds=80))
    assert say(anew, 95, (0, 15)).percent == 5


def test_a_pass_is_hers_alone_and_not_for_ever() -> None:
    course, lesson_id = video_course()
    token = pass_of(course, lesson_id)
    with pytest.raises(NotFound), clock.at(START):
        watching.report(token=token, said=Said(1, 0, ((0, 5),)), by=CARL)
    with pytest.raises(Stale, match="too long"):
        say(token, 13 * 3600, (0, 5))
    for forged in ("", "nonsense", token[:-2] + "xx"):
        with pytest.raises(Invalid):
            say(forged, 10, (0, 5))


def test_an_hour_after_the_tab_was_closed_only_what_it_had_seen_is_taken() -> None:
    course, lesson_id = video_course()
    token = pass_of(course, lesson_id)
    say(token, 15, (0, 15), seq=1, pos=15)
    newer = pass_of(course, lesson_id, START + timedelta(minutes=30))
    say(newer, 31 * 60, (0, 40), pos=40)
    say(token, 3600, (0, 20), seq=2, pos=20)
    assert (row_of(course, lesson_id).position, row_of(course, lesson_id).ranges) == (40, [[0, 40]])


def test_what_is_withdrawn_from_the_course_takes_no_reports() -> None:
    course, lesson_id = video_course()
    token = pass_of(course, lesson_id)
    add_lesson(course.course_id, LessonType.TEXT, "Instead", {"body": "Read this."})
    from lms.services import lessons

    lessons.remove(course_id=course.course_id, lesson_id=lesson_id, by=CARL)
    publishing.publish(course_id=course.course_id, by=RITA)
    with pytest.raises(NotFound):
        say(token, 15, (0, 15))


@pytest.mark.parametrize(
    ("pos", "ranges"),
    [
        (-1, [[0, 5]]),
        (1e300, [[0, 5]]),
        ("x", [[0, 5]]),
        (5, [[5, 0]]),
        (5, "[[0"),
        (5, [[0, 1]] * 500),
        (5, [["a", 1]]),
    ],
)
def test_what_no_player_says_is_refused(pos: object, ranges: object) -> None:
    course, lesson_id = video_course()
    token = pass_of(course, lesson_id, datetime.now(UTC))
    said = {"token": token, "seq": 1, "pos": json.dumps(pos), "ranges": json.dumps(ranges)}
    address = f"/learn/courses/{course.course_id}/lessons/{lesson_id}/watched/"
    assert sign_in(Client(), VERA).post(address, said).status_code == 400
    assert row_of(course, lesson_id).ranges is None


def test_the_page_resumes_a_little_earlier_and_lets_her_say_that_she_watched_it() -> None:
    course, lesson_id = video_course()
    token = pass_of(course, lesson_id)
    say(token, 100, (0, 100), pos=100)
    shown = sign_in(Client(), VERA).get(f"/learn/courses/{course.course_id}/lessons/{lesson_id}/")
    body = shown.content.decode()
    assert "#t=97" in body
    assert "I watched this" in body


def test_where_the_course_does_not_trust_her_word_she_cannot_give_it() -> None:
    course, lesson_id = video_course(self_marking=False)
    vera, address = sign_in(Client(), VERA), f"/learn/courses/{course.course_id}/lessons/{lesson_id}/"
    assert "I watched this" not in vera.get(address).content.decode()
    assert vera.post(address + "done/").status_code == 403
