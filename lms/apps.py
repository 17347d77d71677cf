from __future__ import annotations

from django.apps import AppConfig


class LmsConfig(AppConfig):
    name = "lms"
    verbose_name = "Learning"

    def ready(self) -> None:
        from lms import handlers, jobs, models, trails, visible  # noqa: F401  (they register, records become known)
        from lms.bulk import kind  # noqa: F401
