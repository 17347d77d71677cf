"""When something assigned is due, in words: the day where the person lives, or the instant as it was meant."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext

from core import clock
from lms.models import Assignment


def due_words(one: Assignment) -> str:
    """Short, always with the zone: “Fri, Nov 27, end of day New York time”."""
    if not one.due_at:
        return ""
    when = gettext("%(day)s, end of day %(zone)s") if one.due_on else gettext("%(day)s %(zone)s")
    return when % {"day": _due_day(one.due_at, one), "zone": zone_words(_zone(one))}


def due_in_zone(one: Assignment, zone: str) -> str:
    """For a list that says once that days end in `zone`: only another zone is said again."""
    return _due_day(one.due_at, one) if one.due_at and _zone(one) == zone else due_words(one)


def due_in_full(one: Assignment) -> str:
    """For files, which are read long after and elsewhere: with the year, and the zone by its name in the database."""
    if not one.due_at:
        return ""
    local = _local(one.due_at, one)
    day = date.fromisoformat(one.due_on) if one.due_on else local.date()
    told = {"day": date_format(day, "DATE_FORMAT"), "time": time_format(local, "TIME_FORMAT"), "zone": _zone(one)}
    return (
        gettext("%(day)s, end of day (%(zone)s)") % told
        if one.due_on
        else gettext("%(day)s, %(time)s (%(zone)s)") % told
    )


def zone_words(zone: str) -> str:
    """As people say it: “New York time”."""
    area, _slash, place = zone.partition("/")
    if not place or area == "Etc":
        return zone
    return gettext("%(place)s time") % {"place": place.rpartition("/")[2].replace("_", " ")}


def _zone(one: Assignment) -> str:
    return one.due_zone or "UTC"


def _due_day(at: datetime, one: Assignment) -> str:
    if one.due_on:
        return _day_words(date.fromisoformat(one.due_on))
    local = _local(at, one)
    return gettext("%(day)s, %(time)s") % {"day": _day_words(local.date()), "time": time_format(local, "TIME_FORMAT")}


def _local(at: datetime, one: Assignment) -> datetime:
    return at.astimezone(ZoneInfo(_zone(one)))


def _day_words(day: date) -> str:
    """The year is said where it is another one than this."""
    this_year = timezone.localtime(clock.now()).year == day.year
    return date_format(day, "D, M j" if this_year else "D, M j, Y")
