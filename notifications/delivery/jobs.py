"""What delivery does by the clock."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from core.jobs import every, job
from notifications.delivery.channels import sending as channels
from notifications.delivery.enums import MailingState
from notifications.delivery.services.sending import send_due


@job(
    "notifications.mail",
    about="Mails what people want to know at once.",
    rhythm=every(timedelta(minutes=1)),
)
def mail(now: datetime) -> object:
    return _in_words(send_due("now", now))


@job(
    "notifications.digest",
    about="Mails digests at eight in the morning, where each person lives.",
    rhythm=every(timedelta(minutes=5)),
)
def digest(now: datetime) -> object:
    return _in_words(send_due("digest", now))


@job(
    "notifications.channels",
    about="Writes into Slack channels what has gone live, and what else they want to hear.",
    rhythm=every(timedelta(minutes=1)),
)
def into_channels(now: datetime) -> object:
    return _in_words(channels.send_due(now))


def _in_words(outcomes: Counter[MailingState]) -> str:
    return ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items())) or "0 sent"
