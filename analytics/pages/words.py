"""Days, numbers and comparisons as sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, ngettext

from analytics.charts.funnels import whole
from analytics.forms import Period
from analytics.rules.months import Span


@dataclass(frozen=True)
class Change:
    """Against the period before; more is not better by itself, so that it has a direction and no colour."""

    icon: str
    words: str
    before: str


def counted(number: int) -> str:
    return number_format(number, force_grouping=True)


def compact(number: int) -> str:
    """For axes, whose marks are round: 1,500 as "1.5k"."""
    for size, sign in ((1_000_000_000, "bn"), (1_000_000, "m"), (1_000, "k")):
        if number >= size:
            return number_format(number / size, 1 if number % size else 0) + sign
    return str(number)


def share(part: int, of: int) -> str:
    """For example "12%"; nothing where there is nothing to have a part of."""
    return f"{whole(part, of)}%" if of else "–"


def share_note(words: str, part: int, of: int) -> str:
    """The same within `words`; empty where there is nothing to have a part of."""
    return words % share(part, of) if of else ""


def day_words(day: date) -> str:
    return date_format(day, "D j M")


def short_day(day: date) -> str:
    return date_format(day, "j M")


def span_words(span: Span, today: date) -> str:
    """The year stands there where it is not this one."""
    last = date_format(span.last, "j M" if span.first.year == span.last.year == today.year else "j M Y")
    if span.first == span.last:
        return last
    first = date_format(span.first, "j M" if span.first.year == span.last.year else "j M Y")
    return f"{first} – {last}"


def before_words(period: Period) -> str:
    """For example "the 28 days before"."""
    return ngettext("the day before", "the %d days before", period.length) % (
        (period.length,) if period.length > 1 else ()
    )


def change_of(now: int, before: int, period: Period) -> Change:
    then = before_words(period)
    told = gettext("%(count)s in %(then)s") % {"count": counted(before), "then": then}
    if now == before:
        return Change("minus", gettext("No change"), told)
    if not before:
        return Change("arrow-up-right", gettext("New"), told)
    if now > before:
        if now >= 10 * before:
            return Change("arrow-up-right", gettext("%s times as many") % counted(now // before), told)
        return Change("arrow-up-right", gettext("%s more") % _percent(now - before, before), told)
    return Change("arrow-down-right", gettext("%s less") % _percent(before - now, before), told)


def _percent(difference: int, of: int) -> str:
    return f"{max(round(100 * difference / of), 1)}%"
