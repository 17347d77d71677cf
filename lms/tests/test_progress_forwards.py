"""Whatever a learner and the course's authors do, in whatever order: progress of hers only ever goes forwards."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.aws import metering
from core.testing import RITA, VERA
from lms.enums import ProgressStatus
from lms.models import LessonProgress
from lms.rules.outline import Entry, Outline, Section
from lms.rules.progress import Standing, course_rollup, next_lesson
from lms.services import learning, publishing
from lms.store import learning as rows
from lms.tests.factories import lesson_ids, make_course

ORDER = list(ProgressStatus)
ids = st.sampled_from(["a", "b", "c", "d", "e"])


def outline(required: list[str], optional: list[str]) -> Outline:
    entries = [Entry(one, "s", one, "text", required=one in required) for one in dict.fromkeys([*required, *optional])]
    return Outline("course", 3, "", "", (), (Section("s", ""),), tuple(entries))


standings = st.dictionaries(ids, st.builds(Standing, st.sampled_from(ORDER), st.integers(0, 3)))


@given(st.lists(ids, min_size=1, unique=True), st.lists(ids, unique=True), standings)
def test_the_bar_is_between_nothing_and_all_and_full_only_when_all_is_done(
    required: list[str], optional: list[str], found: dict[str, Standing]
) -> None:
    course = outline(required, optional)
    rollup = course_rollup(course, found)
    done = {one for one in required if one in found and found[one].status is ProgressStatus.COMPLETED}
    assert 0 <= rollup.percent <= 100
    assert (rollup.percent == 100) == rollup.complete == (done == set(required))


@given(st.lists(ids, min_size=1, unique=True), standings, st.one_of(st.none(), ids))
def test_the_way_on_never_leads_to_what_is_done(
    required: list[str], found: dict[str, Standing], last: str | None
) -> None:
    following = next_lesson(outline(required, []), found, last)
    left = [one for one in required if found.get(one, Standing(ProgressStatus.NOT_STARTED)).status is not ORDER[-1]]
    assert (following.lesson_id in left) if left else (following is None)


def _set(status: ProgressStatus, percent: int) -> Callable[[LessonProgress], None]:
    def change(row: LessonProgress) -> None:
        row.status, row.progress_percentage = status.value, percent

    return change


moves = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.integers(0, 2), st.sampled_from(ORDER), st.integers(0, 100)),
        st.tuples(st.just("visit"), st.integers(0, 2)),
        st.just(("publish",)),
    ),
    max_size=7,
)


@pytest.mark.usefixtures("cloud")
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves)
def test_no_sequence_of_writes_lowers_anything(told: list[tuple]) -> None:
    course = make_course(lesson_count=3)
    lessons = lesson_ids(course)
    best: dict[str, int] = {}
    completed_at, bar = None, 0
    for what, *how in told:
        if what == "publish":
            publishing.publish(course_id=course.course_id, by=RITA)
        elif what == "visit":
            learning.visit(course_id=course.course_id, lesson_id=lessons[how[0]], by=VERA)
        else:
            place = {"course_id": course.course_id, "lesson_id": lessons[how[0]]}
            learning.record(**place, change=_set(how[1], how[2]), by=VERA)
        taken = learning.load(VERA, course.course_id, fresh=True)
        for lesson_id in lessons:
            state = ORDER.index(taken.standing(lesson_id).status)
            assert state >= best.get(lesson_id, 0)
            best[lesson_id] = state
        assert taken.percent >= bar
        bar = taken.percent
        now = taken.summary.completed_at if taken.summary else None
        assert completed_at is None or now == completed_at
        completed_at = now


@pytest.mark.usefixtures("cloud")
def test_a_write_of_progress_is_two_reads_and_one_transaction() -> None:
    course = make_course()
    first, _ = lesson_ids(course)
    learning.load(VERA, course.course_id)
    meter = metering.start()
    learning.record(course_id=course.course_id, lesson_id=first, change=_set(ProgressStatus.IN_PROGRESS, 10), by=VERA)
    assert meter.calls - 1 <= 3  # and whether the course was assigned to her, the first time
    meter = metering.start()
    learning.complete_lesson(course_id=course.course_id, lesson_id=first, by=VERA)
    assert meter.calls == 3
    assert rows.lesson_row(VERA.user_id, course.course_id, first).progress_percentage == 100
