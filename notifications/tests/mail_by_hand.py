"""Run by test_mail_live.py within the live portal's place: hands over one notification, and does the job that mails it."""

from __future__ import annotations

from accounts.directory import person_by_email
from accounts.store import profile_of
from core import clock
from notifications.delivery.jobs import mail
from notifications.tests.mailing import MUST, register, with_profile


def run(email: str, title: str) -> None:
    inbox, person = register(), with_profile(person_by_email(email))
    inbox.add(person, MUST, title, clock.now())
    print("MAILED", mail(clock.now()))  # noqa: T201
    print("PERSON", person.user_id)  # noqa: T201


def trouble(user_id: str) -> None:
    kept = profile_of(user_id)
    print("TROUBLE", (kept.mail_trouble or {}).get("why") if kept else None)  # noqa: T201
