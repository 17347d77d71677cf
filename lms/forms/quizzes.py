"""Forms of a quiz's settings and of what managers do with it: input to values. They know nothing of storage."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from lms.enums import Feedback, ScorePolicy
from lms.rules import dues
from lms.rules.quizzes import Quiz, attempts, text_formats
from lms.rules.quizzes.quiz import (
    MOST_ATTEMPTS,
    MOST_COOLDOWN,
    MOST_MINUTES,
    MOST_QUESTIONS,
)
from lms.services.quizzes import settings_of

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

    def clean_closes_at(self) -> datetime | None:
        closes: datetime | None = self.cleaned_data["closes_at"]
        if closes and (problem := dues.problem_with_day(closes.date())):
            raise forms.ValidationError(problem)
        return closes

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
