"""The site itself: no sign-in of its own, no log of its own, no password to change."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from core.admin.record_admin import RecordAdmin
from core.errors import Refused


class RecordAdminSite(admin.AdminSite):
    site_header = site_title = _("Enablement Portal records")
    index_title = _("Tables")
    site_url = "/"
    index_template = "admin/record_index.html"
    enable_nav_sidebar = True

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only what stands on records: libraries bring admins for tables in SQL that are not there."""
        if isinstance(admin_class, type) and issubclass(admin_class, RecordAdmin):
            super().register(model_or_iterable, admin_class, **options)
            shapes = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
            for shape in shapes:
                _know(shape)

    def has_permission(self, request: HttpRequest) -> bool:
        """Raises Refused, so that an attempt is answered and written down as everywhere."""
        if not (request.user.is_active and request.user.is_staff):
            raise Refused("Only Admins come in here.")
        return True

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The portal's own sign-in; whoever is signed in and may not come in here is told so."""
        if request.user.is_authenticated and self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index", current_app=self.name))
        return redirect_to_login(request.GET.get("next") or reverse("admin:index", current_app=self.name))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return HttpResponse(status=307, headers={"Location": reverse("accounts:logout")})

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        raise Refused("Passwords are Cognito's.")

    password_change_done = password_change


def _know(shape: Any) -> None:
    """The admin's templates ask for a model's content type, which would be looked up in SQL."""
    meta, known = shape._meta, ContentType.objects._cache.get(DEFAULT_DB_ALIAS, {})  # type: ignore[attr-defined]
    found = ContentType(pk=len(known) + 1, app_label=meta.app_label, model=meta.model_name)
    ContentType.objects._add_to_cache(DEFAULT_DB_ALIAS, found)  # type: ignore[attr-defined]
