"""What a player sends while a video plays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext

from content.file_forms import UploadForm
from lms.rules import coverage
from lms.services.watching import Said

T = TypeVar("T")


class ReportForm(UploadForm):
    token = forms.CharField(max_length=2000)
    seq = forms.IntegerField(min_value=0, max_value=1_000_000)
    pos = forms.JSONField()
    ranges = forms.JSONField(max_length=20_000)

    def clean_pos(self) -> int:
        return self._read(coverage.read_second, "pos")

    def clean_ranges(self) -> coverage.Ranges:
        return self._read(coverage.read_ranges, "ranges")

    def _read(self, read: Callable[[Any], T], name: str) -> T:
        try:
            return read(self.cleaned_data[name])
        except ValueError as error:
            raise forms.ValidationError(gettext("No player says this.")) from error

    @property
    def said(self) -> Said:
        data = self.cleaned_data
        return Said(data["seq"], data["pos"], data["ranges"])
