"""What surrounds every page: the navigation that this person may use, her theme, her role in words."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy

from accounts.permissions import ROLES, Permission, RoleInfo, can


@dataclass(frozen=True)
class Entry:
    label: str | Promise
    icon: str
    route: str
    needs: Permission
    for_managers: bool = False
    url: str = ""
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Group:
    label: str | Promise
    entries: tuple[Entry, ...]


_HOME = Entry(gettext_lazy("Home"), "house", "home", Permission.CONTENT_READ)
_LIBRARY = Entry(gettext_lazy("Library"), "library", "content:library", Permission.CONTENT_READ)
_SEARCH = Entry(gettext_lazy("Search"), "search", "search:results", Permission.CONTENT_READ)
_FAVOURITES = Entry(gettext_lazy("Favourites"), "star", "content:favourites", Permission.CONTENT_READ)
_NEW = Entry(gettext_lazy("New item"), "plus", "content:new", Permission.CONTENT_CREATE)
_MINE = Entry(gettext_lazy("My items"), "pencil-line", "content:mine", Permission.CONTENT_CREATE)
_REVIEW = Entry(gettext_lazy("To review"), "clipboard-check", "content:review", Permission.CONTENT_APPROVE)

_CATALOGUE = Entry(gettext_lazy("Courses"), "graduation-cap", "lms:catalogue", Permission.CONTENT_READ)
_LEARNING = Entry(gettext_lazy("My learning"), "book-open", "lms:mine", Permission.CONTENT_READ)
_TEAMS = Entry(gettext_lazy("My teams"), "users-round", "lms:teams", Permission.CONTENT_READ, for_managers=True)

_SIDE = (
    Group("", (_HOME, _LIBRARY, _FAVOURITES)),
    Group(gettext_lazy("Learning"), (_CATALOGUE, _LEARNING, _TEAMS)),
    Group(gettext_lazy("Publishing"), (_NEW, _MINE, _REVIEW)),
    Group(
        gettext_lazy("Teaching"),
        (
            Entry(gettext_lazy("Author courses"), "square-pen", "lms:manage", Permission.COURSES_AUTHOR),
            Entry(gettext_lazy("Author paths"), "route", "lms:manage-paths", Permission.COURSES_AUTHOR),
            Entry(gettext_lazy("Assignments"), "calendar-check", "lms:assignments", Permission.LEARNING_ASSIGN),
        ),
    ),
    Group(
        gettext_lazy("Manage"),
        (
            Entry(gettext_lazy("Metadata"), "tags", "metadata:manage", Permission.METADATA_MANAGE),
            Entry(gettext_lazy("People"), "users", "accounts:people", Permission.PEOPLE_MANAGE),
            Entry(gettext_lazy("Teams"), "users-round", "accounts:teams", Permission.PEOPLE_MANAGE),
            Entry(gettext_lazy("Analytics"), "chart-column", "analytics:overview", Permission.ANALYTICS_READ),
            Entry(gettext_lazy("Audit log"), "scroll-text", "accounts:audit", Permission.AUDIT_READ),
            Entry(gettext_lazy("Webhooks"), "webhook", "webhooks:webhooks", Permission.WEBHOOKS_MANAGE),
            Entry(gettext_lazy("Slack channels"), "hash", "notifications:channels", Permission.WEBHOOKS_MANAGE),
            Entry(gettext_lazy("Jobs"), "timer", "jobs", Permission.JOBS_MANAGE),
            Entry(gettext_lazy("Records"), "database", "admin:index", Permission.ADMIN_SITE),
        ),
    ),
)
# A phone shows the first four of these that she may use, and then the menu.
_BOTTOM = (_HOME, _LIBRARY, _LEARNING, _SEARCH, _REVIEW, _NEW, _FAVOURITES)


class Shell:
    """Computed only when a template asks, so that fragments pay nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def person(self) -> Any:
        return getattr(self.request, "user", None)

    @property
    def theme(self) -> str:
        return str(getattr(getattr(self.request, "preferences", None), "theme", "system"))

    @property
    def role(self) -> RoleInfo | None:
        return ROLES.get(getattr(self.person, "role", None))  # type: ignore[arg-type]

    @cached_property
    def side(self) -> tuple[Group, ...]:
        groups = (replace(group, entries=tuple(self._open(group.entries))) for group in _SIDE)
        return tuple(group for group in groups if group.entries)

    @cached_property
    def bottom(self) -> tuple[Entry, ...]:
        return tuple(self._open(_BOTTOM))[:4]

    def _open(self, entries: tuple[Entry, ...]) -> Iterator[Entry]:
        for entry in entries:
            url = _address(entry.route)
            hidden = entry.for_managers and not getattr(self.person, "manages", False)
            if url and self.role and not hidden and can(self.person, entry.needs):
                yield replace(entry, url=url, current=self._is_here(url))

    def _is_here(self, url: str) -> bool:
        """The entry whose address is the longest beginning of this one's."""
        path = self.request.path
        return url == max(
            (one for one in _addresses() if path.startswith(one) and (one != "/" or path == "/")), default=""
        )


@functools.cache
def _address(route: str) -> str:
    """Empty while the part of the portal that answers there is not installed."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


@functools.cache
def _addresses() -> tuple[str, ...]:
    entries = (entry for group in _SIDE for entry in group.entries)
    return tuple(filter(None, (_address(entry.route) for entry in (*entries, _SEARCH))))


def shell(request: HttpRequest) -> dict[str, Shell]:
    return {"shell": Shell(request)}
