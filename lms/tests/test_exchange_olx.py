from __future__ import annotations

import io
import tarfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from lms.enums import LessonType
from lms.exchange.parcel import Parcel
from lms.rules.quizzes import Quiz
from lms.rules.quizzes.checks import problems
from lms.tests.exchange_factories import PNG, read_one

PROBLEM = """\
<problem display_name="Timing" weight="2" url_name="p1">
  <multiplechoiceresponse>
    <label>When do you begin?</label>
    <description>Think of the budget.</description>
    <choicegroup type="MultipleChoice">
      <choice correct="true">120 days before <choicehint>Early is cheap.</choicehint></choice>
      <choice correct="false">The day before</choice>
    </choicegroup>
    <solution><div class="detailed-solution"><p>Explanation</p><p>Budgets are made <b>in spring</b>.</p></div></solution>
  </multiplechoiceresponse>
  <demandhint><hint>Ask finance.</hint></demandhint>
</problem>
"""
MIXED = """\
<problem display_name="Mixed">
  <p>Pick all who sign.</p>
  <choiceresponse><checkboxgroup>
    <choice correct="true">CFO</choice><choice correct="true">CIO</choice><choice correct="false">Intern</choice>
  </checkboxgroup></choiceresponse>
  <p>The season is</p>
  <optionresponse><optioninput options="('spring','autumn')" correct="spring"/></optionresponse>
  <p>How many days?</p>
  <numericalresponse answer="120"><responseparam type="tolerance" default="10%"/><formulaequationinput/></numericalresponse>
  <p>Who signs last?</p>
  <stringresponse answer="The CFO" type="ci"><additional_answer answer="CFO"/><textline/></stringresponse>
  <p>Write a poem.</p>
  <customresponse><textline/></customresponse>
  <numericalresponse answer="$x"><formulaequationinput/></numericalresponse>
</problem>
"""
FILES: Mapping[str, str | bytes] = {
    "course/course.xml": '<course url_name="2026" org="Gravyty" course="R1"/>',
    "course/course/2026.xml": '<course display_name="old"><chapter url_name="c1"/><chapter url_name="gone"/></course>',
    "course/policies/2026/policy.json": '{"course/2026": {"display_name": "Renewals", "start": "2026-01-01"}}',
    "course/policies/2026/grading_policy.json": '{"GRADE_CUTOFFS": {"Pass": 0.6}}',
    "course/about/overview.html": "<section><h2>About</h2><p>How to renew.</p></section>",
    "course/chapter/c1.xml": '<chapter display_name="Basics"><sequential url_name="s1"/></chapter>',
    "course/sequential/s1.xml": '<sequential display_name="Start"><vertical url_name="v1"/><vertical url_name="v2"/></sequential>',
    "course/vertical/v1.xml": '<vertical display_name="Why early"><html url_name="h1"/><problem url_name="p1"/><discussion display_name="Talk"/></vertical>',
    "course/vertical/v2.xml": '<vertical display_name="Watch"><video url_name="vid" display_name="A clip" youtube="1.00:abc-123"><transcript language="en" src="a.srt"/></video><problem url_name="p2"/></vertical>',
    "course/html/h1.xml": '<html filename="h1" display_name="Text"/>',
    "course/html/h1.html": '<h1>Why early</h1><p>See <img src="/static/dot.png" alt="A dot"/> and <a href="/jump_to_id/x">there</a>.</p><table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table><pre><code class="language-python">x = 1\n</code></pre><script>alert(1)</script>',
    "course/problem/p1.xml": PROBLEM,
    "course/problem/p2.xml": MIXED,
    "course/static/dot.png": PNG,
    "course/static/a.srt": "1\n00:00:01,000 --> 00:00:02,000\nHello\n",
}


def packed(path: Path, files: Mapping[str, str | bytes]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return path


@pytest.fixture
def course(tmp_path: Path) -> Parcel:
    return read_one(packed(tmp_path / "any-name.bin", FILES), tmp_path / "scratch")


def _quiz(course: Parcel, place: int) -> Quiz:
    quiz = Quiz.from_content([one for one in course.lessons if one.lesson_type is LessonType.QUIZ][place].content)
    assert list(problems(quiz)) == []
    return quiz


def _told(course: Parcel) -> str:
    return "\n".join(f"{note.where}: {note.text}" for note in course.notes)


def test_chapters_become_sections_and_units_lessons(course: Parcel) -> None:
    assert (course.title, course.key, course.description) == ("Renewals", "Gravyty+R1+2026", "How to renew.")
    assert [section.title for section in course.sections] == ["Basics"]
    assert [(one.lesson_type.value, one.title) for one in course.lessons] == [
        ("text", "Why early"),
        ("quiz", "Timing"),
        ("link", "A clip"),
        ("quiz", "Mixed"),
    ]


def test_a_page_keeps_its_table_code_and_picture(course: Parcel) -> None:
    text = course.lessons[0]
    body = text.content["body"]
    assert "![A dot](files/dot.png)" in body
    assert "| a | b |" in body
    assert "```python\nx = 1" in body
    assert "alert" not in body
    assert not body.startswith("#")
    assert [file.name for file in text.files] == ["dot.png"]


def test_a_problem_keeps_its_answers_hints_and_explanation(course: Parcel) -> None:
    (question,) = _quiz(course, 0).questions
    assert question.text.split("\n\n") == ["When do you begin?", "Think of the budget."]
    assert [(option.text, option.correct) for option in question.options] == [
        ("120 days before", True),
        ("The day before", False),
    ]
    assert question.points == 2
    assert "in spring" in question.explanation
    assert "Ask finance." in question.explanation
    assert "**120 days before**: Early is cheap." in question.explanation


def test_a_problem_with_several_responses_is_several_questions(course: Parcel) -> None:
    quiz = _quiz(course, 1)
    assert quiz.pass_mark == 60
    several, season, days, who = quiz.questions
    assert (several.question_type, len(several.correct_ids)) == ("multiple", 2)
    assert (season.text, season.question_type) == ("The season is", "single")
    assert (days.number, days.tolerance) == ("120", "12")
    assert who.accepted == ("The CFO", "CFO")


def test_what_cannot_be_taken_over_is_told(course: Parcel) -> None:
    told = _told(course)
    assert "Talk: It was left out: a discussion" in told
    assert "the portal has no questions of its kind (customresponse)" in told
    assert "its answer “$x” is computed" in told
    assert "The video is on another site" in told
    assert "captions were left out" in told
    assert "Scripts of its page were left out." in told
    assert "Its dates were not taken" in told


def test_the_problems_of_a_graded_subsection_are_one_quiz(tmp_path: Path) -> None:
    graded = FILES["course/sequential/s1.xml"].replace('"Start"', '"Exam" graded="true"')
    course = read_one(packed(tmp_path / "c", {**FILES, "course/sequential/s1.xml": graded}), tmp_path / "scratch")
    assert [one.title for one in course.lessons] == ["Why early", "A clip", "Exam"]
    assert len(_quiz(course, 0).questions) == 5


def test_parts_that_point_to_each_other_end(tmp_path: Path) -> None:
    from core.errors import Invalid

    loop = '<vertical display_name="Loop"><vertical url_name="v1"/><vertical url_name="v1"/></vertical>'
    with pytest.raises(Invalid):
        read_one(packed(tmp_path / "c", {**FILES, "course/vertical/v1.xml": loop}), tmp_path / "scratch")


def test_a_page_that_is_not_well_formed_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    course = read_one(
        packed(tmp_path / "c", {**FILES, "course/problem/p1.xml": "<problem><p></problem>"}), tmp_path / "s"
    )
    assert "It was left out: “course/problem/p1.xml” is not well-formed XML" in _told(course)
    assert len(course.lessons) == 3


def test_a_video_in_the_package_is_a_video(tmp_path: Path) -> None:
    clip = '<vertical display_name="Watch"><video url_name="vid" html5_sources="[&quot;/static/clip.mp4&quot;]" transcripts="{&quot;en&quot;: &quot;a.srt&quot;}"/></vertical>'
    files = {**FILES, "course/vertical/v2.xml": clip, "course/static/clip.mp4": b"bytes"}
    video = read_one(packed(tmp_path / "c", files), tmp_path / "scratch").lessons[-1]
    assert (video.lesson_type, video.video.read_bytes()) == (LessonType.VIDEO, b"bytes")
    assert [one.language for one in video.captions] == ["en"]
