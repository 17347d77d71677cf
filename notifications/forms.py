from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from metadata.store import options_of
from notifications import rules
from notifications.delivery.kinds import MailKind
from notifications.enums import Way
from notifications.following_page import WORDS
from notifications.services import choosing
from notifications.services.following import GROUPS

_WAYS = {
    Way.MAIL_NOW: _("Mail at once"),
    Way.DAILY: _("In the daily digest"),
    Way.WEEKLY: _("In the weekly digest"),
    Way.INBOX: _("Only in the inbox"),
    Way.NOTHING: _("Not at all"),
}


class PreferencesForm(forms.Form):
    """A field for each kind, of which those that are not sent stay."""

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[MailKind],
        notices: Mapping[str, str],
        muted: Collection[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for kind in kinds:
            self.fields[kind.key] = forms.TypedChoiceField(
                label=str(kind.label),
                help_text=str(kind.about),
                choices=[(way.value, words) for way, words in _WAYS.items() if choosing.is_open(way, kind)],
                coerce=Way,
                empty_value=None,
                required=False,
                initial=choosing.way_of(kind, notices, muted).value,
                widget=forms.Select(attrs={"class": "input"}),
            )

    @property
    def ways(self) -> dict[str, Way]:
        return {key: way for key, way in self.cleaned_data.items() if way}


class FollowForm(forms.Form):
    """The options of the portal, by their groups: what has no page of its own to be followed from."""

    target = forms.ChoiceField(label=_("Follow a product or a topic"), widget=forms.Select(attrs={"class": "input"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["target"]
        assert isinstance(chosen, forms.ChoiceField)
        groups = [
            (
                WORDS[kind][0],
                [
                    (rules.target_of(kind, option.option_id), option.label)
                    for option in options_of(group)
                    if not option.archived_at and not option.merged_into
                ],
            )
            for kind, group in GROUPS.items()
        ]
        chosen.choices = [("", _("Choose…")), *groups]
