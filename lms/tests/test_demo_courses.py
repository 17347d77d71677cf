"""What is written down of the demo's learning, looked at without bringing any of it about."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from content.demo import library
from content.demo.makers.brand import hues
from lms.demo.curriculum import DRAWN, school
from lms.enums import LessonType, QuestionType
from lms.exchange import packages, reading, yaml
from lms.exchange.packages import Package
from lms.exchange.parcel import Parcel
from lms.rules import captions, quizzes
from lms.rules.quizzes import Quiz

SLUGS = [plan.slug for plan in school().courses]
_NEVER_SHOWN = {
    "draft",
    "in_review",
    "changes_requested",
    "withdrawn",
    "scheduled",
    "deprecated",
    "expired",
    "restored",
}


@cache
def parcel_of(slug: str) -> Parcel:
    """With an empty file for each that would be drawn."""
    plan = next(one for one in school().courses if one.slug == slug)
    scratch = Path(mkdtemp(prefix="demo-course-"))
    package = packages.open_package(plan.folder, scratch)
    drawn = yaml.load_map(package.text(DRAWN), DRAWN) if DRAWN in package else {}
    for name in drawn:
        (scratch / name).write_bytes(_STANDS_FOR[Path(name).suffix])
    (parcel,) = reading.read(
        Package(slug, {**package.files, **{name: scratch / name for name in drawn}}), scratch
    ).parcels
    return parcel


_STANDS_FOR = {".webm": b"\x1aE\xdf\xa3", ".png": b"\x89PNG\r\n\x1a\n" + bytes(32)}


def quizzes_of(slug: str) -> list[Quiz]:
    return [Quiz.from_content(one.content) for one in parcel_of(slug).lessons if one.lesson_type is LessonType.QUIZ]


def test_there_are_enough_courses_of_a_good_length() -> None:
    assert len(SLUGS) >= 8
    assert all(4 <= len(parcel_of(slug).lessons) <= 10 for slug in SLUGS)
    assert len(school().paths) >= 2


def test_the_folder_is_named_as_its_course() -> None:
    assert all(parcel_of(slug).key == slug for slug in SLUGS)


@pytest.mark.parametrize("slug", [plan.slug for plan in school().courses if plan.publish])
def test_every_published_course_is_whole(slug: str) -> None:
    parcel = parcel_of(slug)
    assert parcel.description and parcel.outcomes
    assert any(lesson.required for lesson in parcel.lessons)
    for lesson in parcel.lessons:
        if lesson.lesson_type is LessonType.QUIZ:
            assert quizzes.missing(lesson.content) == "", lesson.title
    assert all(question.explanation or question.points > 1 for quiz in quizzes_of(slug) for question in quiz.questions)


def test_all_kinds_of_lessons_and_questions_are_there() -> None:
    every = [lesson for slug in SLUGS for lesson in parcel_of(slug).lessons]
    assert {lesson.lesson_type for lesson in every} == set(LessonType)
    assert any(not lesson.required for lesson in every)
    asked = [quiz for slug in SLUGS for quiz in quizzes_of(slug)]
    assert {question.question_type for quiz in asked for question in quiz.questions} == set(QuestionType)
    assert any(quiz.time_limit_minutes for quiz in asked)
    assert any(quiz.attempt_limit for quiz in asked)
    assert any(quiz.cooldown_minutes for quiz in asked)
    assert any(0 < quiz.draw < len(quiz.questions) for quiz in asked)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_item_is_one_that_learners_may_see(slug: str) -> None:
    stories = {asset.content_id: asset.story for asset in library.assets()}
    parcel = parcel_of(slug)
    text = "\n".join(str(lesson.content) for lesson in parcel.lessons)
    embedded = {str(one.content["content_id"]) for one in parcel.lessons if one.lesson_type is LessonType.DOCUMENT}
    named = embedded | set(re.findall(r"/content/(demo-[a-z0-9-]+)/", text)) | set(parcel.related_item_ids)
    assert all(stories.get(one) and stories[one] not in _NEVER_SHOWN for one in named), named


def test_labels_are_those_of_the_company() -> None:
    firm = library.company()
    suites = {suite.name: suite.products for suite in firm.suites}
    for slug in SLUGS:
        parcel = parcel_of(slug)
        assert parcel.product_concept in firm.concepts and set(parcel.tags) <= set(firm.tags), slug
        assert not parcel.product_suite or parcel.product in suites[parcel.product_suite], slug
    for path in school().paths:
        assert path.concept in firm.concepts and set(path.tags) <= set(firm.tags)


def test_the_captions_of_the_clip_end_with_it() -> None:
    (lesson,) = (one for slug in SLUGS for one in parcel_of(slug).lessons if one.lesson_type is LessonType.VIDEO)
    (english,) = lesson.captions
    plan = next(one for one in school().courses if one.slug == "renewals-in-practice")
    drawn = yaml.load_map((plan.folder / DRAWN).read_text(), DRAWN)["sixty-days.webm"]
    length = drawn["content"]["seconds"] * len(drawn["content"]["scenes"])
    segments = captions.read(english.path.name, english.path.read_bytes())
    assert segments[-1].end == 1000 * length and 20 <= length <= 40
    assert all(at < length for at, _ in lesson.content["chapters"])
    assert drawn["hue"] in hues()


def test_what_people_did_names_lessons_and_questions_that_are_there() -> None:
    for study in school().studies:
        if not study.course:
            continue
        lessons = {lesson.key: lesson for lesson in parcel_of(study.course).lessons}
        assert {*study.skip, *study.wrong, *filter(None, [study.stops_at])} <= set(lessons), study
        assert not any(lessons[key].required for key in study.skip), study
        assert study.days[0] >= study.days[1], study
        for key, tries in study.wrong.items():
            known = Quiz.from_content(lessons[key].content).by_id
            assert all(question_id in known for wrong in tries for question_id in wrong), (study.course, key)


def test_nobody_takes_a_course_before_it_was_published() -> None:
    ages = {plan.slug: plan.age for plan in school().courses if plan.publish}
    assert all(study.days[0] < ages[study.course] for study in school().studies if study.course)
    assert all(errand.days_ago < ages[errand.course] for errand in school().errands if errand.course)
