"""What every dashboard has around its numbers: its theme, its days and its product, all of them in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from analytics.forms import CHOICES, Period, RangeForm
from analytics.pages.words import span_words
from analytics.products import ProductSource
from core import clock

THEMES: tuple[tuple[str, str | Promise], ...] = (
    ("overview", _("Overview")),
    ("content", _("Content")),
    ("learning", _("Learning")),
    ("search", _("Search")),
    ("people", _("People")),
)
_ASKED = ("days", "first", "last", "product")


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Frame:
    """`period` is none while what was asked for cannot be shown; the form says why. `query` leads to the same range.

    `instead` is what was probably meant by days that are no range.
    """

    here: str
    form: RangeForm
    tabs: Sequence[Link]
    choices: Sequence[Link]
    query: str
    period: Period | None
    words: str = ""
    product: str = ""
    instead: Link | None = None

    @property
    def refused(self) -> bool:
        return bool(self.form.errors)

    @property
    def by_hand(self) -> bool:
        """Its days were chosen one by one, or are being chosen."""
        return self.refused or (self.period is not None and self.period.days is None)


def today() -> date:
    return clock.now().date()


def frame_of(query: QueryDict, here: str, theme: str = "", *, with_product: bool = True) -> Frame:
    """`theme` is the tab; pages of one thing have none, and no product to choose."""
    asked = query.copy()
    if not with_product:
        asked.pop("product", None)
    form = RangeForm(asked, today=today(), products=ProductSource())
    period = form.period if form.is_valid() else None
    kept = _kept(asked)
    return Frame(
        here=here,
        form=form,
        tabs=[Link(str(label), _tab_url(name) + kept, name == theme) for name, label in THEMES] if theme else [],
        choices=[_choice(asked, here, days, period) for days in CHOICES],
        query=kept,
        period=period,
        words=span_words(period.span, today()) if period else "",
        instead=_instead(asked, here, form),
        product=form["product"].chosen[0].label if period and form.cleaned_data["product"] else "",  # type: ignore[attr-defined]
    )


def _instead(query: QueryDict, here: str, form: RangeForm) -> Link | None:
    if not form.meant:
        return None
    other = query.copy()
    other["first"], other["last"] = form.meant.first.isoformat(), form.meant.last.isoformat()
    return Link(span_words(form.meant, today()), here + _kept(other))


def product_of(frame: Frame) -> str:
    return str(frame.form.cleaned_data["product"])


def link_to(theme: str, frame: Frame) -> str:
    return _tab_url(theme) + frame.query


def export_url(name: str, frame: Frame) -> str:
    return reverse("analytics:export", args=[name]) + frame.query


def as_of_words(as_of: datetime | None) -> str:
    return "" if as_of else gettext("Nothing has been counted yet. The first numbers come within ten minutes.")


def _tab_url(theme: str) -> str:
    return reverse(f"analytics:{theme}")


def _kept(query: QueryDict) -> str:
    """What is asked for, in an address: without what is empty, and without whatever else stood there."""
    kept = QueryDict(mutable=True)
    for name in _ASKED:
        if value := query.get(name, ""):
            kept[name] = value
    return f"?{kept.urlencode()}" if kept else ""


def _choice(query: QueryDict, here: str, days: int, period: Period | None) -> Link:
    other = query.copy()
    other["days"] = str(days)
    other["first"] = other["last"] = ""
    label = ngettext("%d day", "%d days", days) % days
    return Link(label, here + _kept(other), period is not None and period.days == days)
