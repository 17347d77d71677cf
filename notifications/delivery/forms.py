from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from notifications.delivery.enums import Rhythm
from notifications.delivery.kinds import MailKind

RHYTHMS = {
    Rhythm.NOW: _("At once"),
    Rhythm.DAILY: _("Daily digest"),
    Rhythm.WEEKLY: _("Weekly digest"),
    Rhythm.OFF: _("No mail"),
}


class RhythmsForm(forms.Form):
    """A field for each kind, of which those that are not sent stay; what is mandatory has no choice of none."""

    def __init__(self, *args: Any, kinds: Sequence[MailKind], chosen: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in kinds:
            self.fields[kind.key] = forms.TypedChoiceField(
                label=str(kind.label),
                help_text=str(kind.about),
                choices=[(rhythm.value, words) for rhythm, words in RHYTHMS.items() if _is_open(rhythm, kind)],
                coerce=Rhythm,
                empty_value=None,
                required=False,
                initial=kind.rhythm(chosen.get(kind.key)).value,
            )

    def chosen(self) -> dict[str, Rhythm]:
        return {key: rhythm for key, rhythm in self.cleaned_data.items() if rhythm}


def _is_open(rhythm: Rhythm, kind: MailKind) -> bool:
    return not (kind.mandatory and rhythm is Rhythm.OFF)
