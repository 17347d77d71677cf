"""Kinds and notifications for tests of mail, and a post office that writes down what it is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from accounts import services
from accounts.person import Person
from core.aws.mail import Mail
from notifications.delivery import kinds
from notifications.delivery.enums import Rhythm
from notifications.delivery.kinds import Line, MailKind
from notifications.delivery.services.waiting import Notice, hand_over

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)  # 05:00 in New York, where the organisation is
MUST = MailKind("assignment.created", "Assignments", "Something to learn was assigned to you.", True, Rhythm.NOW)
DAILY = MailKind("content.updated", "What you follow", "Something you follow was changed.", False, Rhythm.DAILY)
NEWS = MailKind("content.published", "New in the library", "Something new went live.", False, Rhythm.WEEKLY)
KINDS = (MUST, DAILY, NEWS)


@dataclass
class PostOffice:
    """`fails` is raised, once each, before anything is taken."""

    sent: list[Mail] = field(default_factory=list)
    fails: list[Exception] = field(default_factory=list)

    def send(self, mail: Mail) -> None:
        if self.fails:
            raise self.fails.pop(0)
        self.sent.append(mail)


class Inbox:
    """Notifications as an inbox has them; `hidden` are the keys of what its people may no longer see."""

    def __init__(self) -> None:
        self.lines: dict[tuple[str, str], Line] = {}
        self.hidden: set[str] = set()

    def read(self, person: Person, keys: Sequence[str]) -> list[Line]:
        found = (self.lines.get((person.user_id, key)) for key in keys)
        return [line for line in found if line and line.key not in self.hidden]

    def add(self, person: Person, kind: MailKind, title: str, now: datetime = TUESDAY, detail: str = "") -> Notice:
        number = len(self.lines)
        key = f"{now + timedelta(milliseconds=number):%Y%m%dT%H%M%S.%f}-{number}"
        self.lines[person.user_id, key] = Line(key, kind.key, title, detail, f"/content/{number}/", now)
        notice = Notice(person.user_id, key, kind.key)
        hand_over([notice], now)
        return notice


def with_profile(person: Person, zone: str = "America/New_York") -> Person:
    services.ensure_profile(by=person)
    services.set_preferences(by=person, time_zone=zone)
    return person


def register() -> Inbox:
    inbox = Inbox()
    kinds._kinds.clear()
    kinds.register(KINDS, inbox.read)
    return inbox


def renamed(person: Person, name: str) -> Person:
    return replace(person, name=name)
