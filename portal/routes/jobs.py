"""What keeps going by itself, for Admins: jobs, and events that somebody could not be told."""

from __future__ import annotations

from datetime import datetime

from ninja import Router, Status
from pydantic import Field

from accounts.http import Request
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core import clock
from core.api.schemas import Cursor, Listing, Output
from core.jobs.running import Standing
from core.outbox.models import OutboxEvent
from portal.operations import services, trail  # noqa: F401  (it registers its words)

router = Router(tags=["Admin: jobs"], auth=Bearer(Area.ADMIN))


class JobOut(Output):
    name: str = Field(examples=["content.expire"])
    running: bool
    due_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    seconds: float | None
    result: str | None
    error: str | None = Field(description="Of the last run: what kind of error ended it.")
    runs: int
    failures: int

    @classmethod
    def of(cls, one: Standing) -> JobOut:
        plain = {name: getattr(one.state, name) for name in cls.model_fields if name not in ("name", "running")}
        return cls(name=one.job.name, running=one.is_running(clock.now()), **plain)


class JobList(Output):
    items: list[JobOut]


class GivenUpEvent(Output):
    event_id: str
    name: str = Field(examples=["content.approved"])
    object_id: str
    at: datetime
    tries: int
    error: str | None
    waiting: list[str] = Field(description="Who has not heard it.")

    @classmethod
    def of(cls, row: OutboxEvent) -> GivenUpEvent:
        told = {name: str(row.event.get(name) or "") for name in ("name", "object_id")}
        return cls(
            event_id=row.event_id, at=row.at, tries=int(row.tries), error=row.error, waiting=list(row.waiting), **told
        )


class GivenUpEvents(Listing[GivenUpEvent]):
    """The last one first."""


@router.get("/jobs", response=JobList, operation_id="listJobs", summary="What is done by itself, and how it last went")
def jobs(request: Request) -> JobList:
    return JobList(items=[JobOut.of(one) for one in services.standings(by=request.user)])


@router.post("/jobs/{name}/run", response={202: None}, operation_id="runJob", summary="Have it done within the minute")
def job_run(request: Request, name: str) -> Status[None]:
    services.run(name=name, by=request.user)
    return Status(202, None)


@router.get(
    "/events/given-up",
    response=GivenUpEvents,
    operation_id="listGivenUpEvents",
    summary="What somebody could not be told",
)
def events_given_up(request: Request, cursor: Cursor = "") -> GivenUpEvents:
    found = services.given_up(cursor=cursor or None, by=request.user)
    return GivenUpEvents(items=[GivenUpEvent.of(row) for row in found.items], next_cursor=found.next_cursor)


@router.post(
    "/events/{event_id}/replay",
    response={202: None},
    operation_id="replayEvent",
    summary="Tell it again to those who have not heard it",
)
def event_replay(request: Request, event_id: str) -> Status[None]:
    services.replay(event_id=event_id, by=request.user)
    return Status(202, None)
