"""The first page: how it goes as a whole, and where to look closer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from analytics.charts.funnels import Step
from analytics.enums import Count
from analytics.forms import Period
from analytics.pages.frame import Frame, link_to
from analytics.pages.graphs import Graph, compared
from analytics.pages.tables import TeamRow, TermRow, UsedRow, steps_of, team_rows, term_rows, used_rows
from analytics.pages.tiles import Tile, moving, standing
from analytics.pages.words import counted, share_note
from analytics.services.numbers import Numbers

SHORT = 5


@dataclass(frozen=True)
class Overview:
    tiles: Sequence[Tile]
    active: Graph
    top: Sequence[UsedRow]
    in_vain: Sequence[TermRow]
    teams: Sequence[TeamRow]
    funnel: Sequence[Step]
    ended: int
    links: dict[str, str]


def overview(now: Numbers, before: Numbers, period: Period, frame: Frame) -> Overview:
    funnel = now.funnel()
    teams = now.overdue_by_team()
    return Overview(
        tiles=_tiles(now, before, period, frame),
        active=compared(now.active_daily(), before.active_daily(), period, added=False),
        top=used_rows(now.top_content(SHORT)),
        in_vain=term_rows(now.searched_in_vain(SHORT), in_vain=True),
        teams=team_rows([team for team in teams if team.overdue][:SHORT]),
        funnel=steps_of(funnel) if funnel.assigned else (),
        ended=funnel.ended,
        links={theme: link_to(theme, frame) for theme in ("content", "learning", "search", "people")},
    )


def _tiles(now: Numbers, before: Numbers, period: Period, frame: Frame) -> list[Tile]:
    totals, then = now.totals(), before.totals()
    content, learning, search, people = (link_to(one, frame) for one in ("content", "learning", "search", "people"))

    def of(count: Count, url: str, note: str = "") -> Tile:
        return moving(now.daily(count), period, before=then[count], url=url, note=note)

    in_vain = share_note(gettext("%s of searches"), totals[Count.IN_VAIN], totals[Count.SEARCHES])
    stale, teams = now.stale(None), now.overdue_by_team()
    late, due = sum(team.overdue for team in teams), sum(one.review_overdue for one in stale)
    behind, everybody = sum(team.behind for team in teams), sum(team.people for team in teams)
    return [
        moving(now.active_daily(), period, now=totals["people"], before=then["people"], url=people),
        of(Count.VIEWS, content),
        of(Count.DOWNLOADS, content),
        of(Count.COMPLETIONS, learning),
        of(Count.SEARCHES, search),
        of(Count.IN_VAIN, search, in_vain),
        standing("overdue", late, part=behind, of=everybody, note=_behind_note(behind), url=people),
        standing("stale", len(stale), part=due, of=len(stale), note=_stale_note(due), url=f"{content}#stale"),
    ]


def _behind_note(people: int) -> str:
    return ngettext("Now, of %s person", "Now, of %s people", people) % counted(people)


def _stale_note(overdue: int) -> str:
    return gettext("Now, %s past their review") % counted(overdue)
