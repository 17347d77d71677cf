"""What the session knows of the signed-in person. Her e-mail address is not part of it."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from accounts.enums import ListView, Role, Theme
from accounts.models import Profile
from accounts.person import Anonymous, Person
from accounts.sessions import PERSON_KEY

VIEWING_AS = "viewing_as"


@dataclass(frozen=True)
class Preferences:
    """Kept in the session, so that no page needs a read to know them."""

    time_zone: str = ""
    language: str = ""
    theme: Theme = Theme.SYSTEM
    list_view: ListView = ListView.ROWS
    product_ids: tuple[str, ...] = ()

    @classmethod
    def of(cls, profile: Profile) -> Preferences:
        return cls(
            time_zone=profile.time_zone,
            language=profile.language,
            theme=Theme(profile.theme),
            list_view=ListView(profile.list_view),
            product_ids=tuple(profile.product_ids),
        )


def put_person(session: SessionBase, person: Person, *, refresh_token: str = "") -> None:
    session[PERSON_KEY] = person.user_id
    session["name"] = person.name
    session["refresh_token"] = refresh_token
    put_role(session, person.role)


def put_role(session: SessionBase, role: Role) -> None:
    session["role"] = role.value
    session["role_checked_at"] = int(time.time())


def put_managing(session: SessionBase, manages: bool) -> None:
    session["manages"] = manages


def put_preferences(session: SessionBase, preferences: Preferences) -> None:
    session["preferences"] = asdict(preferences)


def person_of(session: SessionBase) -> Person | Anonymous:
    user_id = session.get(PERSON_KEY)
    if not user_id:
        return Anonymous()
    role, shown = Role(session["role"]), session.get(VIEWING_AS)
    if shown and role is Role.ADMIN:
        return Person(user_id=user_id, name=session["name"], role=Role(shown), own_role=role)
    return Person(user_id=user_id, name=session["name"], role=role, manages=bool(session.get("manages")))


def preferences_of(session: SessionBase) -> Preferences:
    kept: dict[str, Any] = session.get("preferences") or {}
    if not kept:
        return Preferences()
    return Preferences(
        time_zone=kept["time_zone"],
        language=kept["language"],
        theme=Theme(kept["theme"]),
        list_view=ListView(kept["list_view"]),
        product_ids=tuple(kept["product_ids"]),
    )
