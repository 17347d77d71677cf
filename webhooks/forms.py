from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.saving import EditingForm
from webhooks.rules.catalogue import PATTERNS
from webhooks.services.managing import MAX_NAME

SINCE = (
    (1, _("the last hour")),
    (24, _("the last day")),
    (7 * 24, _("the last 7 days")),
    (30 * 24, _("the last 30 days")),
)
"""Hours."""


class WebhookForm(EditingForm):
    name = forms.CharField(
        label=_("Name"),
        max_length=MAX_NAME,
        help_text=_("What hears of it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    url = forms.CharField(
        label=_("Address"),
        max_length=1000,
        help_text=_("It begins with https:// and is on the internet: nothing is sent into private networks."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    patterns = forms.MultipleChoiceField(
        label=_("Events"), choices=[(pattern, pattern) for pattern in sorted(PATTERNS)]
    )
    seen_rev = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "url", "patterns")}


class ReplayForm(forms.Form):
    hours = forms.TypedChoiceField(label=_("That failed within"), choices=SINCE, coerce=int, initial=24)


class RevForm(forms.Form):
    seen_rev = forms.IntegerField()
