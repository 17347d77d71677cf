"""Every mail with made-up words, for whoever designs them: `manage.py preview_mail`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.enums import Role
from accounts.person import Person
from core.aws.mail import Mail
from notifications.delivery import compose, kinds
from notifications.delivery.addresses import Recipient
from notifications.delivery.enums import Rhythm
from notifications.delivery.kinds import Line, MailKind

Words = Callable[[str, int, datetime], tuple[str, str]]
"""A title and a sentence of this kind."""


@dataclass(frozen=True)
class Sample:
    name: str
    mail: Mail


def every_mail(now: datetime, words: Words) -> Iterator[Sample]:
    """Of each kind the one that comes at once; several at once; and digests, one of them past its caps."""
    to = Recipient(Person("sample", "Vera Lindqvist", Role.VIEWER), "vera@example.com")
    known = list(kinds.kinds())

    def sample(name: str, rhythm: Rhythm, of: Sequence[MailKind], each: int, start: int = 0) -> Sample:
        with compose.in_her_words("America/New_York"):
            return Sample(name, compose.mail(to, list(_lines(of, each, now, words, start)), rhythm=rhythm))

    for place, kind in enumerate(known):
        yield sample(f"now-{kind.key}", Rhythm.NOW, [kind], 1, place)
    yield sample("now-several", Rhythm.NOW, known[:2], 2)
    yield sample("daily", Rhythm.DAILY, known[:4], 3)
    yield sample("daily-full", Rhythm.DAILY, known, 9)
    yield sample("weekly", Rhythm.WEEKLY, known[-2:], 2)


def _lines(of: Sequence[MailKind], each: int, now: datetime, words: Words, start: int) -> Iterator[Line]:
    for number, kind in enumerate((kind for kind in of for _ in range(each)), start):
        title, detail = words(kind.key, number, now)
        yield Line(f"{number}", kind.key, title, detail, "/content/01sample/", now - timedelta(minutes=number))
