"""The clock's part: reminders, and who has become overdue. Both are events; telling people is for whoever listens.

Run as often as wished, from several places at once: each is said once, by a conditional write before it is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from accounts.person import SYSTEM
from accounts.store.teams import managers_of
from core.aws import user_pool
from core.errors import NotFound, Stale
from core.events import Event, telling
from lms.models import Assignment
from lms.rules import dues
from lms.rules.dues import Stage
from lms.store import assignments as store

_AHEAD, _BACK = 9, 60
"""Days before and after now whose dues are looked at: a week, and the few hours by which zones differ; after, longer
than the last reminder comes late, so that a sweep that did not run for weeks catches up."""


def remind(now: datetime) -> dict[str, int]:
    """Returns how often each was said."""
    said: Counter[str] = Counter()
    suspended: dict[str, bool] = {}
    for one in _open_around(now):
        if dues.is_overdue(one.status, one.due_at, now) and not one.overdue_told_at:
            said["overdue"] += _tell_overdue(one, now)
        stage = dues.stage_now(one.due_at, one.due_zone or "UTC", one.assigned_at, now)
        if stage and _is_new(one, stage) and not _is_suspended(one.user_id, suspended):
            said[stage] += _tell(one, stage)
    return dict(said)


def _open_around(now: datetime) -> Iterator[Assignment]:
    today = now.date()
    for days in range(-_BACK, _AHEAD + 1):
        yield from store.open_due_on(today + timedelta(days=days))


def _tell_overdue(one: Assignment, now: datetime) -> int:
    one.overdue_told_at = now
    return _once(one, "assignment.became_overdue", {})


def _tell(one: Assignment, stage: Stage) -> int:
    one.reminded = stage.value
    copied = {"copy_to": ",".join(_looked_after_by(one))} if stage is dues.COPIED_TO_MANAGER else {}
    return _once(one, "assignment.reminder_due", {"stage": stage.value, **copied})


def _looked_after_by(one: Assignment) -> list[str]:
    """Who manages her; where nobody does, who assigned it."""
    assigner = [one.assigned_by_user_id] if one.assigned_by_user_id not in (SYSTEM.user_id, one.user_id) else []
    return managers_of(one.user_id) or assigner


def _once(one: Assignment, name: str, more: dict[str, str]) -> int:
    """Who loses the race tells nothing: the winner does, or there is nothing to tell any more."""
    told = {"user_id": one.user_id, "target": one.target, "due_at": one.due_date, **more}
    with suppress(Stale), telling(Event(name, one.assignment_id, "system", told)):
        store.save(one)
        return 1
    return 0


def _is_new(one: Assignment, stage: Stage) -> bool:
    order = list(Stage)
    return one.reminded is None or order.index(Stage(one.reminded)) < order.index(stage)


def _is_suspended(user_id: str, known: dict[str, bool]) -> bool:
    """Asked once for a person. Nobody reminds who cannot sign in."""
    if user_id not in known:
        try:
            known[user_id] = not user_pool.user_by_id(user_id).enabled
        except NotFound:
            known[user_id] = True
    return known[user_id]
