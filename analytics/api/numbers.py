"""The numbers of the dashboards, under the same definitions."""

from __future__ import annotations

from enum import StrEnum

from django.http import StreamingHttpResponse
from ninja import Query, Router
from pydantic import Field

from accounts.http import Request
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from analytics.api.schemas import (
    Daily,
    ItemNumbers,
    NumbersQuery,
    Overview,
    Ranked,
    SearchedTerm,
    StaleItem,
    TakenThing,
    TeamBehind,
)
from analytics.enums import Count, Members
from analytics.services.numbers import Asked, Numbers
from analytics.services.statements import exported
from analytics.services.things import ThingNumbers, item_numbers
from core import clock
from core.api.schemas import Output

router = Router(tags=["Analytics"], auth=Bearer(Area.ANALYTICS))
items = Router(tags=["Library"], auth=Bearer(Area.CONTENT))

DailyName = StrEnum("DailyName", [str(name) for name in (*Count, Members.PEOPLE, Members.VIEWERS)])  # type: ignore[misc]


class Usage(Output):
    """How often an item was used, by whom not."""

    views: Daily
    downloads: Daily
    found: Daily
    viewers: int = Field(description="People who viewed or downloaded it; each once in the range.")


@router.get("", response=Overview, operation_id="getAnalytics", summary="Every number of a range, with its definition")
def overview(request: Request, wanted: Query[NumbersQuery]) -> Overview:
    return Overview.of(wanted.numbers(request.user))


@router.get("/daily/{name}", response=Daily, operation_id="getDailyNumber", summary="A number, day by day")
def daily(request: Request, name: DailyName, wanted: Query[NumbersQuery]) -> Daily:
    numbers = wanted.numbers(request.user)
    if name.value == Members.PEOPLE:
        return Daily.of(numbers.active_daily(), numbers.as_of)
    if name.value == Members.VIEWERS:
        return Daily.of(numbers.viewers_daily(), numbers.as_of)
    return Daily.of(numbers.daily(Count(name)), numbers.as_of)


@router.get("/content", response=list[ItemNumbers], operation_id="listMostUsed", summary="Items, most used first")
def content(request: Request, wanted: Query[Ranked]) -> list[ItemNumbers]:
    return [ItemNumbers.model_validate(one) for one in wanted.numbers(request.user).top_content(wanted.limit)]


@router.get(
    "/content/never-used", response=list[ItemNumbers], operation_id="listNeverUsed", summary="Live items nobody used"
)
def never_used(request: Request, wanted: Query[Ranked]) -> list[ItemNumbers]:
    return [ItemNumbers.model_validate(one) for one in wanted.numbers(request.user).never_used(wanted.limit)]


@router.get(
    "/content/stale", response=list[StaleItem], operation_id="listStale", summary="Unreviewed or unused, as of today"
)
def stale(request: Request, wanted: Query[Ranked]) -> list[StaleItem]:
    return [StaleItem.model_validate(one) for one in wanted.numbers(request.user).stale(wanted.limit)]


@router.get(
    "/learning", response=list[TakenThing], operation_id="listTaken", summary="Courses and paths with their funnels"
)
def learning(request: Request, wanted: Query[Ranked]) -> list[TakenThing]:
    return [TakenThing.model_validate(one) for one in wanted.numbers(request.user).taken(wanted.limit)]


@router.get("/searches", response=list[SearchedTerm], operation_id="listSearched", summary="What was searched")
def searches(request: Request, wanted: Query[Ranked], in_vain: bool = False) -> list[SearchedTerm]:
    """Words are kept for 90 days. With `in_vain` those alone that found nothing, most often first."""
    numbers = wanted.numbers(request.user)
    found = numbers.searched_in_vain(wanted.limit) if in_vain else numbers.searched(wanted.limit)
    return [SearchedTerm.model_validate(one) for one in found]


@router.get(
    "/teams", response=list[TeamBehind], operation_id="listTeamsBehind", summary="Overdue by team, as of this moment"
)
def teams(request: Request) -> list[TeamBehind]:
    numbers = Numbers(request.user, Asked.last_days(1))
    return [TeamBehind.model_validate(one) for one in numbers.overdue_by_team()]


_LINES = {
    "responses": {
        200: {
            "description": "A statement to a line.",
            "content": {"application/x-ndjson": {"schema": {"type": "string"}}},
        }
    }
}


@router.get(
    "/xapi",
    auth=Bearer(Area.ANALYTICS, fresh=True),
    operation_id="exportXapi",
    summary="What people did, as statements of xAPI 1.0.3",
    openapi_extra=_LINES,
)
def xapi(request: Request, wanted: Query[NumbersQuery]) -> StreamingHttpResponse:
    """That it was exported is audited."""
    lines = exported(span=wanted.span(), by=request.user, now=clock.now())
    return StreamingHttpResponse(lines, content_type="application/x-ndjson")


@items.get(
    "/{content_id}/usage",
    response=Usage,
    operation_id="getContentUsage",
    summary="The numbers of an item, for whoever looks after it",
)
def usage(request: Request, content_id: str, wanted: Query[NumbersQuery]) -> Usage:
    span = wanted.span()
    found: ThingNumbers = item_numbers(request.user, content_id, span)
    series = {count.value: found.daily(count, span) for count in (Count.VIEWS, Count.DOWNLOADS, Count.FOUND)}
    return Usage(
        **{name: Daily.of(one, found.as_of) for name, one in series.items()},
        viewers=found.people(Members.VIEWERS, span),
    )
