"""Forms of the management pages: input to domain values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from metadata import store
from metadata.enums import Group, Hue
from metadata.models import Option
from metadata.rules.names import MAX_LABEL
from metadata.rules.tree import PARENT_GROUP
from metadata.services.options import Fields

HUES = [
    (Hue.SKY.value, _("Sky")),
    (Hue.TEAL.value, _("Teal")),
    (Hue.LIME.value, _("Lime")),
    (Hue.GOLD.value, _("Gold")),
    (Hue.CORAL.value, _("Coral")),
    (Hue.ROSE.value, _("Rose")),
    (Hue.VIOLET.value, _("Violet")),
    (Hue.SLATE.value, _("Slate")),
]
LARGEST_FILE = 256 * 1024
_INDENT = "\u2003"


class OptionForm(forms.Form):
    stale = False

    label = forms.CharField(label=_("Name"), max_length=MAX_LABEL * 2)
    parent_id = forms.ChoiceField(label=_("Under"), required=False)
    color = forms.ChoiceField(
        label=_("Colour"), required=False, choices=[("", _("None")), *HUES], widget=forms.RadioSelect
    )
    seen_rev = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, group: Group, option: Option | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = PARENT_GROUP.get(group)
        if above is None:
            del self.fields["parent_id"]
            return
        if above is not group:
            self.fields["parent_id"].label = _("Suite")
        kept = store.parent_of(option) if option else None
        choices = indented(above, without=option if above is group else None, keep=kept)
        self.fields["parent_id"].choices = [("", gettext("Nothing: it stands on its own")), *choices]  # type: ignore[attr-defined]

    def compared_with(self, rev: int) -> None:
        """What was saved meanwhile stands beside the form now: to save it again is a decision."""
        self.data = {**self.data.dict(), "seen_rev": str(rev)}  # type: ignore[attr-defined]

    def to_fields(self) -> Fields:
        data = self.cleaned_data
        return Fields(data["label"], data.get("parent_id") or None, data["color"] or None)


class TargetForm(forms.Form):
    into = forms.ChoiceField(label=_("Into"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, source: Option, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = indented(Group(source.group_key), without=source)  # type: ignore[attr-defined]


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV or JSON, as “Export” writes them; up to 256 KB. You see what would change before anything does."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.json,text/csv,application/json"}),
    )

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(
                gettext("This file is larger than 256 KB. Use `manage.py import_metadata` for large ones.")
            )
        return file

    @property
    def is_json(self) -> bool:
        return str(self.cleaned_data["file"].name or "").lower().endswith(".json")


class ApplyForm(forms.Form):
    """Carries the file from the preview to the deed, where it is planned again."""

    text = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=LARGEST_FILE)
    is_json = forms.BooleanField(required=False, widget=forms.HiddenInput)


def indented(group: Group, without: Option | None = None, keep: str | None = None) -> list[tuple[str, str]]:
    """Options that can be chosen, in their hierarchy; `without` leaves out that one and what hangs under it."""
    choices: list[tuple[str, str]] = []
    hidden_below: int | None = None
    for place in store.tree_of(group):
        option = place.option
        if hidden_below is not None and place.depth > hidden_below:
            continue
        hidden_below = place.depth if without and option.option_id == without.option_id else None
        if hidden_below is None and (not option.archived_at or option.option_id == keep):
            choices.append((option.option_id, _INDENT * place.depth + option.label))
    return choices
