from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(StrEnum):
    """PAUSED: what happens is kept and sent when an Admin lets it go on. DISABLED: nothing is kept meanwhile."""

    ACTIVE = "active"
    PAUSED = "paused"
    DISABLED = "disabled"


class Delivery(StrEnum):
    """WAITING: for its first try, or for the next one. FAILED: given up, until somebody has it sent again."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


Told = tuple[str | Promise, str, str]
"""Label, tone, icon."""

STATES: dict[str, Told] = {
    State.ACTIVE: (_("Active"), "success", "circle-check"),
    State.PAUSED: (_("Paused"), "warning", "circle-pause"),
    State.DISABLED: (_("Switched off"), "error", "circle-off"),
}
DELIVERIES: dict[str, Told] = {
    Delivery.WAITING: (_("Waiting"), "info", "clock"),
    Delivery.DELIVERED: (_("Delivered"), "success", "circle-check"),
    Delivery.FAILED: (_("Failed"), "error", "circle-alert"),
}
