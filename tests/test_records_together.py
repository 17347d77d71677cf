from __future__ import annotations

import pytest

from accounts.models import Profile
from accounts.services import ensure_profile
from content.models import ContentItem
from content.tests.factories import make_item
from core.aws import metering
from core.aws.together import read_together
from core.testing import CARL, VERA

pytestmark = pytest.mark.usefixtures("cloud")


def test_records_of_several_tables_come_in_one_request() -> None:
    ensure_profile(by=VERA)
    item = make_item()
    meter = metering.start()
    found = read_together({Profile: [VERA.user_id, CARL.user_id], ContentItem: [item.content_id, "missing", ""]})
    assert meter.calls == 1
    assert found.get(Profile, VERA.user_id).display_name == VERA.name
    assert found.get(Profile, CARL.user_id) is None
    assert [one.title for one in found.many(ContentItem, ["missing", item.content_id])] == [item.title]


def test_more_than_one_request_can_hold_are_several() -> None:
    ensure_profile(by=VERA)
    meter = metering.start()
    found = read_together({Profile: [*(f"nobody-{number}" for number in range(150)), VERA.user_id]})
    assert meter.calls == 2
    assert found.get(Profile, VERA.user_id)


def test_nothing_wanted_asks_nothing() -> None:
    meter = metering.start()
    assert read_together({Profile: []}).many(Profile, []) == []
    assert meter.calls == 0
