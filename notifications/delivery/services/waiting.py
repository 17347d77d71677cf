"""Puts notifications down for a person's mail, and sees to it that the mail will be made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from accounts import time_zones
from accounts.models import Profile
from accounts.store import profiles_of
from core.errors import Stale
from notifications.delivery import kinds, rules, store
from notifications.delivery.enums import MailingState, Rhythm
from notifications.delivery.models import Waiting
from notifications.delivery.rules import Slot

_MOST_SLOTS = 5
"""Each of them would have to be taken in the moment in which it is looked for."""


@dataclass(frozen=True)
class Notice:
    """A notification for somebody; `key` is its own in her partition, and sorts by time."""

    user_id: str
    key: str
    kind: str


def hand_over(notices: Sequence[Notice], now: datetime) -> int:
    """How many will be mailed. Telling it again does no harm, as long as no mail has gone out meanwhile."""
    profiles = profiles_of({notice.user_id for notice in notices})
    wanted = {notice: rhythm_of(profiles.get(notice.user_id), notice.kind) for notice in notices}
    mailed = [notice for notice, rhythm in wanted.items() if rhythm is not Rhythm.OFF]
    store.put_waiting([store.waiting(notice.user_id, notice.key, notice.kind, now) for notice in mailed])
    arm({(notice.user_id, wanted[notice]) for notice in mailed}, profiles, now)
    return len(mailed)


def rhythm_of(profile: Profile | None, kind: str) -> Rhythm:
    """As she has it now; a kind that is not known any more is told by nobody."""
    known = kinds.kind_of(kind)
    return known.rhythm((profile.notices if profile else {}).get(kind)) if known else Rhythm.OFF


def zone_of(profile: Profile | None) -> str:
    own = profile.time_zone if profile else ""
    return own if time_zones.is_known(own) else settings.ORGANISATION_TIME_ZONE


def arm(wanted: Collection[tuple[str, Rhythm]], profiles: Mapping[str, Profile], now: datetime) -> None:
    """For each person and rhythm there is a mail to come that nobody has begun to make."""
    zones = {user_id: zone_of(profiles.get(user_id)) for user_id, _ in wanted}
    pending = {(user_id, rhythm): rules.slot_after(rhythm, now, zones[user_id]) for user_id, rhythm in wanted}
    for _try in range(_MOST_SLOTS):
        if not pending:
            return
        found = store.mailings_at((user_id, slot) for (user_id, _), slot in pending.items())
        missing: dict[tuple[str, Rhythm], Slot] = {}
        for (user_id, rhythm), slot in list(pending.items()):
            there = found.get((user_id, slot.name))
            if there and there.state != MailingState.WAITING:
                pending[user_id, rhythm] = rules.next_slot(rhythm, slot, zones[user_id])
            elif there:
                del pending[user_id, rhythm]
            else:
                missing[user_id, rhythm] = slot
        with suppress(Stale):  # somebody else was quicker with one of them: then it is looked at again
            store.make_all([(user_id, slot) for (user_id, _), slot in missing.items()])
            for made in missing:
                del pending[made]
    if pending:
        raise Stale


def settle(user_id: str, profile: Profile | None, now: datetime) -> None:
    """Whatever waits for her mail has a mail to come; what she wants no more waits no more."""
    rows = store.waiting_of(user_id, now)
    unwanted = [row for row in rows if rhythm_of(profile, row.kind) is Rhythm.OFF]
    store.drop_waiting(unwanted)
    rhythms = {rhythm_of(profile, row.kind) for row in rows} - {Rhythm.OFF}
    arm({(user_id, rhythm) for rhythm in rhythms}, {user_id: profile} if profile else {}, now)


def move_to_zone(user_id: str, now: datetime) -> None:
    """Her mornings are others now."""
    for mailing in store.open_mailings_of(user_id):
        if not mailing.keys:  # one that is being tried again goes on
            store.forget(mailing)
    settle(user_id, profiles_of([user_id]).get(user_id), now)


def of_rhythm(rows: Iterable[Waiting], profile: Profile | None, rhythm: Rhythm) -> list[Waiting]:
    return [row for row in rows if rhythm_of(profile, row.kind) is rhythm]
