"""Bulk work in the words of the audit log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts import trail
from accounts.trail import Noun

WORDS = {
    "bulk.started": _("began to change many at once"),
    "bulk.resumed": _("went on with changing many at once"),
    "bulk.stopped": _("stopped changing many at once"),
    "bulk.finished": _("finished changing many at once"),
}

trail.register("bulk", Noun(_("Bulk change"), WORDS))
