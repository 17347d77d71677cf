from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from core.errors import Invalid
from lms.enums import LessonType, QuestionType
from lms.exchange.parcel import Parcel, Reading
from lms.rules.quizzes import Quiz
from lms.rules.quizzes.checks import problems
from lms.tests.exchange_factories import PNG, read, read_one, zipped


def _item(ident: str, kind: str, body: str, right: str, *, extra: str = "") -> str:
    return f"""<item ident="{ident}"><itemmetadata><qtimetadata>
      <qtimetadatafield><fieldlabel>question_type</fieldlabel><fieldentry>{kind}</fieldentry></qtimetadatafield>
      <qtimetadatafield><fieldlabel>points_possible</fieldlabel><fieldentry>2.0</fieldentry></qtimetadatafield>
      </qtimetadata></itemmetadata><presentation>
      <material><mattext texttype="text/html">&lt;p&gt;Ask {ident}&lt;/p&gt;</mattext></material>{body}</presentation>
      <resprocessing><respcondition continue="No"><conditionvar>{right}</conditionvar>
      <setvar action="Set" varname="SCORE">100</setvar></respcondition>{extra}</resprocessing></item>"""


def _choice(cardinality: str, *words: str) -> str:
    labels = "".join(
        f'<response_label ident="{word}"><material><mattext>{word}</mattext></material></response_label>'
        for word in words
    )
    return (
        f'<response_lid ident="r" rcardinality="{cardinality}"><render_choice>{labels}</render_choice></response_lid>'
    )


def _match(*lefts: str) -> str:
    return "".join(
        f'<response_lid ident="{left}"><material><mattext>{left}</mattext></material><render_choice>'
        '<response_label ident="1"><material><mattext>one</mattext></material></response_label>'
        '<response_label ident="2"><material><mattext>two</mattext></material></response_label>'
        '<response_label ident="3"><material><mattext>three</mattext></material></response_label>'
        "</render_choice></response_lid>"
        for left in lefts
    )


_TYPED = '<response_str ident="r"><render_fib/></response_str>'
_EQUAL = '<varequal respident="r">{}</varequal>'
QTI = "".join(
    [
        '<?xml version="1.0"?><questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="a1" title="All kinds">',
        "<qtimetadata><qtimetadatafield><fieldlabel>cc_maxattempts</fieldlabel><fieldentry>2</fieldentry></qtimetadatafield></qtimetadata><section>",
        _item("single", "multiple_choice_question", _choice("Single", "a", "b"), _EQUAL.format("b")),
        _item(
            "multiple",
            "multiple_answers_question",
            _choice("Multiple", "a", "b", "c"),
            f"<and>{_EQUAL.format('a')}<not>{_EQUAL.format('b')}</not>{_EQUAL.format('c')}</and>",
        ),
        _item("truth", "true_false_question", _choice("Single", "True", "False"), _EQUAL.format("False")),
        _item("blank", "short_answer_question", _TYPED, _EQUAL.format("Paris") + _EQUAL.format("paris, France")),
        _item(
            "number",
            "numerical_question",
            _TYPED,
            f'<or>{_EQUAL.format("5")}<and><vargte respident="r">4.5</vargte><varlte respident="r">5.5</varlte></and></or>',
        ),
        _item(
            "match",
            "matching_question",
            _match("left", "right"),
            '<varequal respident="left">1</varequal><varequal respident="right">2</varequal>',
        ),
        _item("essay", "essay_question", _TYPED, "<other/>"),
        _item("pattern", "cc.pattern_match.v0p1", _TYPED, _EQUAL.format("x.*")),
        "</section></assessment></questestinterop>",
    ]
)

CARTRIDGE: Mapping[str, str | bytes] = {
    "imsmanifest.xml": """<?xml version="1.0"?><manifest identifier="m1" xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1">
      <metadata><schema>IMS Common Cartridge</schema><schemaversion>1.1.0</schemaversion>
      <lom xmlns="x"><general><title><string>Cartridge</string></title></general></lom></metadata>
      <organizations><organization><item identifier="root">
        <item identifier="i1"><title>Week 1</title>
          <item identifier="i2" identifierref="page"><title>Read me</title></item>
          <item identifier="i3" identifierref="link"><title>Elsewhere</title></item>
          <item identifier="i4" identifierref="talk"><title>Talk</title></item>
          <item identifier="i5" identifierref="gone"><title>Lost</title></item>
          <item identifier="i6"><title>Deeper</title><item identifier="i7" identifierref="quiz"><title>Check</title></item></item>
        </item></item></organization></organizations>
      <resources>
        <resource identifier="page" type="webcontent" href="wiki/read%20me.html"><file href="wiki/read%20me.html"/></resource>
        <resource identifier="page" type="webcontent" href="wiki/other.html"/>
        <resource identifier="link" type="imswl_xmlv1p1"><file href="link.xml"/></resource>
        <resource identifier="talk" type="imsdt_xmlv1p1"><file href="talk.xml"/></resource>
        <resource identifier="quiz" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment"><file href="quiz.xml"/></resource>
        <resource identifier="loose" type="webcontent" href="wiki/loose.html"/>
        <resource identifier="pic" type="webcontent" href="web_resources/dot.png"/>
      </resources></manifest>""",
    "wiki/read me.html": '<html><head><title>T</title></head><body><h2>Read me</h2><p><img src="$IMS-CC-FILEBASE$/dot.png?x=1" alt="dot"></p></body></html>',
    "wiki/loose.html": "<html><head><title>Loose</title></head><body><p>Nobody names me.</p></body></html>",
    "link.xml": '<webLink><title>E</title><url href="https://example.org/a"/></webLink>',
    "talk.xml": "<topic><title>Talk</title></topic>",
    "quiz.xml": QTI,
    "web_resources/dot.png": PNG,
}
MODULE: Mapping[str, str | bytes] = {
    "path/index.yml": "### YamlMime:LearningPath\ntitle: First steps\nsummary: Go.\nmodules:\n- Get started, with it\n- Nowhere\n",
    "start/index.yml": "### YamlMime:Module\nuid: org.start\ntitle: Get started with it\nsummary: Begin.\nabstract: |\n  In this module:\n  - Learn one\nlevels: [intermediate]\nunits: [org.start.two, org.start.one]\n",
    "start/1-one.yml": "### YamlMime:ModuleUnit\nuid: org.start.one\ntitle: Exercise: one\ndurationInMinutes: 4\ncontent: |\n  [!include[](includes/1-one.md)]\n",
    "start/2-two.yml": "### YamlMime:ModuleUnit\nuid: org.start.two\ntitle: Two\ncontent: |\n  [!include[](includes/2-two.md)]\nquiz:\n  title: Check\n  questions:\n  - content: Which?\n    choices:\n    - {content: A, isCorrect: true, explanation: Yes it is.}\n    - {content: B, isCorrect: false}\n",
    "start/broken.yml": "### YamlMime:ModuleUnit\n\tuid: x\n",
    "start/includes/1-one.md": '# One\n\n> [!NOTE]\n> Mind this.\n\n:::image type="content" source="../media/dot.png" alt-text="A dot":::\n\n![gone](../media/gone.png)\n\n[next](2-two.md)\n\n```rust\nlet x: [u8; 2] = [1](2);\n```\n',
    "start/includes/2-two.md": "Answer these:",
    "start/media/dot.png": PNG,
}
CARPENTRIES: Mapping[str, str | bytes] = {
    "git/config.yaml": "carpentry: swc\ntitle: Git\nkeywords: 'a, b'\nsource: https://example.org/git\nepisodes:\n- 02-b.md\n- 01-a.md\n",
    "git/index.md": "---\nsite: x\n---\n\nAbout Git.\n",
    "git/episodes/01-a.md": "---\ntitle: Second\nteaching: 5\nexercises: 3\n---\n\n:::::::: objectives\n\n- Know it\n\n::::::::\n\n```bash\n::: not a box\n```\n\n:::: instructor\nSecret.\n::::\n\n![](fig/dot.png){alt='A dot'}\n\n+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+---+---+\n",
    "git/episodes/02-b.md": "---\ntitle: First\n---\n\nHello.\n",
    "git/episodes/fig/dot.png": PNG,
    "git/instructors/notes.md": "For teachers.\n",
}


def _read(files: Mapping[str, str | bytes], tmp_path: Path) -> Reading:
    return read(zipped(tmp_path / "package", files), tmp_path / "scratch")


def _told(parcel: Parcel) -> str:
    return "\n".join(f"{note.where}: {note.text}" for note in parcel.notes)


@pytest.fixture
def quiz(tmp_path: Path) -> Parcel:
    (tmp_path / "any.xml").write_text(QTI)
    return read_one(tmp_path / "any.xml", tmp_path / "scratch")


def test_a_document_of_questions_is_a_course_with_one_quiz(quiz: Parcel) -> None:
    content = Quiz.from_content(quiz.lessons[0].content)
    assert list(problems(content)) == []
    assert (quiz.title, quiz.key, content.attempt_limit) == ("All kinds", "a1", 2)
    single, multiple, truth, blank, number, match = content.questions
    assert [(one.text, one.correct) for one in single.options] == [("a", False), ("b", True)]
    assert [one.correct for one in multiple.options] == [True, False, True]
    assert (truth.question_type, truth.correct_ids) == (QuestionType.TRUE_FALSE, {"false"})
    assert blank.accepted == ("Paris", "paris, France")
    assert (number.number, number.tolerance) == ("5", "0.5")
    assert [(one.text, one.match) for one in match.options] == [("left", "one"), ("right", "two"), ("", "three")]
    assert {question.points for question in content.questions} == {2}


def test_questions_that_no_machine_can_mark_are_left_out_and_told(quiz: Parcel) -> None:
    assert "“Ask essay”) was left out: an essay" in _told(quiz)
    assert "“Ask pattern”) was left out: its answers are patterns" in _told(quiz)


def test_a_cartridge_keeps_its_structure_and_pictures(tmp_path: Path) -> None:
    (cartridge,) = _read(CARTRIDGE, tmp_path).parcels
    assert [(one.title, [lesson.title for lesson in one.lessons]) for one in cartridge.sections] == [
        ("Week 1", ["Read me", "Elsewhere"]),
        ("Deeper", ["Check"]),
        ("More", ["Loose"]),
    ]
    page, link, check, loose = cartridge.lessons
    assert page.content["body"] == "![dot](files/dot.png)"
    assert [file.name for file in page.files] == ["dot.png"]
    assert link.content["url"] == "https://example.org/a"
    assert (check.lesson_type, loose.required) == (LessonType.QUIZ, False)
    assert "Talk: It was left out: a discussion" in _told(cartridge)
    assert "Lost: It was left out: it is missing." in _told(cartridge)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"imsmanifest.xml": "<manifest><metadata><schema>ADL SCORM</schema></metadata></manifest>"}, "SCORM"),
        (
            {
                "imsmanifest.xml": '<manifest xmlns:a="b"><resources><resource a:scormType="sco"/></resources></manifest>'
            },
            "SCORM",
        ),
        ({"imsmanifest.xml": "<manifest>"}, "not well-formed"),
        ({"test.xml": "<assessmentTest/>"}, "QTI 2 or 3"),
        ({"readme.txt": "hello"}, "none of the kinds"),
    ],
)
def test_what_cannot_be_imported_is_refused_saying_why(files: dict[str, str], said: str, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=said):
        _read(files, tmp_path)


def test_an_empty_course_is_refused(tmp_path: Path) -> None:
    empty = {"imsmanifest.xml": "<manifest><metadata><schema>IMS Common Cartridge</schema></metadata></manifest>"}
    found = _read(empty, tmp_path)
    assert not found.parcels
    assert "nothing in it" in found.refusals[0].text


def test_a_module_is_a_course_in_the_order_of_its_units(tmp_path: Path) -> None:
    found = _read(MODULE, tmp_path)
    (module,) = found.parcels
    assert (module.key, module.outcomes, module.difficulty_level) == ("org.start", ("Learn one",), "intermediate")
    two, one = module.lessons
    assert (two.lesson_type, two.title, two.description) == (LessonType.QUIZ, "Two", "Answer these:")
    assert (one.title, one.duration_seconds) == ("Exercise: one", 240)
    assert "> **Note**" in one.content["body"]
    assert "![A dot](files/dot.png)" in one.content["body"]
    assert "*(Picture: gone)*" in one.content["body"]
    assert "\nnext\n" in one.content["body"]
    assert "[1](2)" in one.content["body"]
    assert "Yes it is." in Quiz.from_content(two.content).questions[0].explanation
    assert "start/broken.yml: It was left out" in _told(module)


def test_a_learning_path_names_the_courses_that_its_modules_become(tmp_path: Path) -> None:
    found = _read(MODULE, tmp_path)
    assert [(path.title, path.course_keys) for path in found.paths] == [("First steps", ("org.start",))]
    assert "“Nowhere” is not in the package" in found.notes[0].text


def test_episodes_are_lessons_and_their_boxes_text(tmp_path: Path) -> None:
    (lesson,) = _read(CARPENTRIES, tmp_path).parcels
    assert (lesson.title, lesson.description, lesson.tags) == ("Git", "About Git.", ("a", "b"))
    first, second = lesson.lessons
    assert (first.title, second.title, second.duration_seconds) == ("First", "Second", 480)
    body = second.content["body"]
    assert "**Objectives**" in body
    assert "Secret" not in body
    assert "::: not a box" in body
    assert "![A dot](files/dot.png)" in body
    assert "~~~~~ text\n+---+---+" in body
    assert "for teachers" in _told(lesson)


GIFT = """// a comment
::Tomb::Who is in the tomb?{~Grant#No. =nobody#Yes. ~Lee}

Grant is {=entombed ~buried} there.

The sun rises in the east.{TRUE}

Two plus two equals {=four =4}.

How much? {#1822:2}

Match. {=Canada -> Ottawa =Italy -> Rome = -> Paris}

Who two? {~%50%Grant ~%50%Julia ~%-100%No one}

Which equals 5? {~ \\= 2 + 2 = \\= 2 + 3}

How are you? {}
"""
AIKEN = "Who began it?\nA) Petr\nB) Martin\nANSWER: B\n\nIs it so?\nA. True\nB. False\nANSWER: A\n"


def test_gift_is_read_as_moodle_reads_it(tmp_path: Path) -> None:
    (tmp_path / "any.txt").write_text(GIFT)
    course = read_one(tmp_path / "any.txt", tmp_path / "scratch")
    quiz = Quiz.from_content(course.lessons[0].content)
    assert list(problems(quiz)) == []
    tomb, gap, sun, four, year, match, two, equals = quiz.questions
    assert [(one.text, one.correct) for one in tomb.options] == [("Grant", False), ("nobody", True), ("Lee", False)]
    assert "- **nobody**: Yes." in tomb.explanation
    assert gap.text == "Grant is ____ there."
    assert sun.correct_ids == {"true"}
    assert (four.text, four.accepted) == ("Two plus two equals ____.", ("four", "4"))
    assert (year.number, year.tolerance) == ("1822", "2")
    assert [(one.text, one.match) for one in match.options][2] == ("", "Paris")
    assert (two.question_type, len(two.correct_ids)) == (QuestionType.MULTIPLE, 2)
    assert [one.text for one in equals.options] == ["= 2 + 2", "= 2 + 3"]
    assert "“How are you?”) was left out: an essay" in _told(course)


def test_aiken_is_read(tmp_path: Path) -> None:
    (tmp_path / "any.txt").write_text(AIKEN)
    quiz = Quiz.from_content(read_one(tmp_path / "any.txt", tmp_path / "scratch").lessons[0].content)
    who, truth = quiz.questions
    assert [one.correct for one in who.options] == [False, True]
    assert (truth.question_type, truth.correct_ids) == (QuestionType.TRUE_FALSE, {"true"})
