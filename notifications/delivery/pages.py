from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import Profile
from notifications.delivery import kinds, rules
from notifications.delivery.enums import Rhythm, Trouble
from notifications.delivery.forms import RhythmsForm
from notifications.delivery.services.waiting import zone_of


@dataclass(frozen=True)
class PreferencesPage:
    """`bounced` and `complained` say that nothing is sent to her address, and since when."""

    form: RhythmsForm
    next_daily: datetime
    next_weekly: datetime
    zone: str
    bounced: bool
    complained: bool


def preferences_page(profile: Profile | None, sent: Any, now: datetime) -> PreferencesPage:
    zone = zone_of(profile)
    trouble = (profile.mail_trouble if profile else None) or {}
    return PreferencesPage(
        form=RhythmsForm(sent, kinds=kinds.kinds(), chosen=(profile.notices if profile else None) or {}),
        next_daily=rules.slot_after(Rhythm.DAILY, now, zone).due_at,
        next_weekly=rules.slot_after(Rhythm.WEEKLY, now, zone).due_at,
        zone=zone.replace("_", " "),
        bounced=trouble.get("why") == Trouble.BOUNCED,
        complained=trouble.get("why") == Trouble.COMPLAINED,
    )
