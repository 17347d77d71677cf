"""Sends the mails that are due, each once."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from accounts.models import Profile
from accounts.store import profiles_of
from core import clock
from core.aws import mail as ses
from core.aws.mail import Mail
from core.events import Event, publish
from notifications.delivery import compose, rules, store
from notifications.delivery.addresses import Recipient, recipients
from notifications.delivery.enums import MailingState
from notifications.delivery.kinds import lines_for
from notifications.delivery.models import Mailing
from notifications.delivery.services import waiting

logger = logging.getLogger(__name__)

AT_ONCE = 100
MOST_IN_A_RUN = 1000
"""The other jobs have their turn, too; what is left is done a minute later."""


def send_due(queue: str, now: datetime) -> Counter[MailingState]:
    """Raises Unavailable when Cognito does not answer: nothing was taken then, and the next run does it all."""
    outcomes: Counter[MailingState] = Counter()
    if not ses.is_configured():
        return outcomes
    seen: set[tuple[str, str]] = set()
    while len(seen) < MOST_IN_A_RUN:
        due = [one for one in store.due(queue, now, AT_ONCE) if (one.user_id, one.row) not in seen]
        if not due:
            break
        seen |= {(one.user_id, one.row) for one in due}
        outcomes.update(_send_all(due, now))
    return outcomes


def _send_all(due: Sequence[Mailing], now: datetime) -> Counter[MailingState]:
    people = {one.user_id for one in due}
    profiles, known = profiles_of(people), recipients(people)
    outcomes: Counter[MailingState] = Counter()
    for mailing in due:
        outcome = _send(mailing, known.get(mailing.user_id), profiles, now)
        if outcome:
            outcomes[outcome] += 1
    return outcomes


def _send(
    mailing: Mailing, to: Recipient | None, profiles: Mapping[str, Profile], now: datetime
) -> MailingState | None:
    """None when somebody else is at it."""
    profile = profiles.get(mailing.user_id)
    rows = store.waiting_of(mailing.user_id, now)
    wanted = waiting.of_rhythm(rows, profile, rules.rhythm_of(mailing.row)) if _may_have_mail(to, profile) else rows
    if not store.take(mailing, wanted, now):
        return None
    try:
        made = _made(mailing, to, profile)
        outcome = made if isinstance(made, MailingState) else _handed_over(made)
    except Exception:  # nothing has gone out, and the others must not wait for this one
        logger.exception("mailing put off", extra={"tries": mailing.tries})
        return _put_off(mailing, now)
    store.done(mailing, outcome, clock.now())
    waiting.settle(mailing.user_id, profile, now)  # for what came in while this one was taken
    if outcome is MailingState.SENT:
        facts = {"channel": "mail", "rhythm": rules.rhythm_of(mailing.row).value, "told": len(mailing.keys)}
        publish(Event("notification.sent", mailing.row.replace("#", ":"), mailing.user_id, facts))
    return outcome


def _made(mailing: Mailing, to: Recipient | None, profile: Profile | None) -> Mail | MailingState:
    """The mail, or why there is none."""
    if to is None or not _may_have_mail(to, profile):
        return MailingState.UNWANTED
    with compose.in_her_words(waiting.zone_of(profile), profile.language if profile else ""):
        lines = lines_for(to.person, mailing.keys)
        return compose.mail(to, lines, rhythm=rules.rhythm_of(mailing.row)) if lines else MailingState.EMPTY


def _handed_over(made: Mail) -> MailingState:
    """Raises Unavailable when it did not go out and may later."""
    try:
        ses.send(made)
    except ses.NotAccepted as error:
        logger.warning("mail not accepted", extra={"code": error.message})
        return MailingState.REFUSED
    except ses.Unanswered:
        logger.warning("nobody said whether a mail was sent")
        return MailingState.UNSURE
    return MailingState.SENT


def _put_off(mailing: Mailing, now: datetime) -> MailingState:
    if mailing.tries >= rules.TRIES_AT_MOST:
        store.done(mailing, MailingState.REFUSED, now)
        return MailingState.REFUSED
    store.give_back(mailing, now + rules.retry_after(mailing.tries + 1))
    return MailingState.WAITING


def _may_have_mail(to: Recipient | None, profile: Profile | None) -> bool:
    """Not when she may not sign in, nor at an address that bounced or that complained of us."""
    trouble = (profile.mail_trouble if profile else None) or {}
    return to is not None and trouble.get("address") != ses.digest(to.address)
