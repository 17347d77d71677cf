"""Exports of numbers in the words of the audit log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts import trail
from accounts.trail import Noun

trail.register(
    "analytics",
    Noun(
        _("Analytics"), {"analytics.exported": _("exported numbers"), "analytics.erased": _("erased from the events")}
    ),
)
