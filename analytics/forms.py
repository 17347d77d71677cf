"""What somebody asks a dashboard for: days, and a product or a suite. It stands in the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from analytics.rules.months import Span, earliest
from core.picker import PickField, PickingForm, Source

USUAL = 28
CHOICES = (7, USUAL, 90)
MOST_DAYS = 400


@dataclass(frozen=True)
class Period:
    """`days` is one of the choices, or none for days that were chosen one by one."""

    span: Span
    days: int | None = None

    @property
    def before(self) -> Span:
        """As many days, and they end where these begin."""
        return Span.of_days(self.span.first - timedelta(days=1), self.length)

    @property
    def length(self) -> int:
        return (self.span.last - self.span.first).days + 1


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(required=False, input_formats=["%Y-%m-%d"], widget=widget, **kwargs)
        self.error_messages["invalid"] = _("Write the day as year-month-day, for example 2026-03-31.")


class RangeForm(PickingForm):
    """Two days where both are given, else so many up to today."""

    days = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        choices=[(str(one), str(one)) for one in CHOICES],
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("Choose 7, 28 or 90 days, or a first and a last day.")},
    )
    first = DayField(label=_("From"))
    last = DayField(label=_("To"))
    product = PickField(
        label=_("Product or suite"),
        required=False,
        empty=_("All products"),
        hint=_("All products"),
        error_messages={"invalid_choice": _("There is no such product or suite. Choose one from the list.")},
    )

    def __init__(self, query: QueryDict, *, today: date, products: Source) -> None:
        super().__init__(query, sources={"product": products})
        self.today = today
        self.meant: Span | None = None
        """Where the first day is after the last: the days between them."""
        for name in ("first", "last"):
            self.fields[name].widget.attrs |= {"min": earliest(today).isoformat(), "max": today.isoformat()}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors.keys() & {"first", "last"}:
            return data
        first, last = data.get("first"), data.get("last")
        if bool(first) != bool(last):
            self.add_error("last" if first else "first", gettext("Give both days: the first and the last."))
        elif first and last:
            self._check(first, last)
        return data

    def _check(self, first: date, last: date) -> None:
        begin = earliest(self.today)
        if first > last:
            self.meant = Span(last, first)
            self.add_error("first", gettext("The first day is after the last. Swap them, or choose others."))
        elif first < begin:
            told = gettext("Numbers are kept for 25 months: choose a day from %s on.")
            self.add_error("first", told % begin.isoformat())
        elif last > self.today:
            self.add_error("last", gettext("This day has not come yet. Choose today, or a day before."))
        elif (last - first).days >= MOST_DAYS:
            self.add_error("last", gettext("Choose at most %d days at once.") % MOST_DAYS)

    @property
    def both_days(self) -> tuple[forms.BoundField, forms.BoundField]:
        return self["first"], self["last"]

    @property
    def period(self) -> Period:
        """Of a form that is valid."""
        data = self.cleaned_data
        if data["first"]:
            return Period(Span(data["first"], data["last"]))
        days = data["days"] or USUAL
        return Period(Span.of_days(self.today, days), days)
