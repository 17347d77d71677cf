from __future__ import annotations

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "Notifications"

    def ready(self) -> None:
        from notifications import models  # noqa: F401  (records become known)
        from notifications.delivery import handlers, jobs  # noqa: F401  (they register)
        from notifications.delivery import models as mailing  # noqa: F401
        from notifications.delivery.channels import trail  # noqa: F401
