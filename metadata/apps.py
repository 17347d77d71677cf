from __future__ import annotations

from django.apps import AppConfig


class MetadataConfig(AppConfig):
    name = "metadata"

    def ready(self) -> None:
        from metadata import models  # noqa: F401  (the record becomes known)
