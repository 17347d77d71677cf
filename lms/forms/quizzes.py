"""Forms of the quiz editor: input to questions and settings. They know nothing of storage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from itertools import count
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import new_id
from lms.enums import Feedback, QuestionType, ScorePolicy
from lms.rules.quizzes import Option, Question, Quiz, attempts, text_formats
from lms.rules.quizzes import text as numbers
from lms.rules.quizzes.quiz import (
    FALSE,
    MOST_ATTEMPTS,
    MOST_COOLDOWN,
    MOST_MINUTES,
    MOST_OPTION_TEXT,
    MOST_OPTIONS,
    MOST_POINTS,
    MOST_QUESTION_TEXT,
    MOST_QUESTIONS,
    TRUE,
    true_false,
)
from lms.services.quizzes import settings_of

TYPE_LABELS = {
    QuestionType.SINGLE: _("Single choice"),
    QuestionType.MULTIPLE: _("Multiple choice"),
    QuestionType.TRUE_FALSE: _("True or false"),
    QuestionType.SHORT_TEXT: _("Short text"),
    QuestionType.NUMERIC: _("Number"),
    QuestionType.MATCHING: _("Matching"),
    QuestionType.ORDERING: _("Ordering"),
}
_SPARE_ROWS, _FIRST_ROWS = 1, 4
_WITH_ROWS = {QuestionType.SINGLE, QuestionType.MULTIPLE, QuestionType.MATCHING, QuestionType.ORDERING}
_FEEDBACK = [
    (Feedback.AFTER_ATTEMPT.value, _("After each attempt")),
    (Feedback.AFTER_PASS_OR_LAST.value, _("Once passed, or after the last attempt")),
    (Feedback.NEVER.value, _("Never: the score only")),
]
_POLICIES = [
    (ScorePolicy.BEST.value, _("The best attempt")),
    (ScorePolicy.LAST.value, _("The last attempt")),
    (ScorePolicy.FIRST.value, _("The first attempt")),
    (ScorePolicy.AVERAGE.value, _("The average of all attempts")),
]


class SettingsForm(forms.Form):
    stale = False

    pass_mark = forms.IntegerField(label=_("Pass mark in percent"), min_value=1, max_value=100)
    attempt_limit = forms.IntegerField(
        label=_("Attempts"), required=False, min_value=0, max_value=MOST_ATTEMPTS, help_text=_("0 for no limit.")
    )
    cooldown_minutes = forms.IntegerField(
        label=_("Minutes between attempts"), required=False, min_value=0, max_value=MOST_COOLDOWN
    )
    time_limit_minutes = forms.IntegerField(
        label=_("Time limit in minutes"),
        required=False,
        min_value=0,
        max_value=MOST_MINUTES,
        help_text=_("0 for none. Answers saved when the time ends are graded."),
    )
    closes_at = forms.DateTimeField(
        label=_("Closes"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("In your time zone. After that nobody can start, and open attempts end."),
    )
    draw = forms.IntegerField(
        label=_("Questions in an attempt"),
        required=False,
        min_value=0,
        max_value=MOST_QUESTIONS,
        help_text=_("0 asks all of them; fewer are drawn at random for each attempt."),
    )
    score_policy = forms.ChoiceField(label=_("What counts of several attempts"), choices=_POLICIES)
    feedback = forms.ChoiceField(label=_("Right answers are shown"), choices=_FEEDBACK)
    shuffle_questions = forms.BooleanField(label=_("Ask in a different order each time"), required=False)
    shuffle_options = forms.BooleanField(label=_("Show options in a different order each time"), required=False)
    partial_credit = forms.BooleanField(
        label=_("Give points for answers that are partly right"),
        required=False,
        help_text=_("In multiple choice, a wrong choice takes away what a right one gave; never below 0."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def compared_with(self, seen: str) -> None:
        """What was saved meanwhile stands beside the form now: to save it again is a decision."""
        self.data = {**self.data.dict(), "seen": seen}  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, quiz: Quiz) -> dict[str, Any]:
        return settings_of(quiz) | {"closes_at": attempts.closes_at(quiz)}

    def to_settings(self) -> dict[str, Any]:
        data = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        numbers = {
            name: value or 0 for name, value in data.items() if isinstance(self.fields[name], forms.IntegerField)
        }
        closes = data["closes_at"]
        plain = {
            "closes_at": clock.iso(closes.astimezone(UTC)) if closes else "",
            "feedback": Feedback(data["feedback"]),
            "score_policy": ScorePolicy(data["score_policy"]),
        }
        return data | numbers | plain


@dataclass(frozen=True)
class Row:
    """An option as it is edited; `place` orders rows, an empty one is left out."""

    number: int
    option_id: str = ""
    text: str = ""
    match: str = ""
    correct: bool = False
    place: str = ""

    @property
    def filled(self) -> bool:
        return bool(self.text or self.match)


class QuestionForm(forms.Form):
    """`rows` are the options, in as many rows as there are, and one or more spare ones."""

    stale = False

    text = forms.CharField(
        label=_("Question"),
        max_length=MOST_QUESTION_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Markdown is understood: **bold**, lists, ![a picture](address)."),
    )
    truth = forms.ChoiceField(
        label=_("The statement is"), choices=[(TRUE, _("True")), (FALSE, _("False"))], widget=forms.RadioSelect
    )
    accepted = forms.CharField(
        label=_("Accepted answers"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One in a line. Capital letters and spaces make no difference."),
    )
    number = forms.CharField(label=_("The right number"), max_length=numbers.MOST_DIGITS)
    tolerance = forms.CharField(
        label=_("May be off by"),
        required=False,
        max_length=numbers.MOST_DIGITS,
        help_text=_("0 for exactly this number."),
    )
    points = forms.IntegerField(label=_("Points"), min_value=1, max_value=MOST_POINTS)
    explanation = forms.CharField(
        label=_("Explanation"),
        required=False,
        max_length=MOST_QUESTION_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why this is right. Shown with the right answer, when the settings allow it."),
    )
    question_id = forms.CharField(max_length=100, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: QuestionType, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        own = {
            QuestionType.TRUE_FALSE: {"truth"},
            QuestionType.SHORT_TEXT: {"accepted"},
            QuestionType.NUMERIC: {"number", "tolerance"},
        }
        for name in {"truth", "accepted", "number", "tolerance"} - own.get(kind, set()):
            del self.fields[name]
        self.rows = self._rows() if kind in _WITH_ROWS else []

    @classmethod
    def initial_of(cls, question: Question) -> dict[str, Any]:
        return {
            "text": question.text,
            "points": question.points,
            "explanation": question.explanation,
            "question_id": question.question_id,
            "truth": TRUE if TRUE in question.correct_ids else FALSE,
            "accepted": "\n".join(question.accepted),
            "number": question.number,
            "tolerance": question.tolerance,
            "options": question.options,
        }

    def clean_number(self) -> str:
        return self._decimal("number")

    def clean_tolerance(self) -> str:
        return self._decimal("tolerance") if self.cleaned_data["tolerance"].strip() else "0"

    def compared_with(self, seen: str) -> None:
        """What was saved meanwhile stands beside the form now: to save it again is a decision."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen"] = seen  # type: ignore[index]

    def to_question(self) -> Question:
        data = self.cleaned_data
        return Question(
            question_id=data["question_id"],
            question_type=self.kind,
            text=data["text"].strip(),
            points=data["points"],
            explanation=data["explanation"].strip(),
            options=self._options(),
            accepted=tuple(line.strip() for line in data.get("accepted", "").splitlines() if line.strip()),
            number=data.get("number", ""),
            tolerance=data.get("tolerance", "0"),
        )

    def _options(self) -> tuple[Option, ...]:
        if self.kind is QuestionType.TRUE_FALSE:
            return true_false(self.cleaned_data["truth"] == TRUE)
        rows = [row for row in self.rows if row.filled]
        if self.kind is QuestionType.ORDERING:
            rows.sort(key=lambda row: (int(row.place) if row.place.isdecimal() else MOST_OPTIONS, row.number))
        own = self.cleaned_data["question_id"]
        return tuple(Option(row.option_id or f"{own}-{row.number}", row.text, row.correct, row.match) for row in rows)

    def _decimal(self, name: str) -> str:
        written = self.cleaned_data[name]
        exact = numbers.decimal(written)
        meant = [exact] if exact is not None else list(numbers.readings(written))
        if len(meant) != 1:
            raise forms.ValidationError(_("Write a number, with a point before the decimals."))
        return f"{meant[0]:f}"

    def _rows(self) -> list[Row]:
        if not self.is_bound:
            options: tuple[Option, ...] = self.initial.get("options", ())
            rows = [
                Row(number, one.option_id, one.text, one.match, one.correct, str(number))
                for number, one in enumerate(options, start=1)
            ]
            return self._with_spare(rows, max(_FIRST_ROWS, len(rows) + _SPARE_ROWS))
        data = self.data
        count = min(int(data["rows"]) if str(data.get("rows", "")).isdecimal() else _FIRST_ROWS, MOST_OPTIONS)
        rows = [_row_from(data, number) for number in range(1, count + 1)]
        return self._with_spare(rows, count + (3 if "more" in data else 0))

    def _with_spare(self, rows: list[Row], count: int) -> list[Row]:
        spare = range(len(rows) + 1, min(count, MOST_OPTIONS) + 1)
        # Each carries the id that its option will have, so that a form sent twice says the same twice.
        return [*rows, *(Row(number, new_id(), place=str(number)) for number in spare)]


def _row_from(data: QueryDict | Mapping[str, Any], number: int) -> Row:
    def written(name: str) -> str:
        return str(data.get(f"option-{number}-{name}", "")).strip()[:MOST_OPTION_TEXT]

    marked = data.getlist("correct") if isinstance(data, QueryDict) else data.get("correct", ())
    return Row(number, written("id"), written("text"), written("match"), str(number) in marked, written("place"))


class VoidForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands in the audit log; the learner does not see it."),
    )


class TextForm(forms.Form):
    """`batch` gives the questions their ids, so that a form sent twice adds them once."""

    text = forms.CharField(
        label=_("Questions"),
        max_length=text_formats.LARGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "class": "mono", "spellcheck": "false"}),
        help_text=_("GIFT or Aiken, as Moodle and most quiz tools write them. Which of the two it is can be seen."),
    )
    batch = forms.SlugField(max_length=40, widget=forms.HiddenInput)

    def to_questions(self) -> text_formats.Taken:
        following, batch = count(1), self.cleaned_data["batch"]
        return text_formats.read(self.cleaned_data["text"], lambda: f"{batch}-{next(following)}")
