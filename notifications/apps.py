from __future__ import annotations

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "Notifications"

    def ready(self) -> None:
        from notifications import handlers, jobs, kinds, models, pages  # noqa: F401  (they register, records become known)
        from notifications.delivery import handlers as hearing  # noqa: F401
        from notifications.delivery import jobs as mailing  # noqa: F401
        from notifications.delivery import models as mails  # noqa: F401
        from notifications.delivery.channels import trail  # noqa: F401
        from notifications.delivery.kinds import register

        register(kinds.mail_kinds(), pages.lines_for)
