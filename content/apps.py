from __future__ import annotations

from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"

    def ready(self) -> None:
        from content import handlers, models  # noqa: F401  (listeners register, records become known)
