"""What the browser says about a file before, while and after it is sent."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid


class UploadForm(forms.Form):
    def checked(self) -> UploadForm:
        """Raises Invalid: no person fills these in, so there is nothing to show them beside."""
        if not self.is_valid():
            raise Invalid(self.first_error)
        return self

    @property
    def first_error(self) -> str:
        return str(next(iter(self.errors.values()))[0])


class StartForm(UploadForm):
    name = forms.CharField(
        strip=False, max_length=1000, error_messages={"required": _("This file has no name. Rename it, then add it.")}
    )
    size = forms.IntegerField(min_value=0, max_value=2**53)


class TicketForm(UploadForm):
    token = forms.CharField(
        max_length=4000, error_messages={"required": _("This upload cannot be completed. Add the file again.")}
    )


class FinishForm(TicketForm):
    s3_version = forms.CharField(required=False, max_length=1100)


class PartsForm(TicketForm):
    numbers = forms.RegexField(r"^\d{1,5}(,\d{1,5}){0,99}$")

    @property
    def wanted(self) -> list[int]:
        return [int(number) for number in self.cleaned_data["numbers"].split(",")]


class ReturnForm(TicketForm):
    key = forms.CharField(
        strip=False, max_length=1100, error_messages={"required": _("No file has arrived. Choose one, then send it.")}
    )


class DownloadForm(UploadForm):
    version = forms.IntegerField(required=False, min_value=1)
    inline = forms.BooleanField(required=False)
