from __future__ import annotations

from accounts.permissions import Permission, require
from accounts.person import Person
from accounts.store import audit_entry, save_audit
from core import clock
from core.jobs import running
from core.jobs import store as jobs
from core.jobs.running import Standing
from core.outbox import store as outbox
from core.outbox.models import OutboxEvent
from core.paging import Page


def standings(*, by: Person) -> list[Standing]:
    require(by, Permission.JOBS_MANAGE)
    return running.standings()


def is_paused(*, by: Person) -> bool:
    require(by, Permission.JOBS_MANAGE)
    return jobs.is_paused()


def given_up(*, cursor: str | None, by: Person) -> Page[OutboxEvent]:
    """Events that somebody could not be told, the last one first."""
    require(by, Permission.JOBS_MANAGE)
    return outbox.dead(cursor=cursor)


def run(*, name: str, by: Person) -> None:
    """A worker does it within the minute. Raises NotFound."""
    require(by, Permission.JOBS_MANAGE)
    running.standings([name])
    save_audit(audit_entry(by=by, action="job.asked_for", object_type="job", object_id=name))
    jobs.make_due(name, clock.now())


def replay(*, event_id: str, by: Person) -> None:
    """Tells it again to those who have not heard it. Raises NotFound; Stale when somebody else was first."""
    require(by, Permission.JOBS_MANAGE)
    row = outbox.dead_one(event_id)
    save_audit(audit_entry(by=by, action="event.replayed", object_type="event", object_id=event_id))
    outbox.revive(row)
