"""Secrets that were sealed with keys of another place, and so cannot be read here."""

from __future__ import annotations

from core.errors import Unavailable
from notifications.delivery.channels.store import all_channels
from webhooks import sealing
from webhooks.store import all_webhooks


def unreadable() -> list[str]:
    """Whose they are: webhooks and Slack channels by their names."""
    found = [(f"the webhook “{one.name}”", one.secret) for one in all_webhooks()]
    found += [(f"the channel “{one.name}”", one.address) for one in all_channels()]
    return [name for name, secret in found if not _is_readable(secret)]


def _is_readable(secret: str) -> bool:
    try:
        return sealing.unseal(secret) is not None
    except Unavailable:  # there is no key at all
        return False
