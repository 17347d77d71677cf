"""Forms in which courses are written."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from content.forms import PlacedForm
from core.picker import PickingForm, PickSeveralField
from lms.enums import DIFFICULTY_LABELS
from lms.rules.lessons import MOST_DESCRIPTION, MOST_TITLE
from lms.services import courses
from lms.services.sections import MOST_TITLE as MOST_SECTION_TITLE
from metadata.enums import Group
from metadata.picking import OptionField

_PLAIN = (
    "title",
    "description",
    "difficulty_level",
    "duration_override",
    "self_marking",
    "certificate",
    "validity_months",
    "renewal_window_days",
)


class CourseForm(PlacedForm):
    """All that stands on a course's own page. A new course needs a title alone."""

    field_order = ("title", "description", "outcomes")

    title = forms.CharField(label=_("Title"), max_length=MOST_TITLE)
    description = forms.CharField(
        label=_("What it is about"),
        required=False,
        max_length=MOST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two or three sentences: whom it is for, and when it helps them."),
    )
    outcomes = forms.CharField(
        label=_("What people will learn"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One outcome per line, for example “Open a renewal 120 days before it is due”."),
    )
    badge = OptionField(Group.BADGE, label=_("Badge"), required=False, empty=_("No badge"))
    difficulty_level = forms.ChoiceField(label=_("Difficulty"), choices=[*DIFFICULTY_LABELS.items()])
    duration_override = forms.IntegerField(
        label=_("Duration in minutes"),
        required=False,
        min_value=1,
        max_value=courses.MOST_MINUTES,
        help_text=_("Leave it empty to have it computed from the lessons."),
    )
    prerequisite_ids = PickSeveralField(
        label=_("Courses to take before"), required=False, hint=_("Title or address of a course")
    )
    related_item_ids = PickSeveralField(
        label=_("Items of the library that go with it"), required=False, hint=_("Title or address of an item")
    )
    self_marking = forms.BooleanField(
        label=_("Learners may mark lessons as done themselves"),
        required=False,
        help_text=_("Also for a video that cannot be followed, for example without JavaScript. Never for a quiz."),
    )
    certificate = forms.BooleanField(label=_("Whoever completes it gets a certificate"), required=False)
    validity_months = forms.IntegerField(
        label=_("Valid for, in months"),
        required=False,
        min_value=1,
        max_value=courses.MOST_MONTHS,
        help_text=_("Leave it empty if a completion never runs out."),
    )
    renewal_window_days = forms.IntegerField(
        label=_("Can be renewed, days before it runs out"), min_value=1, max_value=courses.MOST_WINDOW
    )

    def to_fields(self) -> courses.Fields:
        data = self.cleaned_data
        values: dict[str, Any] = {name: data[name] for name in _PLAIN}
        values |= {**self.place, "badge": data["badge"] or None}
        values |= {name: tuple(data[name]) for name in ("tags", "prerequisite_ids", "related_item_ids")}
        values["outcomes"] = tuple(line.strip() for line in data["outcomes"].splitlines() if line.strip())
        return courses.Fields(**values)


class NewCourseForm(PickingForm):
    """The rest is asked for on the next page, beside the lessons."""

    title = forms.CharField(
        label=_("Title"),
        max_length=MOST_TITLE,
        help_text=_("What people will be able to do, or the moment it helps in."),
    )
    description = forms.CharField(
        label=_("What it is about"),
        required=False,
        max_length=MOST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    product_suite = OptionField(Group.PRODUCT_SUITE, label=_("Suite"), required=False, empty=_("Choose a suite"))

    def to_fields(self) -> courses.Fields:
        data = self.cleaned_data
        return courses.Fields(
            title=data["title"], description=data["description"], product_suite=data["product_suite"] or None
        )


class SectionForm(forms.Form):
    title = forms.CharField(label=_("Name of the section"), max_length=MOST_SECTION_TITLE)
