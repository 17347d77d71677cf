"""Under names of their own: other nouns of the API have kinds, too."""

from __future__ import annotations

from enum import StrEnum

from notifications.delivery.channels.rules import TOPICS
from notifications.enums import Kind

NotificationKind = StrEnum("NotificationKind", {kind.name: kind.value for kind in Kind})  # type: ignore[misc]
ChannelTopic = StrEnum("ChannelTopic", {name.upper(): name for name in TOPICS})  # type: ignore[misc]
