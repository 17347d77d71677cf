from __future__ import annotations

from django.apps import AppConfig


class LmsConfig(AppConfig):
    name = "lms"
    verbose_name = "Learning"

    def ready(self) -> None:
        from lms import assigned_trail, certificate_trail, handlers, models, quiz_trail, trail, visible  # noqa: F401  (they register, records become known)
