from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class RecordAdminConfig(AdminConfig):
    default_site = "core.admin.site.RecordAdminSite"
