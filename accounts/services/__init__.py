from __future__ import annotations

from accounts.services.profiles import ensure_profile, remember_opened, set_preferences, toggle_favourite
from accounts.services.sessions import end_session, end_sessions_of

__all__ = ["end_session", "end_sessions_of", "ensure_profile", "remember_opened", "set_preferences", "toggle_favourite"]
