from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.saving import EditingForm
from notifications.delivery.channels.rules import TOPICS
from notifications.delivery.channels.services import MAX_NAME

AUDIENCES = (
    (Role.VIEWER.value, _("Everybody: tells what every Viewer may see")),
    (Role.APPROVER.value, _("Approvers alone: tells of drafts in review, too")),
)


class ChannelForm(EditingForm):
    name = forms.CharField(
        label=_("Name"),
        max_length=MAX_NAME,
        help_text=_("As people know it, for example #enablement."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    address = forms.CharField(
        label=_("Address of the incoming webhook"),
        max_length=1000,
        help_text=_("It begins with https://hooks.slack.com/. Kept encrypted and never shown again."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    topics = forms.MultipleChoiceField(
        label=_("What is told there"),
        choices=[(name, topic.label) for name, topic in TOPICS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    audience = forms.TypedChoiceField(
        label=_("Who reads there"),
        choices=AUDIENCES,
        coerce=Role,
        initial=Role.VIEWER.value,
        widget=forms.RadioSelect,
    )
    seen_rev = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_address: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].required = not has_address

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "address", "topics", "audience")}
