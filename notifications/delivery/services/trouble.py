"""Addresses that do not take our mail, as SES tells of them, and a person's wish to try again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accounts.person import Person
from accounts.services.notices import set_mail_trouble
from core import clock
from core.aws import mail as ses
from notifications.delivery.enums import Trouble


def bounced(told: Mapping[str, Any]) -> None:
    """A mailbox that is full or away for a day is no trouble; one that is not there is."""
    bounce = told.get("bounce") or {}
    if bounce.get("bounceType") == "Permanent":
        _note(told, Trouble.BOUNCED, bounce.get("bouncedRecipients"))


def complained(told: Mapping[str, Any]) -> None:
    complaint = told.get("complaint") or {}
    _note(told, Trouble.COMPLAINED, complaint.get("complainedRecipients"))


def try_again(*, by: Person) -> None:
    set_mail_trouble(user_id=by.user_id, trouble=None)


def _note(told: Mapping[str, Any], trouble: Trouble, recipients: Any) -> None:
    """Whose mail it was its tag says; mail of Cognito's own has none, and stays as it is."""
    people = ((told.get("mail") or {}).get("tags") or {}).get("person") or []
    addresses = [str(one.get("emailAddress") or "") for one in recipients or []]
    for user_id, address in zip(people[:1], addresses[:1], strict=False):
        if address:
            kept = {"address": ses.digest(address), "why": trouble.value, "since": clock.iso(clock.now())}
            set_mail_trouble(user_id=str(user_id), trouble=kept)
