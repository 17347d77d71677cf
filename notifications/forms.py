from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from metadata.store import options_of
from notifications import rules
from notifications.enums import Kind
from notifications.following_page import WORDS
from notifications.kinds import KINDS
from notifications.services.following import GROUPS

_OPTIONAL = {kind: told for kind, told in KINDS.items() if kind not in rules.MANDATORY}


class MutedForm(forms.Form):
    """What comes into the inbox; what must come is not among the choices."""

    shown = forms.MultipleChoiceField(
        label=_("What comes into your inbox"),
        choices=[(kind.value, told.label) for kind, told in _OPTIONAL.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    @staticmethod
    def shown_without(muted: Collection[str]) -> list[str]:
        return [kind.value for kind in _OPTIONAL if kind.value not in muted]

    @property
    def muted(self) -> list[Kind]:
        return [kind for kind in _OPTIONAL if kind.value not in self.cleaned_data["shown"]]


class FollowForm(forms.Form):
    """The options of the portal, by their groups: what has no page of its own to be followed from."""

    target = forms.ChoiceField(label=_("Follow a product or a topic"), widget=forms.Select(attrs={"class": "input"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["target"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [
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
