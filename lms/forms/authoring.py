"""Forms in which courses are written."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from content.forms import Choices, OptionField, OptionsField, option_choices
from lms.enums import DIFFICULTY_LABELS
from lms.rules.lessons import MOST_DESCRIPTION, MOST_TITLE
from lms.services import courses
from lms.services.sections import MOST_TITLE as MOST_SECTION_TITLE
from metadata.enums import Group
from metadata.store import resolve

_OPTIONS = (
    ("product_suite", Group.PRODUCT_SUITE, _("Choose a suite")),
    ("product", Group.PRODUCT, _("Any product")),
    ("product_concept", Group.PRODUCT_CONCEPT, _("Any moment")),
    ("badge", Group.BADGE, _("No badge")),
)
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


class ChosenField(forms.MultipleChoiceField):
    """Things by their ids. What can be chosen is what the page offers: those there are, and those that were found."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.CheckboxSelectMultiple, **kwargs)


class CourseForm(forms.Form):
    """All that stands on a course's own page. A new course needs a title alone."""

    stale = False

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
    product_suite = OptionField(label=_("Suite"), required=False)
    product = OptionField(label=_("Product"), required=False)
    product_concept = OptionField(label=_("Moment"), required=False)
    tags = OptionsField(label=_("Tags"), required=False, widget=forms.CheckboxSelectMultiple)
    badge = OptionField(label=_("Badge"), required=False)
    difficulty_level = forms.ChoiceField(label=_("Difficulty"), choices=[*DIFFICULTY_LABELS.items()])
    duration_override = forms.IntegerField(
        label=_("Duration in minutes"),
        required=False,
        min_value=1,
        max_value=courses.MOST_MINUTES,
        help_text=_("Leave it empty to have it computed from the lessons."),
    )
    prerequisite_ids = ChosenField(label=_("Courses to take before"))
    related_item_ids = ChosenField(label=_("Items of the library that go with it"))
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
    seen_rev = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: dict[str, Choices] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, *_rest in _OPTIONS:
            self.initial[name] = resolve(self.initial.get(name) or "")
        self.initial["tags"] = list(dict.fromkeys(map(resolve, self.initial.get("tags") or ())))
        kept = {str(self.initial[name]) for name, *_rest in _OPTIONS} | set(self.initial["tags"])
        for name, group, empty in _OPTIONS:
            self.fields[name].choices = option_choices(group, kept, str(empty))  # type: ignore[attr-defined]
        self.fields["tags"].choices = option_choices(Group.TOPIC_TAG, kept)  # type: ignore[attr-defined]
        for name, choices in (offered or {}).items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def compared_with(self, rev: int) -> None:
        """What was saved meanwhile stands beside the form now: to save it again is a decision."""
        data = cast(QueryDict, self.data).copy()
        data["seen_rev"] = str(rev)
        self.data = data

    def to_fields(self) -> courses.Fields:
        data = self.cleaned_data
        values: dict[str, Any] = {name: data[name] for name in _PLAIN}
        values |= {name: data[name] or None for name, *_rest in _OPTIONS}
        values |= {name: tuple(data[name]) for name in ("tags", "prerequisite_ids", "related_item_ids")}
        values["outcomes"] = tuple(line.strip() for line in data["outcomes"].splitlines() if line.strip())
        return courses.Fields(**values)


class NewCourseForm(forms.Form):
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
    product_suite = OptionField(label=_("Suite"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product_suite"].choices = option_choices(  # type: ignore[attr-defined]
            Group.PRODUCT_SUITE, None, str(_("Choose a suite"))
        )

    def to_fields(self) -> courses.Fields:
        data = self.cleaned_data
        return courses.Fields(
            title=data["title"], description=data["description"], product_suite=data["product_suite"] or None
        )


class SectionForm(forms.Form):
    title = forms.CharField(label=_("Name of the section"), max_length=MOST_SECTION_TITLE)
