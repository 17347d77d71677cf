"""A transcript as its author mends it: some lines at a time, each with its times and its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lms.models import Transcript
from lms.rules import captions
from lms.rules.captions import MOST_TEXT, Segment

LINES_A_PAGE = 100
_MORE = 2
"""Empty rows at the end of each page, for lines that are missing."""


class TimeField(forms.CharField):
    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        at = captions.read_time(text)
        if at is None:
            raise forms.ValidationError(_("Write the time as 1:05 or 1:05.250."))
        return at


@dataclass(frozen=True)
class Row:
    number: int
    start: BoundField
    end: BoundField
    text: BoundField
    second: int | None

    @property
    def has_errors(self) -> bool:
        return bool(self.start.errors or self.end.errors or self.text.errors)


class TranscriptForm(forms.Form):
    """The lines of one page. A line without text is left out; one that begins earlier goes up when it is saved."""

    stale = False

    seen_rev = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, *, stored: Transcript, page: int = 1) -> None:
        self.stored = captions.from_data(stored.segments)
        self.pages = max(1, -(-len(self.stored) // LINES_A_PAGE))
        self.page = min(max(page, 1), self.pages)
        self.first = (self.page - 1) * LINES_A_PAGE
        self.shown = self.stored[self.first : self.first + LINES_A_PAGE]
        super().__init__(data, initial={"seen_rev": int(stored.rev)})
        for place in range(len(self.shown) + _MORE):
            self._add_row(place, self.shown[place] if place < len(self.shown) else None)

    def _add_row(self, place: int, segment: Segment | None) -> None:
        number = self.first + place + 1
        for name, label in (("start", gettext("Line %d begins")), ("end", gettext("Line %d ends"))):
            at = captions.write_time(getattr(segment, name)) if segment else ""
            widget = forms.TextInput(
                attrs={"aria-label": label % number, "inputmode": "decimal", "class": "input time"}
            )
            self.fields[f"{name}-{place}"] = TimeField(required=False, initial=at, widget=widget, max_length=20)
        rows = forms.Textarea(attrs={"aria-label": gettext("Text of line %d") % number, "rows": 1, "class": "input"})
        text = segment.text if segment else ""
        self.fields[f"text-{place}"] = forms.CharField(required=False, initial=text, widget=rows, max_length=MOST_TEXT)

    @property
    def page_numbers(self) -> range:
        return range(1, self.pages + 1)

    @property
    def rows(self) -> Iterator[Row]:
        for place in range(len(self.shown) + _MORE):
            start, end, text = (self[f"{name}-{place}"] for name in ("start", "end", "text"))
            second = self.shown[place].start // 1000 if place < len(self.shown) else None
            yield Row(self.first + place + 1, start, end, text, second)

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        for place in range(len(self.shown) + _MORE):
            start, end = cleaned.get(f"start-{place}"), cleaned.get(f"end-{place}")
            if not cleaned.get(f"text-{place}") or self.errors.keys() & {f"start-{place}", f"end-{place}"}:
                continue
            if start is None or end is None or end <= start:
                self.add_error(f"end-{place}", _("A line ends after it begins."))
        return cleaned

    @property
    def segments(self) -> list[Segment]:
        """All of the transcript, with the lines of this page as they were written."""
        written = [
            Segment(self.cleaned_data[f"start-{place}"], self.cleaned_data[f"end-{place}"], text)
            for place in range(len(self.shown) + _MORE)
            if (text := "\n".join(self.cleaned_data[f"text-{place}"].split("\r\n")).strip())
        ]
        return [*self.stored[: self.first], *written, *self.stored[self.first + len(self.shown) :]]
