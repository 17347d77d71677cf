"""What the audit log says of webhooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.person import Person
from accounts.trail import Noun, Thing, register
from webhooks import store


def _webhooks(_viewer: Person, ids: Sequence[str]) -> Mapping[str, Thing]:
    return {
        one.webhook_id: Thing(one.name, reverse("webhooks:webhook", args=[one.webhook_id]))
        for one in store.all_webhooks()
        if one.webhook_id in ids
    }


register(
    "webhook",
    Noun(
        _("Webhook"),
        {
            "webhook.created": _("made the webhook"),
            "webhook.changed": _("changed the webhook"),
            "webhook.paused": _("paused it"),
            "webhook.resumed": _("let it go on"),
            "webhook.secret_rotated": _("gave it a new secret"),
            "webhook.replayed": _("had deliveries sent again"),
            "webhook.disabled": _("switched it off, for nothing arrived"),
            "webhook.deleted": _("deleted the webhook"),
        },
        _webhooks,
    ),
)
