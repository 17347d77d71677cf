from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.enums import Difficulty, Feedback, LessonType, QuestionType, ScorePolicy
from lms.exchange import exporting
from lms.exchange.parcel import Attached, Parcel, ParcelLesson, ParcelSection
from lms.rules.quizzes import Option, Question, Quiz
from lms.tests.exchange_factories import PNG, read_one

_TRAPS = ["No", "1:20", "# not a comment", "- a", "null", "2026-01-01", "{{ x }}", "naïve “quotes” 🎓", "مرحبا", "a: b"]
_LETTERS = st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn"))
_words = st.one_of(st.sampled_from(_TRAPS), st.text(_LETTERS, min_size=1, max_size=40)).map(
    lambda text: " ".join(text.split()) or "x"
)
_body = st.lists(
    st.one_of(_words, st.sampled_from(["---", "```", "  indented", "", "\ttab "])), min_size=1, max_size=8
).map("\n".join)
_numbers = st.integers(0, 10_000)


@st.composite
def _options(draw, kind: QuestionType) -> tuple[Option, ...]:
    count = draw(st.integers(2, 4))
    match = kind is QuestionType.MATCHING
    return tuple(
        Option(
            f"o{place}", draw(_words), correct=not match and draw(st.booleans()), match=draw(_words) if match else ""
        )
        for place in range(count)
    )


@st.composite
def _questions(draw, number: int) -> Question:
    kind = draw(st.sampled_from(QuestionType))
    own = {}
    if kind is QuestionType.SHORT_TEXT:
        own["accepted"] = tuple(draw(st.lists(_words, min_size=1, max_size=3)))
    elif kind is QuestionType.NUMERIC:
        own = {"number": str(draw(st.integers(-99, 99))), "tolerance": draw(st.sampled_from(["0", "0.5", "1e-3"]))}
    else:
        own["options"] = draw(_options(kind))
    return Question(f"q{number}", kind, draw(_body), draw(st.integers(1, 9)), draw(_body), **own)


@st.composite
def _quizzes(draw) -> Quiz:
    return Quiz(
        pass_mark=draw(st.integers(1, 100)),
        attempt_limit=draw(st.integers(0, 5)),
        time_limit_minutes=draw(st.integers(0, 60)),
        shuffle_questions=draw(st.booleans()),
        feedback=draw(st.sampled_from(Feedback)),
        score_policy=draw(st.sampled_from(ScorePolicy)),
        questions=tuple(draw(_questions(number)) for number in range(draw(st.integers(1, 4)))),
    )


@st.composite
def _lessons(draw, key: str, picture: Path) -> ParcelLesson:
    kind = draw(st.sampled_from([LessonType.TEXT, LessonType.QUIZ, LessonType.LINK, LessonType.DOCUMENT]))
    files: tuple[Attached, ...] = ()
    if kind is LessonType.TEXT:
        body = draw(_body)
        if draw(st.booleans()):
            body, files = f"![A dot](files/dot-1.png)\n\n{body}", (Attached("dot-1.png", picture),)
        content = {"body": body}
    elif kind is LessonType.QUIZ:
        content = draw(_quizzes()).to_content()
    elif kind is LessonType.LINK:
        content = {"url": f"https://example.org/{draw(_numbers)}", "note": draw(_words)}
    else:
        content = {"content_id": f"item-{draw(_numbers)}", "note": draw(_words)}
    return ParcelLesson(key, draw(_words), kind, content, draw(_words), draw(st.booleans()), draw(_numbers), files)


@st.composite
def _courses(draw, picture: Path) -> Parcel:
    sections = tuple(
        ParcelSection(
            f"s{at}", draw(_words), tuple(draw(_lessons(f"l{at}-{place}", picture)) for place in range(count))
        )
        for at, count in enumerate(draw(st.lists(st.integers(1, 3), min_size=1, max_size=3)))
    )
    return Parcel(
        key="course",
        title=draw(_words),
        description=draw(_words),
        outcomes=tuple(draw(st.lists(_words, max_size=3))),
        product_suite=draw(_words),
        tags=tuple(draw(st.lists(_words, max_size=3))),
        difficulty_level=draw(st.sampled_from(["", *(one.value for one in Difficulty)])),
        duration_override=draw(st.one_of(st.none(), st.integers(1, 500))),
        self_marking=draw(st.booleans()),
        certificate=draw(st.booleans()),
        validity_months=draw(st.one_of(st.none(), st.integers(1, 60))),
        renewal_window_days=draw(st.integers(0, 90)),
        sections=sections,
    )


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_course_that_was_written_reads_the_same(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as place:
        picture = Path(place, "dot.png")
        picture.write_bytes(PNG)
        course = data.draw(_courses(picture))
        folder = Path(place, "out")
        folder.mkdir()
        exporting.write(course, folder)
        again = read_one(folder, Path(place, "scratch"))
        assert again.facts() == course.facts()
        assert (again.key, [one.key for one in again.lessons]) == ("course", [one.key for one in course.lessons])
