from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.person import SYSTEM
from accounts.store import audit_of_target
from core.errors import Refused
from core.testing import ANA, CARL
from metadata import store
from metadata.enums import Group
from metadata.services import ensure_option


def test_option_is_made_once_however_it_is_written(cloud: Callable[[str], Any]) -> None:
    first = ensure_option(group=Group.TOPIC_TAG, label="Talk track", by=SYSTEM)
    assert ensure_option(group=Group.TOPIC_TAG, label=" talk  TRACK ", by=SYSTEM) == first
    assert [option.label for option in store.options_of(Group.TOPIC_TAG)] == ["Talk track"]


def test_same_name_may_stand_in_two_groups(cloud: Callable[[str], Any]) -> None:
    tag = ensure_option(group=Group.TOPIC_TAG, label="Mentoring", by=SYSTEM)
    assert ensure_option(group=Group.PRODUCT, label="Mentoring", by=SYSTEM) != tag


def test_options_come_in_their_order(cloud: Callable[[str], Any]) -> None:
    for order, label in ((10, "Renewal"), (2, "Demo"), (2, "Discovery")):
        ensure_option(group=Group.PRODUCT_CONCEPT, label=label, sort_order=order, by=SYSTEM)
    assert [option.label for option in store.options_of(Group.PRODUCT_CONCEPT)] == ["Demo", "Discovery", "Renewal"]


def test_only_who_manages_options_makes_new_ones(cloud: Callable[[str], Any]) -> None:
    with pytest.raises(Refused):
        ensure_option(group=Group.TOPIC_TAG, label="Mine", by=CARL)
    made = ensure_option(group=Group.TOPIC_TAG, label="Ours", by=ANA)
    assert ensure_option(group=Group.TOPIC_TAG, label="ours", by=CARL) == made


def test_making_an_option_is_audited(cloud: Callable[[str], Any]) -> None:
    made = ensure_option(group=Group.PRODUCT_SUITE, label="Advancement", color="violet", by=ANA)
    (entry,) = audit_of_target(f"metadata:{made}").items
    assert (entry.action, entry.actor_id) == ("metadata.created", ANA.user_id)
    assert store.labels()[made] == "Advancement"
