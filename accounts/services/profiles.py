from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

from accounts import store
from accounts.enums import ListView, Theme
from accounts.models import Profile
from accounts.person import Person
from accounts.rules import put_first
from core.errors import Stale
from core.events import Event, publish

FAVOURITES_AT_MOST = 200
RECENT_AT_MOST = 30


def ensure_profile(*, by: Person, signed_in_at: datetime | None = None) -> Profile:
    """At sign-in: made when it is her first, and her display name as Cognito has it now."""

    def refresh(profile: Profile) -> bool:
        changed = profile.display_name != by.name or profile.rev is None or signed_in_at is not None
        profile.display_name = by.name
        profile.last_sign_in_at = signed_in_at or profile.last_sign_in_at
        return changed

    return _change_profile(by, refresh)


def set_preferences(
    *,
    by: Person,
    theme: Theme | None = None,
    list_view: ListView | None = None,
    time_zone: str | None = None,
    language: str | None = None,
    product_ids: Sequence[str] | None = None,
) -> Profile:
    """What is None stays as it is."""
    wanted = {
        "theme": theme and theme.value,
        "list_view": list_view and list_view.value,
        "time_zone": time_zone,
        "language": language,
        "product_ids": None if product_ids is None else list(product_ids),
    }

    before: list[str] = []

    def apply(profile: Profile) -> bool:
        before[:] = [profile.time_zone]
        changes = {name: value for name, value in wanted.items() if value not in (None, getattr(profile, name))}
        for name, value in changes.items():
            setattr(profile, name, value)
        return bool(changes)

    profile = _change_profile(by, apply)
    if before != [profile.time_zone]:
        publish(Event("person.time_zone_changed", by.user_id, by.user_id, {"zone": profile.time_zone}))
    return profile


def toggle_favourite(*, by: Person, content_id: str, on: bool) -> None:
    def apply(profile: Profile) -> bool:
        if on == (content_id in profile.favourites):
            return False
        others = [kept for kept in profile.favourites if kept != content_id]
        profile.favourites = put_first(content_id, others, at_most=FAVOURITES_AT_MOST) if on else others
        return True

    _change_profile(by, apply)


def remember_opened(*, by: Person, content_id: str, profile: Profile | None = None) -> None:
    """No write when it is the last one that she opened already; no read when her `profile` is at hand."""

    def apply(profile: Profile) -> bool:
        if profile.recent[:1] == [content_id]:
            return False
        profile.recent = put_first(content_id, profile.recent, at_most=RECENT_AT_MOST)
        return True

    with suppress(Stale):  # not worth a failed page
        _change_profile(by, apply, profile)


def _change_profile(by: Person, change: Callable[[Profile], bool], known: Profile | None = None) -> Profile:
    """Applies `change` to her profile as it is now, and once more when another tab of hers was quicker."""
    for may_retry in (True, False):
        profile = (may_retry and known) or store.profile_of(by.user_id) or store.new_profile(by.user_id, by.name)
        if not change(profile):
            break
        try:
            store.save_profile(profile)
        except Stale:
            if may_retry:
                continue
            raise
        break
    return profile
