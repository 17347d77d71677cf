"""What an access token may be used for: an area of the portal, for reading or for writing.

It never opens more than the person's role does. A scope that needs a permission can only be given by whoever has it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission, can
from accounts.person import Person
from core.api.errors import ScopeMissing

READ, WRITE = "read", "write"


class Area(StrEnum):
    """What a route of the API belongs to: `Bearer(Area.CONTENT)` says so."""

    PROFILE = "profile"
    CONTENT = "content"
    COMMENTS = "comments"
    METADATA = "metadata"
    SEARCH = "search"
    LEARNING = "learning"
    NOTIFICATIONS = "notifications"
    ANALYTICS = "analytics"
    ADMIN = "admin"


@dataclass(frozen=True)
class Scope:
    """`needs` is what a person must be allowed to do, to give it to a token."""

    area: Area
    how: str
    label: str | Promise
    needs: Permission | None = None

    @property
    def name(self) -> str:
        return f"{self.area}:{self.how}"


_ALL = (
    Scope(Area.PROFILE, READ, _("Read who you are and what you may do")),
    Scope(Area.PROFILE, WRITE, _("Change your preferences")),
    Scope(Area.CONTENT, READ, _("Read the library and download its files")),
    Scope(Area.CONTENT, WRITE, _("Create, change and move items of the library"), Permission.CONTENT_CREATE),
    Scope(Area.COMMENTS, READ, _("Read what people say beside items")),
    Scope(Area.COMMENTS, WRITE, _("Comment, and change or remove your own comments")),
    Scope(Area.METADATA, READ, _("Read metadata")),
    Scope(Area.METADATA, WRITE, _("Change metadata"), Permission.METADATA_MANAGE),
    Scope(Area.SEARCH, READ, _("Search")),
    Scope(Area.LEARNING, READ, _("Read courses and paths, your progress and your certificates")),
    Scope(Area.LEARNING, WRITE, _("Learn, and author, publish and assign what you may")),
    Scope(Area.NOTIFICATIONS, READ, _("Read your notifications and subscriptions")),
    Scope(Area.NOTIFICATIONS, WRITE, _("Mark notifications as read, and subscribe")),
    Scope(Area.ANALYTICS, READ, _("Read analytics")),
    Scope(Area.ANALYTICS, WRITE, _("Tell what was looked at")),
    Scope(Area.ADMIN, READ, _("Read what only Admins see"), Permission.ADMIN_SITE),
    Scope(Area.ADMIN, WRITE, _("Change what only Admins change"), Permission.ADMIN_SITE),
)
SCOPES: Mapping[str, Scope] = {scope.name: scope for scope in _ALL}


def name_of(area: Area, *, writes: bool) -> str:
    return f"{area}:{WRITE if writes else READ}"


def offered_to(person: Person) -> Sequence[Scope]:
    return [scope for scope in _ALL if scope.needs is None or can(person, scope.needs)]


def check(given: Collection[str], area: Area, *, writes: bool) -> None:
    """Raises ScopeMissing. Whoever may write in an area does not thereby read in it."""
    needed = name_of(area, writes=writes)
    if needed not in given:
        raise ScopeMissing(needed)
