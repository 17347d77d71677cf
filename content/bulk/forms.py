"""The moves of items in bulk: what each of them asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.person import Person
from bulk.forms import MOST_REASON, ActionForm
from bulk.kinds import Wanted
from content.enums import Move
from content.picking import ItemSource
from core.picker import PickField


class SubmitForm(ActionForm):
    move = Move.SUBMIT.value


class WithdrawForm(ActionForm):
    move = Move.WITHDRAW.value


class RestoreForm(ActionForm):
    move = Move.RESTORE.value
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where one of them is your own."),
    )

    def wanted(self) -> Wanted:
        return {**super().wanted(), "reason": self.cleaned_data["reason"]}


class DeprecateForm(ActionForm):
    move = Move.DEPRECATE.value
    reason = forms.CharField(
        label=_("Reason"),
        max_length=MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Readers see it where they find one of them by its link."),
    )
    replacement_id = PickField(
        label=_("Replaced by"),
        required=False,
        empty=_("Nothing replaces them"),
        hint=_("Title or address of an approved item"),
        help_text=_("The item to use instead. Readers are sent there."),
        error_messages={"invalid_choice": _("Choose an approved item that readers can be sent to.")},
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        self.fields["replacement_id"].source = ItemSource(person, live=True)  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        told = {name: self.cleaned_data[name] for name in ("reason", "replacement_id")}
        return {**super().wanted(), **told}
