from __future__ import annotations

import pytest

from accounts import services, store
from accounts.enums import ListView, Theme
from accounts.person import Person
from core.aws import metering
from core.errors import Stale
from core.testing import CARL


def test_first_sign_in_makes_a_profile_and_a_later_one_renews_the_name(cloud):
    services.ensure_profile(by=CARL)
    services.set_preferences(by=CARL, theme=Theme.DARK)

    services.ensure_profile(by=Person(CARL.user_id, "Carl Married", CARL.role))

    profile = store.profile_of(CARL.user_id)
    assert (profile.display_name, profile.theme) == ("Carl Married", "dark")


def test_second_sign_in_with_the_same_name_writes_nothing(cloud):
    services.ensure_profile(by=CARL)
    meter = metering.start()

    services.ensure_profile(by=CARL)

    assert meter.calls == 1


def test_preferences_that_are_not_given_stay(cloud):
    services.set_preferences(by=CARL, theme=Theme.DARK, product_ids=["p1", "p2"])
    services.set_preferences(by=CARL, list_view=ListView.CARDS, time_zone="Europe/Rome")

    profile = store.profile_of(CARL.user_id)
    assert (profile.theme, profile.list_view, profile.time_zone) == ("dark", "cards", "Europe/Rome")
    assert profile.product_ids == ["p1", "p2"]

    services.set_preferences(by=CARL, product_ids=[], time_zone="")
    profile = store.profile_of(CARL.user_id)
    assert (profile.product_ids, profile.time_zone) == ([], "")


def test_favourite_is_added_once_taken_away_and_newest_first(cloud):
    for content_id, on in (("a", True), ("b", True), ("a", True), ("c", True), ("b", False), ("nothing", False)):
        services.toggle_favourite(by=CARL, content_id=content_id, on=on)

    assert store.profile_of(CARL.user_id).favourites == ["c", "a"]


def test_opened_items_are_each_kept_once_newest_first_and_capped(cloud, monkeypatch):
    monkeypatch.setattr(services.profiles, "RECENT_AT_MOST", 3)
    for content_id in "abcbd":
        services.remember_opened(by=CARL, content_id=content_id)

    assert store.profile_of(CARL.user_id).recent == ["d", "b", "c"]


def test_opening_the_same_item_again_writes_nothing(cloud):
    services.remember_opened(by=CARL, content_id="a")
    meter = metering.start()

    services.remember_opened(by=CARL, content_id="a")

    assert meter.calls == 1


def test_two_tabs_at_once_lose_nothing(cloud, monkeypatch):
    services.ensure_profile(by=CARL)
    real, raced = store.save_profile, []

    def save_after_somebody_else(profile):
        if not raced:
            raced.append(True)
            services.toggle_favourite(by=CARL, content_id="other-tab", on=True)
        real(profile)

    monkeypatch.setattr(store, "save_profile", save_after_somebody_else)
    services.toggle_favourite(by=CARL, content_id="this-tab", on=True)

    assert store.profile_of(CARL.user_id).favourites == ["this-tab", "other-tab"]


def test_loser_of_two_races_is_told(cloud, monkeypatch):
    def always_stale(profile):
        raise Stale

    monkeypatch.setattr(store, "save_profile", always_stale)
    with pytest.raises(Stale):
        services.set_preferences(by=CARL, theme=Theme.DARK)
