"""The histories of the demo items, as the steps that people took, each at its moment.

Every step leaves exactly one entry in the audit log, of a name known beforehand. So the log itself says how far an
item's story has come, and seeding that was cut off goes on with the next step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from content.demo.library import Asset
from content.demo.stage import Stage

Act = Callable[[Stage], None]

_STEP = timedelta(minutes=4)
_DRAFTED, _SUBMITTED = 2, 1  # days before the decision


@dataclass(frozen=True)
class Step:
    leaves: str
    days_ago: float
    act: Act


def steps_of(asset: Asset) -> list[Step]:
    return STORIES[asset.story](asset)


def moments(steps: Sequence[Step], asset: Asset, now: datetime) -> list[datetime]:
    """Within the working day, never before the step that came earlier."""
    minutes = sum(asset.slug.encode()) % 420
    found: list[datetime] = []
    for step in steps:
        day = (now - timedelta(days=step.days_ago)).replace(hour=13, minute=0, second=0, microsecond=0)
        moment = day + timedelta(minutes=minutes)
        found.append(max(moment, found[-1] + _STEP) if found else moment)
    return found


def steps_done(steps: Sequence[Step], actions: Iterable[str]) -> int:
    """`actions` of the audit log, oldest first; what people did besides does not count."""
    done = 0
    for action in actions:
        if done < len(steps) and action == steps[done].leaves:
            done += 1
    return done


def _begun(asset: Asset, days_ago: float, edition: int = 2) -> list[Step]:
    steps = [Step("content.created", days_ago, lambda stage: stage.create(edition))]
    return [*steps, *_files(asset, days_ago, edition)]


def _files(asset: Asset, days_ago: float, edition: int) -> list[Step]:
    if not asset.file:
        return []
    count = 2 if "scenes" in asset.content or "lines" in asset.content else 1

    def attach(number: int) -> Act:
        return lambda stage: stage.attach(edition, number)

    return [Step("content.file_attached", days_ago, attach(number)) for number in range(count)]


def _submitted(days_ago: float) -> Step:
    return Step("content.submitted", days_ago, Stage.submit)


def _approved(asset: Asset, days_ago: float, edition: int = 2) -> list[Step]:
    return [
        *_begun(asset, days_ago + _DRAFTED, edition),
        _submitted(days_ago + _SUBMITTED),
        Step("content.approved", days_ago, Stage.approve),
    ]


def _next_version(asset: Asset, days_ago: float, note: str) -> list[Step]:
    return [
        Step("content.draft_opened", days_ago, Stage.open_work),
        Step("content.edited", days_ago, lambda stage: stage.edit(note)),
        *_files(asset, days_ago, edition=2),
    ]


def _approved_twice(asset: Asset) -> list[Step]:
    return [
        *_approved(asset, asset.age + 95, edition=1),
        *_next_version(asset, asset.age + _DRAFTED, "One part added, and the numbers of this quarter."),
        _submitted(asset.age + _SUBMITTED),
        Step("content.approved", asset.age, Stage.approve),
    ]


def _next_draft(asset: Asset) -> list[Step]:
    note = "After the last three calls; one part is new."
    return [*_approved(asset, asset.age, edition=1), *_next_version(asset, 2, note)]


def _scheduled(asset: Asset) -> list[Step]:
    begun = _begun(asset, asset.age + _DRAFTED)
    dates = Step("content.rescheduled", asset.age + _DRAFTED, lambda stage: stage.set_dates(go_live_in=6))
    return [*begun, dates, _submitted(asset.age + _SUBMITTED), Step("content.approved", asset.age, Stage.approve)]


def _with_expiry(days_from_now: int) -> Callable[[Asset], list[Step]]:
    def story(asset: Asset) -> list[Step]:
        dates = Step("content.rescheduled", asset.age - 1, lambda stage: stage.set_dates(expire_in=days_from_now))
        return [*_approved(asset, asset.age), dates]

    return story


def _later(action: str, act: Act, days_ago: int) -> Callable[[Asset], list[Step]]:
    return lambda asset: [*_approved(asset, asset.age), Step(action, days_ago, act)]


def _judged(*more: Step) -> Callable[[Asset], list[Step]]:
    """Not yet decided, or decided against: begun and submitted a day before the item's age."""

    def story(asset: Asset) -> list[Step]:
        steps = [*_begun(asset, asset.age + 1), _submitted(asset.age), *more]
        return [replace(step, days_ago=max(step.days_ago, 1)) for step in steps]

    return story


STORIES: dict[str, Callable[[Asset], list[Step]]] = {
    "draft": lambda asset: _begun(asset, asset.age),
    "in_review": _judged(),
    "changes_requested": _judged(Step("content.changes_requested", 1, Stage.request_changes)),
    "withdrawn": _judged(Step("content.withdrawn", 1, Stage.withdraw)),
    "approved": lambda asset: _approved(asset, asset.age),
    "approved_twice": _approved_twice,
    "due_soon": lambda asset: _approved(asset, asset.age),
    "unverified": lambda asset: _approved(asset, asset.age),
    "verified": _later("content.verified", Stage.verify, 20),
    "scheduled": _scheduled,
    "expiring": _with_expiry(9),
    "expired_by_clock": _with_expiry(-3),
    "deprecated": _later("content.deprecated", Stage.deprecate, 30),
    "expired": _later("content.expired", Stage.expire, 12),
    "restored": lambda asset: [
        *_later("content.expired", Stage.expire, 40)(asset),
        Step("content.restored", 5, Stage.restore),
    ],
    "next_draft": _next_draft,
    "in_review_next": lambda asset: [*_next_draft(asset), _submitted(1)],
}
