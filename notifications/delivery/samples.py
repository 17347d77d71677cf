"""Every mail with made-up words, for whoever designs them: `manage.py preview_mail`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle, islice

from accounts.enums import Role
from accounts.person import Person
from core.aws.mail import Mail
from notifications.delivery import compose, kinds
from notifications.delivery.addresses import Recipient
from notifications.delivery.enums import Rhythm
from notifications.delivery.kinds import Line, MailKind

_TITLES = (
    "Pricing objections: price is too high",
    "Renewal in 60 days: talk track and e-mail sequence",
    "Security questionnaire, answered",
    "Grüße aus Köln: Kampagnen für Ehemalige – «Élan» 2027",
    "How to run a first call with an advancement office that has bought nothing new in eleven years and wants to see proof",
    "Demo of the giving form, five minutes",
    "<b>Not bold</b> & not markup",
)
_DETAILS = ("Version 3, approved yesterday", "Due on Friday, 4 December at 23:59", "", "Changed 4 times")


@dataclass(frozen=True)
class Sample:
    name: str
    mail: Mail


def every_mail(now: datetime) -> Iterator[Sample]:
    """Of each kind the one that comes at once; several at once; and digests, one of them past its caps."""
    to = Recipient(Person("sample", "Vera Lindqvist", Role.VIEWER), "vera@example.com")
    known = list(kinds.kinds())

    def sample(name: str, rhythm: Rhythm, lines: Sequence[Line]) -> Sample:
        with compose.in_her_words("America/New_York"):
            return Sample(name, compose.mail(to, lines, rhythm=rhythm))

    for place, kind in enumerate(known):
        yield sample(f"now-{kind.key}", Rhythm.NOW, _lines([kind], 1, now, place))
    yield sample("now-several", Rhythm.NOW, _lines(known[:2], 2, now))
    yield sample("daily", Rhythm.DAILY, _lines(known[:4], 3, now))
    yield sample("daily-full", Rhythm.DAILY, _lines(known, 9, now))
    yield sample("weekly", Rhythm.WEEKLY, _lines(known[-2:], 2, now))


def _lines(of: Sequence[MailKind], each: int, now: datetime, start: int = 0) -> list[Line]:
    words = islice(cycle(zip(cycle(_TITLES), islice(cycle(_DETAILS), 28))), start, None)
    return [
        Line(f"{number}", kind.key, *next(words), path="/content/01sample/", at=now - timedelta(minutes=number))
        for number, kind in enumerate(kind for kind in of for _ in range(each))
    ]
