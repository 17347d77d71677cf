from __future__ import annotations

from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"
    verbose_name = "Library"

    def ready(self) -> None:
        from content import about_people, handlers, jobs, models  # noqa: F401  (they register, records become known)
        from content.bulk import kind  # noqa: F401
