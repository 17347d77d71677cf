"""Profiles, sessions and the audit log in the Django admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import services, store
from accounts.models import ApiToken, AuditEntry, Profile, SessionRecord, Team
from accounts.record_admin import PortalAdmin
from accounts.services import tokens as token_services
from accounts.store import teams, tokens
from core import clock
from core.admin import shapes
from core.admin.changelist import PER_PAGE
from core.admin.listing import By, Choices
from core.aws import user_pool
from core.aws.records import get_many
from core.paging import Page, seal, unseal

MONTHS = 24


def months() -> Choices:
    """The last two years, this month first."""
    year, month, found = clock.now().year, clock.now().month, []
    for _back in range(MONTHS):
        found.append((f"{year}-{month:02d}", f"{year}-{month:02d}"))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return found


@admin.register(shapes.shape_of(Profile, "accounts", named=_("profile"), plural=_("profiles")))
class ProfileAdmin(PortalAdmin):
    """A person's preferences are hers to change. Everybody is found through Cognito's own pages."""

    record = Profile
    object_type, object_id = "person", "user_id"
    list_display = ("display_name", "user_id", "time_zone", "theme", "last_sign_in_at", "updated_at")

    def page_of(self, request: HttpRequest, changelist: Any) -> Page[Any]:
        if request.GET.get("q", "").strip():
            return super().page_of(request, changelist)
        people = user_pool.users(token=unseal("admin:people", request.GET.get("after")), limit=PER_PAGE)
        profiles = store.profiles_of(user.user_id for user in people.users)
        return Page(list(profiles.values()), seal("admin:people", people.token))


def _all_teams() -> Choices:
    return [(teams.REGISTER, _("all"))]


@admin.register(shapes.shape_of(Team, "accounts", named=_("team"), plural=_("teams")))
class TeamAdmin(PortalAdmin):
    """To be looked at. Its people stand in the same table, with fewer attributes."""

    record = Team
    object_type, object_id = "team", "team_id"
    by = (By("register", _("teams"), Team.by_name, _all_teams),)
    list_display = ("name", "team_id", "people", "standing", "updated_at")


@admin.register(shapes.shape_of(SessionRecord, "accounts", named=_("session"), plural=_("sessions")))
class SessionAdmin(PortalAdmin):
    """One's own until a person is searched for. What a session holds is sealed, here too."""

    record = SessionRecord
    hidden = ("data",)
    removable = True
    list_display = ("session_key", "user_id", "created_at", "ttl", "role_due_at")

    def page_of(self, request: HttpRequest, changelist: Any) -> Page[Any]:
        text = request.GET.get("q", "").strip()
        user_id = text.removeprefix("user_id:").strip() or str(request.user.pk)
        found = get_many(SessionRecord, store.sessions_of(user_id)[:PER_PAGE])
        return Page([one for one in found if one.ttl > clock.now()] or get_many(SessionRecord, [text]), None)

    def remove(self, request: HttpRequest, record: SessionRecord) -> None:
        services.end_session(session_key=record.session_key, by=request.user)  # type: ignore[arg-type]


def _open_tokens() -> Choices:
    return [(tokens.REGISTER, _("not revoked"))]


@admin.register(shapes.shape_of(ApiToken, "accounts", named=_("access token"), plural=_("access tokens")))
class ApiTokenAdmin(PortalAdmin):
    """To be looked at; removing one revokes it. What it is nobody knows but its owner, and not even its digest is shown."""

    record = ApiToken
    object_type, object_id = "token", "token_id"
    by = (By("register", _("tokens"), ApiToken.by_expiry, _open_tokens, newest_first=False),)
    hidden = ("digest",)
    removable = True
    list_display = ("name", "user_id", "scopes", "expires_at", "last_used_at", "revoked_at")

    def remove(self, request: HttpRequest, record: ApiToken) -> None:
        token_services.revoke(token_id=record.token_id, by=request.user)  # type: ignore[arg-type]


@admin.register(shapes.shape_of(AuditEntry, "accounts", named=_("audit entry"), plural=_("audit entries")))
class AuditAdmin(PortalAdmin):
    """Only ever added to, and not from here."""

    record = AuditEntry
    by = (By("month", _("month"), AuditEntry, months),)
    list_display = ("at", "action", "target", "actor_id", "actor_role", "result")
