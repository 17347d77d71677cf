"""What a profile keeps for the notifications of a person, who need not be signed in: links in mails change it, too."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from accounts import store
from accounts.models import Profile
from core.errors import Stale

_TRIES = 3


def set_notices(*, user_id: str, choose: Callable[[Mapping[str, str]], Mapping[str, str]]) -> Profile | None:
    """`choose` is given what she chose so far, by kind, and gives what she chooses now; None without a profile."""

    def apply(profile: Profile) -> bool:
        chosen = dict(choose(profile.notices or {}))
        changed = chosen != (profile.notices or {})
        profile.notices = chosen
        return changed

    return _change(user_id, apply)


def set_mail_trouble(*, user_id: str, trouble: Mapping[str, str] | None) -> Profile | None:
    def apply(profile: Profile) -> bool:
        changed = profile.mail_trouble != trouble
        profile.mail_trouble = dict(trouble) if trouble else None
        return changed

    return _change(user_id, apply)


def _change(user_id: str, change: Callable[[Profile], bool]) -> Profile | None:
    for tries_left in reversed(range(_TRIES)):
        profile = store.profile_of(user_id)
        if profile is None or not change(profile):
            return profile
        try:
            store.save_profile(profile)
        except Stale:
            if tries_left:
                continue
            raise
        return profile
    return None
