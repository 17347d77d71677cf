"""An author and her quiz, by plain forms: every type of question, settings, order, and two authors at once."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from core.testing import ANA, CARL, CORA, RITA, VERA, sign_in
from lms import store
from lms.enums import Feedback
from lms.rules.quizzes import Quiz, missing
from lms.services import attempts, learning, publishing, quizzes
from lms.tests.quiz_factories import EVERY_TYPE, MULTIPLE, ORDERING, SINGLE, draft_with_quiz, given_for, quiz, take

pytestmark = pytest.mark.usefixtures("cloud")

OF_TYPE = {
    "single": {"rows": "4", "option-1-text": "Yes", "option-2-text": "No", "correct": "2"},
    "multiple": {"rows": "4", "option-1-text": "A", "option-2-text": "B", "option-4-text": "C", "correct": ["1", "4"]},
    "true_false": {"truth": "false"},
    "short_text": {"accepted": "The buyer\nbuyer\n\n"},
    "numeric": {"number": "12,5", "tolerance": "0.5"},
    "matching": {
        "rows": "4",
        "option-1-text": "A",
        "option-1-match": "x",
        "option-2-text": "B",
        "option-2-match": "y",
        "option-3-match": "z",
    },
    "ordering": {
        "rows": "4",
        "option-1-text": "Second",
        "option-1-place": "2",
        "option-2-text": "First",
        "option-2-place": "1",
    },
}
SETTINGS = {
    "pass_mark": "70",
    "attempt_limit": "3",
    "cooldown_minutes": "",
    "time_limit_minutes": "20",
    "closes_at": "2027-01-31T18:00",
    "draw": "0",
    "score_policy": "last",
    "feedback": "never",
    "shuffle_options": "on",
}


@pytest.fixture
def carl() -> Client:
    return sign_in(Client(), CARL)


def url(name: str, place: tuple[str, str], *args: object) -> str:
    return reverse(f"lms:{name}", args=[*place, *args])


def quiz_of(place: tuple[str, str]) -> Quiz:
    return Quiz.from_content(store.lesson_by_id(*place, fresh=True).content)


def hidden(page: str, name: str) -> str:
    """Of the editor's form, which has what it carries at its head."""
    return re.findall(rf'name="{name}" value="([^"]*)"', page)[0] if f'name="{name}" value=' in page else ""


def written(client: Client, address: str, **values: object) -> dict[str, object]:
    """A question's form, filled in."""
    page = client.get(address).content.decode()
    carried = {name: hidden(page, name) for name in ("seen", "question_id")}
    return {"text": "What then?", "points": "2", "explanation": ""} | carried | values


def test_an_author_writes_a_quiz_and_a_learner_completes_the_lesson_by_passing_it(carl: Client) -> None:
    place = draft_with_quiz(Quiz())
    assert "no question" in publishing.problems_of(store.course_by_id(place[0]), store.lessons_of(place[0]))[place[1]]
    new = url("quiz-question-new", place) + "?type=single"
    assert carl.post(new, written(carl, new, **OF_TYPE["single"])).status_code == 303
    publishing.publish(course_id=place[0], by=RITA)
    vera = sign_in(Client(), VERA)
    vera.post(url("quiz-start", place))
    attempt = attempts.start(course_id=place[0], lesson_id=place[1], by=VERA)
    (question,) = quiz_of(place).questions
    (right,) = question.correct_ids
    vera.post(
        url("quiz-submit", place, 1), {f"q:{question.question_id}": given_for(attempt, question.question_id, right)[""]}
    )
    assert "Passed" in vera.get(url("quiz-attempt", place, 1)).content.decode()
    assert learning.load(VERA, place[0]).finished


@pytest.mark.parametrize("kind", list(OF_TYPE))
def test_a_question_of_each_type_is_written_in_one_form(carl: Client, kind: str) -> None:
    place = draft_with_quiz(Quiz())
    new = url("quiz-question-new", place) + f"?type={kind}"
    sent = written(carl, new, **OF_TYPE[kind])
    assert carl.post(new, sent).status_code == 303
    assert carl.post(new, sent).status_code == 303, "sent twice, it makes one"
    (question,) = quiz_of(place).questions
    assert missing(quiz_of(place).to_content()) == ""
    page = carl.get(url("quiz-question", place, question.question_id)).content.decode()
    assert "What then?" in page
    assert carl.get(url("quiz-preview", place)).status_code == 200


def test_what_the_forms_say_becomes_what_the_question_is(carl: Client) -> None:
    place = draft_with_quiz(Quiz())
    for kind, values in OF_TYPE.items():
        new = url("quiz-question-new", place) + f"?type={kind}"
        carl.post(new, written(carl, new, **values))
    single, multiple, truth, text, number, matching, ordering = quiz_of(place).questions
    assert [one.text for one in single.options if one.correct] == ["No"]
    assert [one.text for one in multiple.options if one.correct] == ["A", "C"]
    assert truth.correct_ids == {"false"}
    assert text.accepted == ("The buyer", "buyer")
    assert (number.number, number.tolerance) == ("12.5", "0.5")
    assert [one.match for one in matching.rights] == ["x", "y", "z"]
    assert [one.text for one in ordering.options] == ["First", "Second"]


@pytest.mark.parametrize(
    ("kind", "values", "sentence"),
    [
        ("single", {"rows": "4", "option-1-text": "Yes", "option-2-text": "No"}, "Mark the one correct option"),
        ("single", {"rows": "4", "option-1-text": "Yes", "correct": "1"}, "at least 2 options"),
        ("numeric", {"number": "much"}, "Write a number"),
        ("numeric", {"number": "1,234"}, "Write a number"),
        ("short_text", {"accepted": " "}, "required"),
        ("single", OF_TYPE["single"] | {"text": ""}, "required"),
        ("single", OF_TYPE["single"] | {"points": "0"}, "greater than or equal to 1"),
    ],
)
def test_what_cannot_be_asked_is_not_saved_and_nothing_typed_is_lost(carl, kind, values, sentence) -> None:
    place = draft_with_quiz(Quiz())
    new = url("quiz-question-new", place) + f"?type={kind}"
    answer = carl.post(new, written(carl, new, explanation="Because I say so.", **values))
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert "Because I say so." in answer.content.decode()
    assert quiz_of(place).questions == ()


def test_more_rows_come_without_saving_anything(carl: Client) -> None:
    place = draft_with_quiz(Quiz())
    new = url("quiz-question-new", place) + "?type=single"
    page = carl.post(new, written(carl, new, **OF_TYPE["single"], more="1")).content.decode()
    assert page.count('name="correct"') == 7
    assert 'value="Yes"' in page
    assert quiz_of(place).questions == ()


def test_questions_are_moved_duplicated_and_removed(carl: Client) -> None:
    place = draft_with_quiz(quiz(*EVERY_TYPE))
    change = lambda what, which, **data: carl.post(url("quiz-question-change", place, which, what), data)  # noqa: E731
    for _ in range(2):
        assert change("move", "q-multiple", to="0").status_code == 303
    assert [one.question_id for one in quiz_of(place).questions][:2] == ["q-multiple", "q-single"]
    for _ in range(2):
        change("duplicate", "q-single", new_id="q-copy")
    assert [one.question_id for one in quiz_of(place).questions][1:3] == ["q-single", "q-copy"]
    assert change("remove", "q-copy", seen="of another time").status_code == 409
    mark = quizzes.question_mark(quiz_of(place).by_id["q-copy"])
    for _ in range(2):
        assert change("remove", "q-copy", seen=mark).status_code == 303
    assert len(quiz_of(place).questions) == len(EVERY_TYPE)
    assert change("explode", "q-single").status_code == 404


def test_two_authors_at_two_questions_do_not_meet_and_at_one_the_second_hears_of_it(carl: Client) -> None:
    place = draft_with_quiz(quiz(SINGLE, MULTIPLE))
    rita = sign_in(Client(), RITA)
    first, second = (url("quiz-question", place, one) for one in ("q-single", "q-multiple"))
    rows = {"rows": "4", "option-1-text": "Yes", "option-2-text": "No", "correct": "1"}
    hers, his = written(rita, first, text="Hers", **rows), written(carl, first, text="His", **rows)
    other = written(carl, second, text="Another", **rows)
    assert rita.post(first, hers).status_code == 303
    assert carl.post(second, other).status_code == 303
    lost = carl.post(first, his)
    page = lost.content.decode()
    assert lost.status_code == 409
    assert "What was saved meanwhile" in page
    assert "Hers" in page
    assert "His" in page
    assert quiz_of(place).by_id["q-single"].text == "Hers"
    again = his | {"seen": hidden(page, "seen")}
    assert carl.post(first, again).status_code == 303
    assert quiz_of(place).by_id["q-single"].text == "His"


def test_settings_are_saved_in_her_time_zone_and_guarded_alike(carl: Client) -> None:
    place = draft_with_quiz(quiz(SINGLE))
    page = carl.get(url("quiz-settings", place)).content.decode()
    sent = SETTINGS | {"seen": hidden(page, "seen")}
    assert carl.post(url("quiz-settings", place), sent).status_code == 303
    saved = quiz_of(place)
    assert (saved.pass_mark, saved.attempt_limit, saved.time_limit_minutes, saved.cooldown_minutes) == (70, 3, 20, 0)
    assert (saved.feedback, saved.partial_credit, saved.questions) == (Feedback.NEVER, False, (SINGLE,))
    assert saved.closes_at == "2027-01-31T23:00:00.000Z", "six in the evening where she is"
    stale = carl.post(url("quiz-settings", place), sent | {"pass_mark": "60"})
    assert stale.status_code == 409
    assert "What was saved meanwhile" in stale.content.decode()
    assert carl.post(url("quiz-settings", place), SETTINGS | {"pass_mark": "101"}).status_code == 400
    for never in ("0001-01-01T00:00", "9999-12-31T23:59"):
        assert carl.post(url("quiz-settings", place), SETTINGS | {"closes_at": never}).status_code == 400


@pytest.mark.parametrize(("person", "status"), [(VERA, 404), (CORA, 404), (CARL, 200), (RITA, 200), (ANA, 200)])
def test_drafts_are_for_those_who_may_edit_them(person, status) -> None:
    place = draft_with_quiz(quiz(SINGLE))
    client = sign_in(Client(), person)
    for name in ("manage-quiz", "quiz-settings", "quiz-preview", "quiz-analysis"):
        assert client.get(url(name, place)).status_code == status
    assert client.get(url("quiz-question", place, "q-single")).status_code == status
    assert client.get(url("quiz-question-new", place) + "?type=single").status_code == status


@pytest.mark.parametrize(
    ("person", "edit", "manage"), [(VERA, 403, 403), (CORA, 403, 403), (CARL, 200, 403), (RITA, 200, 200)]
)
def test_of_what_is_published_managers_alone_see_who_tried_it(person, edit, manage) -> None:
    place = draft_with_quiz(quiz(SINGLE, ORDERING))
    publishing.publish(course_id=place[0], by=RITA)
    take(*place, VERA)
    client = sign_in(Client(), person)
    for name, status in (
        ("quiz-analysis", edit),
        ("quiz-preview", edit),
        ("quiz-attempts", manage),
        ("quiz-regrade", manage),
    ):
        assert client.get(url(name, place)).status_code == status, name
    assert client.get(url("quiz-void", place, VERA.user_id, 1)).status_code == manage


def test_a_page_of_a_lesson_that_is_no_quiz_is_not_there(carl: Client) -> None:
    from lms.tests.factories import add_text

    course_id, _ = draft_with_quiz()
    text = add_text(course_id)
    assert carl.get(url("manage-quiz", (course_id, text.lesson_id))).status_code == 404
