"""What the audit log says of channels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.person import Person
from accounts.trail import Noun, Thing, register
from notifications.delivery.channels import store


def _channels(_viewer: Person, ids: Sequence[str]) -> Mapping[str, Thing]:
    return {
        one.channel_id: Thing(one.name, reverse("notifications:channel", args=[one.channel_id]))
        for one in store.all_channels()
        if one.channel_id in ids
    }


register(
    "channel",
    Noun(
        _("Slack channel"),
        {
            "channel.created": _("added the channel"),
            "channel.changed": _("changed the channel"),
            "channel.switched_off": _("switched it off, for its address leads nowhere"),
            "channel.deleted": _("deleted the channel"),
        },
        _channels,
    ),
)
