"""Writes into channels what happened, as far as those who read there may see it at that moment."""

from __future__ import annotations

import json
import logging
from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from accounts import visibility
from accounts.enums import Role
from accounts.person import SYSTEM
from core import clock, outbound
from core.errors import Invalid, NotFound, PortalError, Stale
from core.events import Event
from core.outbound import Answer, NotSent
from notifications.delivery import links
from notifications.delivery import store as mailings
from notifications.delivery.channels import rules, store
from notifications.delivery.channels.models import Channel
from notifications.delivery.enums import MailingState
from notifications.delivery.models import Mailing
from webhooks import sealing
from webhooks.rules import retries

logger = logging.getLogger(__name__)

AT_ONCE = 50


def hear(event: Event) -> None:
    """Told twice, it makes nothing twice."""
    topic = rules.topic_of(event.name)
    if topic is None:
        return
    for channel in store.all_channels():
        if channel.active and topic in channel.topics:
            store.put_message(channel, event.event_id, topic, f"{event.object_type}:{event.object_id}", clock.now())


def send_due(now: datetime) -> Counter[MailingState]:
    """What is given back waits for its time; of a long queue the rest has its turn a minute later."""
    outcomes: Counter[MailingState] = Counter()
    for message in mailings.due(store.QUEUE, now, AT_ONCE):
        if mailings.take(message, [], now):
            outcomes[_send(message, now)] += 1
    return outcomes


def post_test(channel: Channel) -> str:
    """Why it did not arrive; empty when it did."""
    told = rules.message(_("It works"), _("This channel hears of the portal now."), links.absolute("/"), _("Open"))
    try:
        answer = _post(sealing.unseal(channel.address) or "", told)
    except (NotSent, Invalid) as error:
        return error.message
    if not answer.is_success:
        return _("It answered with %(status)d. Check the address.") % {"status": answer.status}
    return ""


def _send(message: Mailing, now: datetime) -> MailingState:
    """Whatever goes wrong, it does not keep the others from their turn."""
    try:
        outcome, pause = _outcome(message, now)
    except (PortalError, OSError, ValueError):
        logger.exception("message to a channel put off")
        outcome, pause = MailingState.WAITING, None
    due_at = retries.next_try(message.tries + 1, now, wished=pause) if outcome is MailingState.WAITING else None
    if due_at:
        mailings.give_back(message, due_at)
        return MailingState.WAITING
    outcome = MailingState.REFUSED if outcome is MailingState.WAITING else outcome
    mailings.done(message, outcome, clock.now())
    return outcome


def _outcome(message: Mailing, now: datetime) -> tuple[MailingState, timedelta | None]:
    """With it how long the other side wants to be left alone. WAITING: to be tried again."""
    channel = store.channel_for(message)
    if channel is None or not channel.active:
        return MailingState.UNWANTED, None
    payload = _payload(channel, *message.keys)
    if payload is None:
        return MailingState.EMPTY, None
    address = sealing.unseal(channel.address)
    if address is None:  # sealed with a key that is not there any more, after a restore
        _switch_off(channel)
        return MailingState.REFUSED, None
    try:
        answer = _post(address, payload)
    except NotSent:
        return MailingState.WAITING, None
    if answer.is_success:
        return MailingState.SENT, None
    if answer.status in rules.GONE:
        _switch_off(channel)
        return MailingState.REFUSED, None
    return MailingState.WAITING, retries.wish_of(answer.headers.get("retry-after", ""))


def _payload(channel: Channel, topic: str, thing: str) -> dict[str, Any] | None:
    """None for what those who read there may not see, or not any more."""
    kind, _sep, thing_id = thing.partition(":")
    try:
        subject = visibility.noun(kind).load(thing_id)
    except NotFound:
        return None
    if not visibility.grounds(kind, subject, visibility.stranger(Role(channel.audience))):
        return None
    return rules.message(str(rules.TOPICS[topic].says), subject.title, links.absolute(subject.url), _("Open"))


def _post(address: str, payload: dict[str, Any]) -> Answer:
    body = json.dumps(payload, ensure_ascii=False).encode()
    return outbound.post(address, body, {"Content-Type": "application/json; charset=utf-8"})


def _switch_off(channel: Channel) -> None:
    """Its address leads nowhere any more; an Admin gives it another one."""
    channel.active, channel.off_because = False, "gone"
    with suppress(Stale):  # somebody did so in this very moment
        store.save_channel(channel, audit=[store.entry("channel.switched_off", channel, SYSTEM)])
