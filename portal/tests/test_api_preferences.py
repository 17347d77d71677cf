from __future__ import annotations

import pytest

from accounts.person import SYSTEM
from accounts.store import profile_of
from content.tests.factories import suite
from core.api.testing import ApiClient
from core.testing import CORA, VERA
from metadata.enums import Group
from metadata.services import ensure_option

pytestmark = pytest.mark.usefixtures("cloud", "api_keys")


def test_preferences_are_ones_own_and_what_is_left_out_stays():
    api = ApiClient(VERA)
    assert api.get("me/preferences").json()["theme"] == "system"
    chosen = ensure_option(group=Group.PRODUCT, label="Giving", parent_id=suite(), by=SYSTEM)
    change = {"theme": "dark", "time_zone": "Europe/Berlin", "product_ids": [chosen]}
    assert api.patch("me/preferences", change).json() == change | {"list_view": "rows"}
    assert api.patch("me/preferences", {"list_view": "cards"}).json()["theme"] == "dark"
    assert profile_of(VERA.user_id).product_ids == [chosen]
    assert ApiClient(CORA).get("me/preferences").json()["theme"] == "system"


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"time_zone": "Mars/Olympus"}, 400),
        ({"product_ids": ["01hidden000000000000000000"]}, 400),
        ({"theme": "pink"}, 422),
        ({"user_id": CORA.user_id}, 422),
        ({"role": "Admin"}, 422),
    ],
)
def test_preferences_that_cannot_be_are_refused(wrong, status):
    api = ApiClient(VERA)
    assert api.patch("me/preferences", {"theme": "light"} | wrong).status_code == status
    assert api.get("me/preferences").json()["theme"] == "system"
