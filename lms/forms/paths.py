"""Forms in which paths are written."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from content.forms import PlacedForm
from core.picker import PickingForm, PickSeveralField
from lms.rules.lessons import MOST_DESCRIPTION, MOST_TITLE
from lms.rules.paths import MOST_OPTIONS
from lms.services import paths


class PathForm(PlacedForm):
    field_order = ("title", "description", "sequential")

    title = forms.CharField(label=_("Title"), max_length=MOST_TITLE)
    description = forms.CharField(
        label=_("Where it leads"),
        required=False,
        max_length=MOST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whom it is for, and what they can do at its end."),
    )
    sequential = forms.BooleanField(
        label=_("Steps are taken in order"),
        required=False,
        help_text=_("Each step opens when the required ones before it are done."),
    )

    def to_fields(self) -> paths.Fields:
        data = self.cleaned_data
        return paths.Fields(
            title=data["title"],
            description=data["description"],
            sequential=data["sequential"],
            tags=tuple(data["tags"]),
            **self.place,
        )


class StepForm(PickingForm):
    """One course or item makes a step of its own; several make a choice, with a title and how many are to be done."""

    courses = PickSeveralField(label=_("Courses"), required=False, hint=_("Title or address of a course"))
    items = PickSeveralField(
        label=_("Items of the library, to be read"), required=False, hint=_("Title or address of an item")
    )
    title = forms.CharField(
        label=_("Title of the choice"),
        required=False,
        max_length=MOST_TITLE,
        help_text=_("Needed where there is more than one to choose from."),
    )
    need = forms.IntegerField(
        label=_("How many of them are to be done"), required=False, min_value=1, max_value=MOST_OPTIONS
    )
    required = forms.BooleanField(label=_("Required"), required=False, initial=True)
