from __future__ import annotations

from accounts.person import Person
from accounts.signed_in import Preferences
from core.pages import HtmxRequest


class Request(HtmxRequest):
    """A request behind the sign-in."""

    user: Person  # type: ignore[assignment]
    preferences: Preferences
