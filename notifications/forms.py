from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from metadata.store import options_of
from notifications import rules
from notifications.delivery.enums import Rhythm
from notifications.delivery.kinds import MailKind
from notifications.following_page import WORDS
from notifications.services.following import GROUPS

NOT_AT_ALL = "nothing"
_WAYS = {
    Rhythm.NOW.value: _("Mail at once"),
    Rhythm.DAILY.value: _("In the daily digest"),
    Rhythm.WEEKLY.value: _("In the weekly digest"),
    Rhythm.OFF.value: _("Only in the inbox"),
    NOT_AT_ALL: _("Not at all"),
}
_FOR_MANDATORY = (Rhythm.NOW.value, Rhythm.DAILY.value, Rhythm.WEEKLY.value)


class PreferencesForm(forms.Form):
    """A field for each kind, of which those that are not sent stay. What is mandatory reaches her in the inbox and by mail."""

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[MailKind],
        chosen: Mapping[str, str],
        muted: Collection[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._muted = set(muted)
        for kind in kinds:
            is_muted = kind.key in self._muted and not kind.mandatory
            self.fields[kind.key] = forms.ChoiceField(
                label=str(kind.label),
                help_text=str(kind.about),
                choices=[(way, words) for way, words in _WAYS.items() if not kind.mandatory or way in _FOR_MANDATORY],
                required=False,
                initial=NOT_AT_ALL if is_muted else kind.rhythm(chosen.get(kind.key)).value,
                widget=forms.Select(attrs={"class": "input"}),
            )

    def rhythms(self) -> dict[str, Rhythm]:
        """What is not even in her inbox is not mailed either."""
        return {key: Rhythm.OFF if way == NOT_AT_ALL else Rhythm(way) for key, way in self._sent().items()}

    def muted(self) -> set[str]:
        sent = self._sent()
        return (self._muted - sent.keys()) | {key for key, way in sent.items() if way == NOT_AT_ALL}

    def _sent(self) -> dict[str, str]:
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
