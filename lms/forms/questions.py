"""The form of one question, of whichever type. It knows nothing of storage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.ids import new_id
from lms.enums import QuestionType
from lms.rules.quizzes import Option, Question
from lms.rules.quizzes import text as numbers
from lms.rules.quizzes.quiz import (
    FALSE,
    MOST_OPTION_TEXT,
    MOST_OPTIONS,
    MOST_POINTS,
    MOST_QUESTION_TEXT,
    TRUE,
    true_false,
)

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
