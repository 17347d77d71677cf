"""The pages that look at one side of it: content, learning, search, people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from analytics.charts.funnels import Step
from analytics.enums import Count
from analytics.forms import Period
from analytics.pages.frame import Frame
from analytics.pages.graphs import Graph, compared, together
from analytics.pages.tables import (
    RoleRow,
    StaleRow,
    TakenRow,
    TeamRow,
    TermRow,
    UsedRow,
    role_rows,
    stale_rows,
    steps_of,
    taken_rows,
    team_rows,
    term_rows,
    used_rows,
)
from analytics.pages.tiles import Tile, moving
from analytics.pages.words import share_note
from analytics.services.numbers import Numbers

LISTED = 15


@dataclass(frozen=True)
class ContentPage:
    tiles: Sequence[Tile]
    graph: Graph
    top: Sequence[UsedRow]
    unused: Sequence[UsedRow]
    stale: Sequence[StaleRow]


@dataclass(frozen=True)
class LearningPage:
    tiles: Sequence[Tile]
    graph: Graph
    funnel: Sequence[Step]
    ended: int
    taken: Sequence[TakenRow]


@dataclass(frozen=True)
class SearchPage:
    tiles: Sequence[Tile]
    graph: Graph
    in_vain: Sequence[TermRow]
    searched: Sequence[TermRow]


@dataclass(frozen=True)
class PeoplePage:
    tiles: Sequence[Tile]
    graph: Graph
    roles: Sequence[RoleRow]
    teams: Sequence[TeamRow]


def content(now: Numbers, before: Numbers, period: Period, frame: Frame) -> ContentPage:
    totals, then = now.totals(), before.totals()
    reached = moving(now.viewers_daily(), period, now=totals["viewers"], before=then["viewers"])
    return ContentPage(
        tiles=[
            *_tiles(now, before, period, Count.VIEWS, Count.DOWNLOADS),
            reached,
            *_tiles(now, before, period, Count.APPROVALS, Count.VERIFICATIONS),
        ],
        graph=together("content", gettext("Use"), now.daily(Count.VIEWS), now.daily(Count.DOWNLOADS)),
        top=used_rows(now.top_content(LISTED)),
        unused=used_rows(now.never_used(LISTED)),
        stale=stale_rows(now.stale(LISTED)),
    )


def learning(now: Numbers, before: Numbers, period: Period, frame: Frame) -> LearningPage:
    totals, funnel = now.totals(), now.funnel()
    then = before.totals()
    passed = share_note(gettext("%s passed"), totals[Count.PASSES], totals[Count.QUIZZES])
    return LearningPage(
        tiles=[
            *_tiles(now, before, period, Count.STARTS, Count.COMPLETIONS, Count.LESSONS_DONE),
            moving(now.daily(Count.QUIZZES), period, before=then[Count.QUIZZES], note=passed),
            *_tiles(now, before, period, Count.CERTIFICATES),
        ],
        graph=together("learning", gettext("Courses and paths"), now.daily(Count.STARTS), now.daily(Count.COMPLETIONS)),
        funnel=steps_of(funnel) if funnel.assigned else (),
        ended=funnel.ended,
        taken=taken_rows(now.taken(LISTED), frame.query),
    )


def search(now: Numbers, before: Numbers, period: Period, frame: Frame) -> SearchPage:
    totals, then = now.totals(), before.totals()
    in_vain = share_note(gettext("%s of searches"), totals[Count.IN_VAIN], totals[Count.SEARCHES])
    return SearchPage(
        tiles=[
            *_tiles(now, before, period, Count.SEARCHES),
            moving(now.daily(Count.IN_VAIN), period, before=then[Count.IN_VAIN], note=in_vain),
            *_tiles(now, before, period, Count.CLICKS),
        ],
        graph=together("search", gettext("Searches"), now.daily(Count.SEARCHES), now.daily(Count.IN_VAIN)),
        in_vain=term_rows(now.searched_in_vain(LISTED), in_vain=True),
        searched=term_rows(now.searched(LISTED)),
    )


def people(now: Numbers, before: Numbers, period: Period, frame: Frame) -> PeoplePage:
    totals, then = now.totals(), before.totals()
    return PeoplePage(
        tiles=[
            moving(now.active_daily(), period, now=totals["people"], before=then["people"]),
            *_tiles(now, before, period, Count.SIGN_INS, Count.ASSIGNMENTS, Count.BECAME_OVERDUE),
        ],
        graph=compared(now.active_daily(), before.active_daily(), period, added=False),
        roles=role_rows(now.active_by_role()),
        teams=team_rows(now.overdue_by_team()),
    )


def _tiles(now: Numbers, before: Numbers, period: Period, *counts: Count) -> list[Tile]:
    then = before.totals()
    return [moving(now.daily(count), period, before=then[count]) for count in counts]
