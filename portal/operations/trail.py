"""What the audit log says of jobs and events."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.trail import Noun, register

register("job", Noun(_("Job"), {"job.asked_for": _("asked for the job to be done now")}))
register("event", Noun(_("Event"), {"event.replayed": _("had the event told again")}))
