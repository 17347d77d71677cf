"""How somebody hears of each kind: one choice says what stands in her inbox and what is mailed, and how soon."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from accounts.person import Person
from core import clock
from notifications.delivery.enums import Rhythm
from notifications.delivery.kinds import MailKind
from notifications.delivery.services import preferences as mail
from notifications.enums import Way
from notifications.services import inbox

_RHYTHMS = {Way.MAIL_NOW: Rhythm.NOW, Way.DAILY: Rhythm.DAILY, Way.WEEKLY: Rhythm.WEEKLY}
_WAYS = {rhythm: way for way, rhythm in _RHYTHMS.items()}


def way_of(kind: MailKind, notices: Mapping[str, str], muted: Collection[str]) -> Way:
    if kind.key in muted and not kind.mandatory:
        return Way.NOTHING
    return _WAYS.get(kind.rhythm(notices.get(kind.key)), Way.INBOX)


def is_open(way: Way, kind: MailKind) -> bool:
    """What is mandatory reaches her in the inbox and by mail."""
    return way in _RHYTHMS or not kind.mandatory


def choose(*, ways: Mapping[str, Way], by: Person) -> None:
    """Kinds that are not named stay as they are. Raises Invalid, before anything is changed, for what must be told."""
    mail.choose(by=by, rhythms={kind: _RHYTHMS.get(way, Rhythm.OFF) for kind, way in ways.items()}, now=clock.now())
    inbox.change_muted(shown={kind: way is not Way.NOTHING for kind, way in ways.items()}, by=by)
