"""Forms in which paths are written."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from content.forms import Choices, OptionField, OptionsField, option_choices
from lms.forms.authoring import ChosenField
from lms.rules.lessons import MOST_DESCRIPTION, MOST_TITLE
from lms.rules.paths import MOST_OPTIONS
from lms.services import paths
from metadata.enums import Group
from metadata.store import resolve

_OPTIONS = (
    ("product_suite", Group.PRODUCT_SUITE, _("Choose a suite")),
    ("product", Group.PRODUCT, _("Any product")),
    ("product_concept", Group.PRODUCT_CONCEPT, _("Any moment")),
)


class PathForm(forms.Form):
    stale = False

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
    product_suite = OptionField(label=_("Suite"), required=False)
    product = OptionField(label=_("Product"), required=False)
    product_concept = OptionField(label=_("Moment"), required=False)
    tags = OptionsField(label=_("Tags"), required=False, widget=forms.CheckboxSelectMultiple)
    seen_rev = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, *_rest in _OPTIONS:
            self.initial[name] = resolve(self.initial.get(name) or "")
        self.initial["tags"] = list(dict.fromkeys(map(resolve, self.initial.get("tags") or ())))
        kept = {str(self.initial[name]) for name, *_rest in _OPTIONS} | set(self.initial["tags"])
        for name, group, empty in _OPTIONS:
            self.fields[name].choices = option_choices(group, kept, str(empty))  # type: ignore[attr-defined]
        self.fields["tags"].choices = option_choices(Group.TOPIC_TAG, kept)  # type: ignore[attr-defined]

    def compared_with(self, rev: int) -> None:
        """What was saved meanwhile stands beside the form now: to save it again is a decision."""
        data = cast(QueryDict, self.data).copy()
        data["seen_rev"] = str(rev)
        self.data = data

    def to_fields(self) -> paths.Fields:
        data = self.cleaned_data
        single = {name: data[name] or None for name, *_rest in _OPTIONS}
        return paths.Fields(
            title=data["title"],
            description=data["description"],
            sequential=data["sequential"],
            tags=tuple(data["tags"]),
            **single,
        )


class StepForm(forms.Form):
    """One course or item makes a step of its own; several make a choice, with a title and how many are to be done."""

    courses = ChosenField(label=_("Courses"))
    items = ChosenField(label=_("Items of the library, to be read"))
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

    def __init__(self, *args: Any, offered: dict[str, Choices] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (offered or {}).items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
