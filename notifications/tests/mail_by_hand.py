"""Run by test_mail_live.py within the live portal's place: assigns something, and mails it without waiting for the clock."""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from accounts.directory import person_by_email
from accounts.store import profile_of
from core import clock
from lms.tests.assignment_factories import assign
from lms.tests.factories import make_course
from notifications.delivery.jobs import mail
from notifications.store import inbox

_TOLD_WITHIN_SECONDS = 60
_WORKERS = 4


def run(email: str, title: str) -> None:
    """The portal's worker tells her; of that and of several more at once one mails it, and the test sees what arrived."""
    person = person_by_email(email)
    before = _count(person.user_id)
    assign(make_course(title=title), person)
    until = time.monotonic() + _TOLD_WITHIN_SECONDS
    while _count(person.user_id) == before and time.monotonic() < until:
        time.sleep(0.2)
    later = clock.now() + timedelta(minutes=2)
    with ThreadPoolExecutor(_WORKERS) as pool:
        list(pool.map(mail, [later] * _WORKERS))
    sys.stdout.write(f"PERSON {person.user_id}\n")


def trouble(user_id: str) -> None:
    kept = profile_of(user_id)
    sys.stdout.write(f"TROUBLE {(kept.mail_trouble or {}).get('why') if kept else None}\n")


def _count(user_id: str) -> int:
    return inbox.count_unread(user_id)
