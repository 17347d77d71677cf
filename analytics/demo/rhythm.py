"""What the people of the demo company do on a day: the same whenever it is asked for, and nothing of it stored twice.

The colleagues who do it are ids alone: they cannot sign in, have no name, and fill the dashboards as a company would.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from random import Random
from typing import Any

from analytics.enums import Kind
from analytics.rules.told import Told, Value

_ROLES = ("Viewer",) * 30 + ("Contributor",) * 7 + ("Approver",) * 2 + ("Admin",)
COLLEAGUES = {f"demo-colleague-{number:02d}": role for number, role in enumerate(_ROLES, start=1)}
ASKED = (
    "renewal", "battlecard", "pricing", "price too high", "health score", "demo script", "case study", "slate comparison",
    "onboarding checklist", "objections", "donor video", "roi calculator", "integration guide", "security", "one pager",
)  # fmt: skip
IN_VAIN = (
    "soc 2 report",
    "hipaa",
    "spanish deck",
    "banner connector",
    "gdpr addendum",
    "rfp template",
    "sandbox login",
)
_WEEKEND, _WORKDAY = 0.12, 0.55
_HOLIDAYS = 0.35
"""How much of a usual day is left around the turn of the year."""


@dataclass(frozen=True)
class Thing:
    """Of the library or the catalogue; nobody uses it before it was there. Lessons are those of a course."""

    kind: Kind
    subject: str
    since: date
    has_file: bool = False
    lessons: Sequence[tuple[str, bool]] = ()
    """Id, and whether it is a quiz."""


class Day:
    """One day's events, from a die that only the day has cast."""

    def __init__(self, day: date, things: Sequence[Thing], now: datetime) -> None:
        self.day, self.now = day, now
        self.die = Random(f"demo {day}")
        self.items = [thing for thing in things if thing.kind is Kind.CONTENT and thing.since <= day]
        self.taught = [thing for thing in things if thing.kind is not Kind.CONTENT and thing.since <= day]
        self.words: dict[str, str] = {}
        self._number = 0

    def events(self) -> Iterator[Told]:
        """In no order. Nothing of today that has not come yet."""
        for user, role in COLLEAGUES.items():
            if self.die.random() < self._share():
                for event in self._visit(user, role):
                    if event.at <= self.now:
                        yield event
        yield from (event for event in self._assigning() if event.at <= self.now)

    def _share(self) -> float:
        usual = _WEEKEND if self.day.weekday() > 4 else _WORKDAY
        return usual * (_HOLIDAYS if (self.day.month, self.day.day) in _TURN_OF_THE_YEAR else 1)

    def _visit(self, user: str, role: str) -> Iterator[Told]:
        at = datetime(self.day.year, self.day.month, self.day.day, 7, tzinfo=UTC)
        at += timedelta(minutes=self.die.triangular(0, 780, 150))
        session = self._id("session", user)[:16]
        told = _Teller(self, user, role, session)
        yield told("user.signed_in", at, user)
        for _ in range(1 + int(self.die.expovariate(0.6))):
            at += timedelta(minutes=self.die.uniform(0.5, 9))
            yield from self._search(told, at) if self.die.random() < 0.35 else self._read(told, at)
        if self.taught and self.die.random() < 0.22:
            yield from self._learn(told, at + timedelta(minutes=2))

    def _read(self, told: _Teller, at: datetime, *, search: str = "") -> Iterator[Told]:
        item = self._popular(self.items)
        if item is None:
            return
        if search:
            yield told("search.clicked", at, "search", search=search, target=f"content:{item.subject}")
            yield told("content.searched_from", at, item.subject, search=search)
        yield told("content.viewed", at, item.subject, version=1, own=False, preview=False)
        if self.die.random() < 0.4:
            name = "content.downloaded" if item.has_file else "content.opened"
            yield told(name, at + timedelta(seconds=40), item.subject, version=1, own=False, preview=False)

    def _search(self, told: _Teller, at: datetime) -> Iterator[Told]:
        in_vain = self.die.random() < 0.18
        words = self._favourite(IN_VAIN if in_vain else ASKED)
        search = self._id("search", told.user, str(self._number))
        self.words[search] = words
        props: dict[str, Value] = {"search": search, "words": len(words.split()), "while_typing": False}
        yield told("search.performed", at, "search", **props, results=0 if in_vain else self.die.randint(1, 14))
        if in_vain:
            yield told("search.zero_result", at, "search", **props, results=0)
        elif self.die.random() < 0.7:
            yield from self._read(told, at + timedelta(seconds=15), search=search)

    def _learn(self, told: _Teller, at: datetime) -> Iterator[Told]:
        """Somebody begins something, or goes on; whoever perseveres completes it in one sitting."""
        taken = self._popular(self.taught)
        if taken is None:
            return
        yield told(f"{taken.kind}.opened", at, taken.subject)
        perseveres = self.die.random() < 0.5
        for lesson, is_quiz in taken.lessons if perseveres else taken.lessons[:2]:
            at += timedelta(minutes=self.die.uniform(3, 8))
            props: dict[str, Value] = {"course_id": taken.subject, "version": 1}
            yield told("lesson.started", at, lesson, **props)
            if is_quiz:
                yield from self._try(told, at, lesson, props, perseveres)
            if perseveres:
                yield told("lesson.completed", at + timedelta(minutes=5), lesson, **props)
        if perseveres:
            yield told(f"{taken.kind}.completed", at + timedelta(minutes=6), taken.subject)

    def _try(
        self, told: _Teller, at: datetime, lesson: str, props: dict[str, Value], perseveres: bool
    ) -> Iterator[Told]:
        """A quarter fail at first; whoever perseveres passes the second time."""
        failures = 1 if self.die.random() < 0.25 else 0
        results = ["quiz.failed"] * failures + ["quiz.passed"] * (perseveres or not failures)
        for number, result in enumerate(results, start=1):
            begin = at + timedelta(seconds=100 * number)
            yield told("quiz.started", begin, lesson, **props, number=number)
            for name in ("quiz.submitted", result):
                yield told(name, begin + timedelta(seconds=90), lesson, **props, number=number)

    def _assigning(self) -> Iterator[Told]:
        """On some Mondays a manager assigns something to a few; what becomes of it is settled at once, and told in time."""
        if self.day.weekday() or not self.taught or self.die.random() < 0.35:
            return
        noon = datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=UTC)
        thing = self.die.choice(self.taught)
        for user in self.die.sample(sorted(COLLEAGUES), 9):
            told = _Teller(self, user, COLLEAGUES[user], "")
            assignment = self._id("assignment", user, thing.subject)[:26]
            props: dict[str, Value] = {"user_id": user, "target": f"{thing.kind}:{thing.subject}"}
            yield told("assignment.created", noon, assignment, **props)
            fate = self.die.random()
            if fate < 0.8:
                begun = noon + timedelta(days=self.die.uniform(0.5, 9))
                yield told("assignment.begun", begun, assignment, **props)
                if fate < 0.62:
                    done = begun + timedelta(days=self.die.uniform(0.1, 12))
                    yield told("assignment.completed", done, assignment, **props, late=fate > 0.55)
            elif fate < 0.84:
                yield told("assignment.waived", noon + timedelta(days=3), assignment, **props)
            if fate > 0.55 and fate < 0.8:
                yield told("assignment.became_overdue", noon + timedelta(days=14), assignment, **props)

    def _popular(self, things: Sequence[Thing]) -> Thing | None:
        """A few are used by many, most by few, and the last tenth by nobody."""
        ranked = sorted(things, key=lambda thing: self._rank(thing.subject))
        used = ranked[: max(1, len(ranked) * 9 // 10)]
        return self._favourite(used) if used else None

    def _favourite(self, many: Sequence[Any]) -> Any:
        return many[min(int(self.die.paretovariate(0.9)) - 1, len(many) - 1)]

    @staticmethod
    def _rank(subject: str) -> str:
        return sha256(f"popular {subject}".encode()).hexdigest()

    def _id(self, *parts: str) -> str:
        self._number += 1
        return sha256("\0".join(("demo", str(self.day), *parts)).encode()).hexdigest()[:26]

    def event_id(self) -> str:
        return self._id("event", str(self._number))


class _Teller:
    """Somebody's visit: what she does in it is told with her role and session."""

    def __init__(self, day: Day, user: str, role: str, session: str) -> None:
        self.day, self.user, self.role, self.session = day, user, role, session

    def __call__(self, name: str, at: datetime, thing: str, **props: Value) -> Told:
        event_id = self.day.event_id()
        return Told(event_id, name, at, self.user, thing, self.role, "web", self.session, "", props)


_TURN_OF_THE_YEAR = frozenset({(12, day) for day in range(22, 32)} | {(1, day) for day in range(1, 4)})
