"""What bulk work asks for, whatever the things are. `wanted` gives it as steps understand it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission, can
from accounts.person import Person
from accounts.picking import PeopleSource
from bulk import owners
from bulk.cells import NONE
from bulk.kinds import Wanted
from core.errors import Invalid, Refused
from core.picker import PickField, PickingForm
from metadata.enums import Group
from metadata.picking import OptionField, OptionsField

MOST_BYTES = 2 * 1024 * 1024
MOST_REASON = 1000


class ActionForm(PickingForm):
    """Asks for what all the chosen things are to get; this one for nothing but to go on."""

    move = ""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def wanted(self) -> Wanted:
        """Of a form that is valid. Raises Invalid."""
        return {"move": self.move} if self.move else {}


class TagsForm(ActionForm):
    add_tags = OptionsField(Group.TOPIC_TAG, label=_("Add"), required=False, hint=_("Choose tags"))
    remove_tags = OptionsField(Group.TOPIC_TAG, known=True, label=_("Take away"), required=False, hint=_("Choose tags"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        add, remove = (cleaned.get(name) or [] for name in ("add_tags", "remove_tags"))
        if not add and not remove and not self.errors:
            self.add_error(None, _("Choose a tag to add, or one to take away."))
        if set(add).intersection(remove):
            self.add_error("remove_tags", _("The same tag cannot be added and taken away."))
        return cleaned

    def wanted(self) -> Wanted:
        return {name: self.cleaned_data[name] for name in ("add_tags", "remove_tags") if self.cleaned_data[name]}


class PlaceForm(ActionForm):
    """Where people look for them. What is left empty stays as it is."""

    product_suite = OptionField(Group.PRODUCT_SUITE, label=_("Suite"), required=False, empty=_("As it is"))
    product = OptionField(Group.PRODUCT, label=_("Product"), required=False, empty=_("As it is"))
    product_concept = OptionField(Group.PRODUCT_CONCEPT, label=_("Moment"), required=False, empty=_("As it is"))
    take_away = forms.MultipleChoiceField(
        label=_("Take away"),
        required=False,
        choices=[("product", _("The product")), ("product_concept", _("The moment"))],
        widget=forms.CheckboxSelectMultiple,
    )
    names = ("product_suite", "product", "product_concept")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        gone = cleaned.get("take_away") or []
        if not gone and not any(cleaned.get(name) for name in self.names) and not self.errors:
            self.add_error(None, _("Choose what is to be changed."))
        for name in gone:
            if cleaned.get(name):
                self.add_error(name, _("Choose another one, or take it away; not both."))
        return cleaned

    def wanted(self) -> Wanted:
        chosen = {name: self.cleaned_data[name] for name in self.names if self.cleaned_data[name]}
        return chosen | dict.fromkeys(self.cleaned_data["take_away"], NONE)


class OwnerForm(ActionForm):
    """Who may see people's addresses looks for somebody; others know the address of whom they mean."""

    to_user = PickField(
        label=_("New owner"),
        hint=_("Beginning of a name or an e-mail address"),
        help_text=_("A Contributor, an Approver or an Admin. Whoever wrote a version stays its author."),
    )
    email = forms.CharField(
        label=_("New owner"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("The e-mail address of a Contributor, an Approver or an Admin."),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        self._field = "to_user" if can(person, Permission.PEOPLE_MANAGE) else "email"
        if self._field == "to_user":
            self.fields["to_user"].source = PeopleSource(person)  # type: ignore[attr-defined]
            del self.fields["email"]
        else:
            del self.fields["to_user"]

    def wanted(self) -> Wanted:
        text = self.cleaned_data[self._field]
        try:
            found = owners.by_id(text) if self._field == "to_user" else owners.by_email(text)
        except Refused as refused:
            raise Invalid(fields={self._field: refused.message}) from refused
        return {"owner": found.user_id}


class FileForm(forms.Form):
    file = forms.FileField(label=_("File"), widget=forms.FileInput(attrs={"accept": ".csv,.txt"}))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(gettext("This file is larger than 2 MB. Split it."))
        return file
