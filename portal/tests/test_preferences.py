from __future__ import annotations

import pytest
from django.utils import timezone

from accounts import store
from accounts.person import SYSTEM
from accounts.sessions import SessionStore
from accounts.signed_in import preferences_of
from core.aws import metering
from core.testing import CARL, as_htmx, sign_in
from metadata.enums import Group
from metadata.services import ensure_option

URL = "/accounts/preferences/"
GOOD = {"theme": "dark", "list_view": "cards", "time_zone": "Asia/Tokyo"}


def test_preferences_are_saved_and_hold_at_once(cloud, client):
    sign_in(client, CARL)

    response = client.post(URL, GOOD)

    assert (response.status_code, response.headers["Location"]) == (303, URL)
    profile = store.profile_of(CARL.user_id)
    assert (profile.theme, profile.list_view, profile.time_zone) == ("dark", "cards", "Asia/Tokyo")
    page = client.get(URL)
    assert 'data-theme="dark"' in page.text
    assert "Preferences saved" in page.text


@pytest.mark.parametrize("wrong", [{"theme": "pink"}, {"time_zone": "Mars/Base"}, {"list_view": ""}])
def test_wrong_choice_is_shown_beside_its_field_and_nothing_is_saved(cloud, client, wrong):
    sign_in(client, CARL)

    response = client.post(URL, GOOD | wrong)

    assert response.status_code == 400
    assert "errorlist" in response.text or "field-error" in response.text or "error" in response.text
    assert store.profile_of(CARL.user_id) is None


def test_body_supplied_identity_is_ignored(cloud, client):
    sign_in(client, CARL)
    client.post(URL, GOOD | {"user_id": "sub-ana", "role": "Admin"})

    assert store.profile_of("sub-ana") is None
    assert client.get(URL).wsgi_request.user.role == CARL.role


def test_theme_switch_answers_htmx_and_plain_forms(cloud, client):
    sign_in(client, CARL)

    assert client.post("/accounts/theme/", {"theme": "dark"}, headers=as_htmx()).status_code == 204
    plain = client.post("/accounts/theme/", {"theme": "light", "next": URL})
    assert (plain.status_code, plain.headers["Location"]) == (303, URL)
    assert store.profile_of(CARL.user_id).theme == "light"
    assert client.post("/accounts/theme/", {"theme": "pink"}).status_code == 400
    assert client.get("/accounts/theme/").status_code == 405


def test_products_that_exist_can_be_chosen(cloud, client):
    product = ensure_option(group=Group.PRODUCT, label="Donor Video", by=SYSTEM)
    sign_in(client, CARL)
    assert "Donor Video" in client.get(URL).text

    client.post(URL, GOOD | {"product_ids": [product]})

    assert store.profile_of(CARL.user_id).product_ids == [product]


def test_pages_need_no_read_for_preferences(cloud, client):
    sign_in(client, CARL)
    client.post(URL, GOOD)
    meter = metering.start()

    kept = preferences_of(SessionStore(client.cookies["portal_session"].value))

    assert (kept.theme, kept.time_zone, meter.calls) == ("dark", "Asia/Tokyo", 0)


def test_time_zone_of_one_person_does_not_stay_for_the_next(cloud, client):
    before = timezone.get_current_timezone_name()
    sign_in(client, CARL)
    client.post(URL, GOOD)
    client.get(URL)

    assert timezone.get_current_timezone_name() == before
