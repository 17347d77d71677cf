"""Forgetting somebody: nothing leads to her any more, and the numbers stay what they were."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.store import audit_of_actor
from analytics import store
from analytics.rules.months import Span
from analytics.services import erasing, rolling
from analytics.services.numbers import Asked, Numbers
from analytics.tests.events import noon, told
from core import clock
from core.errors import Refused
from core.testing import ANA, RITA


def test_a_pseudonym_takes_her_place_wherever_she_is_named(cloud: Callable[[str], Any]) -> None:
    now = clock.now()
    for event in (
        told("content.viewed", noon(3)),
        told("content.viewed", noon(2)),
        told("content.viewed", noon(2), user="sub-carl"),
        told("person.role_changed", noon(2), user="sub-ana", thing="sub-vera", source="web"),
        told("assignment.created", noon(1), user="sub-rita", user_id="sub-vera", target="course:c1"),
    ):
        store.append(event)
    rolling.count_days(Span.of_days(now.date(), 4).days)
    before = Numbers(ANA, Asked.last_days()).totals()
    assert erasing.erase(user_id="sub-vera", now=now, by=ANA) == 4
    rows = [row for days in range(4) for row in store.every_event_of(noon(days).date())]
    assert len(rows) == 5
    assert "sub-vera" not in "".join(str(row.to_simple_dict()) for row in rows)
    assert Numbers(ANA, Asked.last_days()).totals() == before
    assert not list(rolling.differences(Asked.last_days().span))
    assert erasing.erase(user_id="sub-vera", now=now, by=ANA) == 0, "again does no harm"
    assert "sub-vera" not in str([entry.target for entry in audit_of_actor(ANA.user_id).items])


def test_only_who_looks_after_people_erases(cloud: Callable[[str], Any]) -> None:
    with pytest.raises(Refused):
        erasing.erase(user_id="sub-vera", now=clock.now(), by=RITA)
