from __future__ import annotations

from enum import StrEnum


class Rhythm(StrEnum):
    """How soon a kind of notification comes by mail, from the soonest to never."""

    NOW = "now"
    DAILY = "daily"
    WEEKLY = "weekly"
    OFF = "off"


class MailingState(StrEnum):
    """`UNSURE`: handed over, and nobody said whether it went out. It is never sent again."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    EMPTY = "empty"
    UNWANTED = "unwanted"
    REFUSED = "refused"
    UNSURE = "unsure"


class Trouble(StrEnum):
    """Why a person's address is written to no more."""

    BOUNCED = "bounced"
    COMPLAINED = "complained"
