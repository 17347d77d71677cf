from __future__ import annotations

from django.apps import AppConfig


class MetadataConfig(AppConfig):
    name = "metadata"

    def ready(self) -> None:
        from metadata import about, handlers, jobs, models  # noqa: F401  (they register, the records become known)
