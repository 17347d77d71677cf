from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import time_zones
from accounts.enums import ListView, Theme

THEMES = ((Theme.SYSTEM.value, _("As my device")), (Theme.LIGHT.value, _("Light")), (Theme.DARK.value, _("Dark")))
LIST_VIEWS = ((ListView.ROWS.value, _("Rows")), (ListView.CARDS.value, _("Cards")))


class ThemeForm(forms.Form):
    theme = forms.TypedChoiceField(choices=THEMES, coerce=Theme)


class PreferencesForm(ThemeForm):
    theme = forms.TypedChoiceField(label=_("Theme"), choices=THEMES, coerce=Theme, widget=forms.RadioSelect)
    list_view = forms.TypedChoiceField(
        label=_("Show lists as"), choices=LIST_VIEWS, coerce=ListView, widget=forms.RadioSelect
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)
    product_ids = forms.MultipleChoiceField(
        label=_("My products"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Your home page shows what is new for them."),
    )

    def __init__(self, *args: Any, products: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        """`products` are (id, name); without any the field is left out."""
        super().__init__(*args, **kwargs)
        zones = [(name, name.replace("_", " ")) for name in time_zones.names()]
        self.fields["time_zone"].choices = [("", _("As the organisation")), *zones]  # type: ignore[attr-defined]
        choices = list(products)
        if choices:
            self.fields["product_ids"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["product_ids"]
