"""Forms of the management pages: input to domain values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.picker import PickField, PickingForm
from core.saving import EditingForm
from metadata import store
from metadata.enums import Group, Hue
from metadata.models import Option
from metadata.picking import OptionSource
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


class OptionForm(PickingForm, EditingForm):
    label = forms.CharField(label=_("Name"), max_length=MAX_LABEL * 2)
    parent_id = PickField(label=_("Under"), required=False, empty=_("Nothing: it stands on its own"))
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
        own = option.option_id if option and above is group else ""
        self.fields["parent_id"].source = OptionSource(above, own, below=True)  # type: ignore[attr-defined]

    def to_fields(self) -> Fields:
        data = self.cleaned_data
        return Fields(data["label"], data.get("parent_id") or None, data["color"] or None)


class TargetForm(PickingForm):
    into = PickField(label=_("Into"), empty=_("Choose what stays"))

    def __init__(self, *args: Any, source: Option, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source = source
        offered = OptionSource(Group(source.group_key), source.option_id, below=True, known=True)
        self.fields["into"].source = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What is not offered because it hangs under the source is told why."""
        asked = store.by_id().get(self.data.get("into", ""))
        above = [option.option_id for option in store.ancestors_of(asked)[1:]]
        if asked and "into" in self.errors and self.source.option_id in above:
            del self.errors["into"]
            self.add_error("into", gettext("“%s” hangs under it. Move it elsewhere first.") % asked.label)
        return self.cleaned_data


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
