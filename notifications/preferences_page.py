"""How she hears of each kind: one choice for each, in sections that go by why it concerns her."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Profile
from notifications.delivery import kinds, rules
from notifications.delivery.enums import Rhythm, Trouble
from notifications.delivery.services.waiting import zone_of
from notifications.enums import Kind
from notifications.forms import PreferencesForm

_YOURS = _("What you look after")
"""Of everything that stands in no other section, too."""
_SECTIONS: Mapping[str | Promise, Sequence[Kind]] = {
    _("What you learn"): (
        Kind.ASSIGNED,
        Kind.DUE_SOON,
        Kind.OVERDUE,
        Kind.CERTIFICATE_ISSUED,
        Kind.CERTIFICATE_EXPIRING,
        Kind.CERTIFICATE_EXPIRED,
        Kind.CERTIFICATE_REVOKED,
    ),
    _("What you follow"): (Kind.PUBLISHED, Kind.UPDATED, Kind.RETIRED),
    _YOURS: (),
    _("Your teams and your access"): (
        Kind.TEAM_JOINED,
        Kind.TEAM_OVERDUE,
        Kind.ACCESS_CHANGED,
        Kind.API_ACCESS_ENDING,
    ),
}
_PLACES = {kind.value: label for label, some in _SECTIONS.items() for kind in some}


@dataclass(frozen=True)
class Section:
    label: str | Promise
    fields: Sequence[BoundField]


@dataclass(frozen=True)
class PreferencesPage:
    """`bounced` and `complained` say that nothing is sent to her address."""

    form: PreferencesForm
    sections: Sequence[Section]
    next_daily: datetime
    zone: str
    bounced: bool
    complained: bool


def preferences_page(profile: Profile | None, muted: Sequence[str], sent: Any, now: datetime) -> PreferencesPage:
    zone = zone_of(profile)
    trouble = (profile.mail_trouble if profile else None) or {}
    notices = (profile.notices if profile else None) or {}
    form = PreferencesForm(sent, kinds=kinds.kinds(), notices=notices, muted=muted)
    return PreferencesPage(
        form=form,
        sections=list(_sections(form)),
        next_daily=rules.slot_after(Rhythm.DAILY, now, zone).due_at,
        zone=zone.replace("_", " "),
        bounced=trouble.get("why") == Trouble.BOUNCED,
        complained=trouble.get("why") == Trouble.COMPLAINED,
    )


def _sections(form: PreferencesForm) -> Iterator[Section]:
    for label in _SECTIONS:
        fields = [field for field in form if _PLACES.get(field.name, _YOURS) is label]
        if fields:
            yield Section(label, fields)
