"""Small pieces that every template uses; loaded everywhere (see TEMPLATES in the settings)."""

from __future__ import annotations

import functools
import zlib
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext
from lucide.templatetags.lucide import lucide

from core import clock, markup

register = template.Library()

_HUES = ("sky", "teal", "lime", "gold", "coral", "rose", "violet", "slate")
_UNITS = ("bytes", "KB", "MB", "GB", "TB")


@register.simple_tag
def icon(name: str, size: int = 16) -> SafeString:
    return _icon(str(name), size)


@functools.cache
def _icon(name: str, size: int) -> SafeString:
    attributes: dict[str, Any] = {"class": "icon icon-20" if size == 20 else "icon", "aria-hidden": "true"}
    return format_html("{}", lucide(name, size=size, **attributes))


@register.simple_tag
def status_badge(status: str) -> SafeString:
    return remembered("_components/status_badge.html", value=str(status))


@register.simple_tag
def freshness_badge(freshness: str) -> SafeString:
    return remembered("_components/freshness_badge.html", value=str(freshness))


@register.simple_tag
def remembered(template: str, **shown: Any) -> SafeString:
    """An include that is rendered once per process and language for the same values, and sees nothing else.

    The values are hashable and say all that it shows: no time that passes, no person's time zone, no token of a form.
    """
    render = _rendered.__wrapped__ if settings.DEBUG else _rendered
    return render(template, get_language(), tuple(shown.items()))


@functools.lru_cache(maxsize=2000)
def _rendered(template: str, _language: str | None, shown: tuple[tuple[str, Any], ...]) -> SafeString:
    """Lists show the same few rows, badges and choices to everybody: most of the work of a page is in them."""
    return render_to_string(template, dict(shown))


@register.simple_tag
def moment(value: datetime | str | None) -> SafeString | str:
    """How far away a moment is, in words; the exact time, in the person's zone, on hover and for machines."""
    if not value:
        return ""
    exact = datetime.fromisoformat(value) if isinstance(value, str) else value
    local = timezone.localtime(exact)
    title = f"{date_format(local, 'DATETIME_FORMAT')} {local.tzname()}"
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', exact.isoformat(), title, distance(exact, clock.now())
    )


def distance(moment: datetime, now: datetime) -> str:
    seconds = (moment - now).total_seconds()
    ahead = seconds > 0
    minutes = round(abs(seconds) / 60)
    if minutes < 1:
        return gettext("in a moment") if ahead else gettext("just now")
    if minutes < 60:
        return _counted(minutes, ahead, ngettext("%d minute", "%d minutes", minutes))
    hours = round(minutes / 60)
    days = abs((_day(moment) - _day(now)).days)
    if days == 0 or hours < 6:
        return _counted(hours, ahead, ngettext("%d hour", "%d hours", hours))
    if days == 1:
        return gettext("tomorrow") if ahead else gettext("yesterday")
    return _far(days, ahead)


def _far(days: int, ahead: bool) -> str:
    if days < 21:
        return _counted(days, ahead, ngettext("%d day", "%d days", days))
    if days < 60:
        return _counted(days // 7, ahead, ngettext("%d week", "%d weeks", days // 7))
    if days < 700:
        return _counted(round(days / 30.4), ahead, ngettext("%d month", "%d months", round(days / 30.4)))
    return _counted(round(days / 365), ahead, ngettext("%d year", "%d years", round(days / 365)))


def _counted(count: int, ahead: bool, unit: str) -> str:
    return (gettext("in %s") if ahead else gettext("%s ago")) % (unit % count)


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


@register.filter
def markdown(text: str) -> SafeString:
    return markup.render(text)


@register.filter
def linked(text: str) -> SafeString:
    return markup.linked(text)


@register.filter
def filesize(size: int | None) -> str:
    if size is None:
        return ""
    amount, unit = float(size), 0
    while amount >= 1024 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1024, unit + 1
    decimals = 1 if unit > 1 and amount < 10 and amount != int(amount) else 0
    return f"{number_format(round(amount, decimals), decimals)}\u00a0{_UNITS[unit]}"


@register.filter
def initials(name: str) -> str:
    words = str(name).split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper() or "?"


@register.filter
def hue(name: str) -> str:
    """A quiet colour of its own for anything with a name, the same one every time."""
    return _HUES[zlib.crc32(str(name).encode()) % len(_HUES)]


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: Any) -> str:
    """The address of this list with some parameters changed (None removes), from its first page."""
    query = context["request"].GET.copy()
    query.pop("cursor", None)
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        elif name != "cursor" or value:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def query_without(context: Context, name: str, value: Any = None) -> str:
    """The address of this list without a filter, or without one of the filter's values."""
    query = context["request"].GET.copy()
    query.pop("cursor", None)
    kept = [] if value is None else [one for one in query.getlist(name) if one != str(value)]
    query.setlist(name, kept) if kept else query.pop(name, None)
    return f"?{query.urlencode()}"
