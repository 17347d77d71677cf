"""Rows of the lists that stand on dashboards, each with how long its bar is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from accounts.enums import Role
from accounts.permissions import ROLES
from analytics.charts.funnels import Step, funnel, whole
from analytics.charts.scales import widths
from analytics.enums import Kind
from analytics.rules.funnels import Funnel
from analytics.services.numbers import Behind, Stale, Taken, Term, Used
from analytics.words import DEFINITIONS

_LEAST = 1.5
"""Percent of a bar's room, so that a single view beside thousands is still seen."""


@dataclass(frozen=True)
class UsedRow:
    url: str
    title: str
    status: str
    views: int
    viewers: int
    downloads: int
    width: str
    live_since: datetime | None
    review_at: datetime | None


@dataclass(frozen=True)
class StaleRow:
    row: UsedRow
    review_overdue: bool
    unused: bool


@dataclass(frozen=True)
class TakenRow:
    url: str
    title: str
    kind: str
    started: int
    completed: int
    steps: Sequence[Step]
    percent: int


@dataclass(frozen=True)
class TermRow:
    """`count` is what its list is sorted by."""

    words: str
    url: str
    count: int
    searches: int
    in_vain: int
    clicks: int
    width: str


@dataclass(frozen=True)
class TeamRow:
    url: str
    title: str
    people: int
    behind: int
    overdue: int
    oldest_at: datetime | None
    width: str
    percent: int


@dataclass(frozen=True)
class RoleRow:
    label: str
    people: int
    width: str


def used_rows(found: Sequence[Used]) -> list[UsedRow]:
    return [_used(one, width) for one, width in zip(found, widths([one.uses for one in found], _LEAST), strict=True)]


def stale_rows(found: Sequence[Stale]) -> list[StaleRow]:
    return [StaleRow(_used(one.item, "0%"), one.review_overdue, one.unused) for one in found]


def taken_rows(found: Sequence[Taken], query: str) -> list[TakenRow]:
    return [_taken(one, query) for one in found]


def term_rows(found: Sequence[Term], *, in_vain: bool = False) -> list[TermRow]:
    counts = [one.in_vain if in_vain else one.searches for one in found]
    here = reverse("search:results")
    return [
        TermRow(one.words, f"{here}?{_query(one.words)}", count, one.searches, one.in_vain, one.clicks, width)
        for one, count, width in zip(found, counts, widths(counts, _LEAST), strict=True)
    ]


def team_rows(found: Sequence[Behind]) -> list[TeamRow]:
    """Each bar is of the team's own people, so that small teams can be compared with large ones."""
    return [
        TeamRow(
            url=reverse("accounts:team", args=[one.team_id]) if one.title else "",
            title=one.title or gettext("In no team"),
            people=one.people,
            behind=one.behind,
            overdue=one.overdue,
            oldest_at=one.oldest_at,
            width=f"{whole(min(one.behind, one.people), one.people)}%",
            percent=whole(one.behind, one.people),
        )
        for one in found
    ]


def role_rows(found: Mapping[str, int]) -> list[RoleRow]:
    """Those with the most rights first; what is no role any more, last."""
    names = [role.value for role in reversed(Role)]
    ordered = sorted(found, key=lambda role: names.index(role) if role in names else len(names))
    labels = {role.value: info.title for role, info in ROLES.items()}
    bars = widths([found[role] for role in ordered], _LEAST)
    return [
        RoleRow(labels.get(role, gettext("Role unknown")), found[role], width)
        for role, width in zip(ordered, bars, strict=True)
    ]


def steps_of(one: Funnel) -> list[Step]:
    names = ("assigned", "begun", "met")
    return funnel([(str(DEFINITIONS[name].title), getattr(one, name)) for name in names])


def _used(one: Used, width: str) -> UsedRow:
    return UsedRow(
        url=reverse("analytics:item", args=[one.content_id]),
        title=one.title,
        status=one.status,
        views=one.views,
        viewers=one.viewers,
        downloads=one.downloads,
        width=width,
        live_since=one.live_since,
        review_at=one.review_at,
    )


def _taken(one: Taken, query: str) -> TakenRow:
    is_course = one.kind is Kind.COURSE
    return TakenRow(
        url=reverse(f"analytics:{'course' if is_course else 'path'}", args=[one.subject]) + query,
        title=one.title or gettext("A course that is gone"),
        kind=gettext("Course") if is_course else gettext("Path"),
        started=one.started,
        completed=one.completed,
        steps=steps_of(one.funnel),
        percent=whole(one.funnel.met, one.funnel.assigned),
    )


def _query(words: str) -> str:
    return urlencode({"q": words})
