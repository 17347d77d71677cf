from __future__ import annotations

from django.apps import AppConfig


class BulkConfig(AppConfig):
    name = "bulk"
    verbose_name = "Bulk work"

    def ready(self) -> None:
        from bulk import jobs, models, trail  # noqa: F401  (they register, records become known)
