"""From the events of one day (UTC) to what is counted of it: the definitions of docs/analytics.md.

Nothing here depends on the order in which events came, on how often one was told, or on other days. So a day may be
counted again at any time, and comes out the same unless an event has come in late.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from analytics.enums import WHOLE, Count, Kind, Members
from analytics.rules.told import Told

ONE_VIEW = timedelta(minutes=30)
"""Within it, a person's further looks at the same thing are the same view."""
ONE_SEARCH = timedelta(seconds=60)
"""Who searches again within it, while she is still typing, has not asked the former."""

Subject = tuple[Kind, str]


@dataclass
class Tally:
    """What a day brought one thing; the members are whoever, or whatever, is counted once."""

    counts: Counter[str] = field(default_factory=Counter)
    members: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True)
class Fact:
    """One more of `count`; or `member` of those of whom each counts once."""

    kind: Kind
    subject: str
    count: Count | Members
    member: str = ""


Facts = Iterator[Fact]
Day = Mapping[Subject, Tally]


def counted(events: Iterable[Told]) -> Day:
    """All that the dashboards know of a day."""
    day: dict[Subject, Tally] = defaultdict(Tally)
    for event in what_counts(events):
        for fact in facts_of(event):
            tally = day[fact.kind, fact.subject]
            if isinstance(fact.count, Members):
                tally.members[fact.count].add(fact.member)
            else:
                tally.counts[fact.count] += 1
    return dict(day)


def what_counts(events: Iterable[Told]) -> list[Told]:
    """Each event once, in the order in which they happened, without those that are part of one that counts already."""
    known = {event.event_id: event for event in events}
    kept = sorted(known.values(), key=lambda event: (event.at, event.event_id))
    last_search = _last_of_typing(kept)
    seen: dict[tuple[str, ...], Told] = {}
    found = []
    for event in kept:
        if event.name in _SEARCHES and event.text("search") not in last_search:
            continue
        key = _repeats_of(event)
        if key:
            first = seen.get(key)
            if first and (event.name not in _USES or event.at - first.at < ONE_VIEW):
                continue
            seen[key] = event
        found.append(event)
    return found


_USES = frozenset({"content.viewed", "content.downloaded", "content.opened"})
_SEARCHES = frozenset({"search.performed", "search.zero_result"})
_CLICKS = frozenset({"search.clicked", "content.searched_from"})


def _repeats_of(event: Told) -> tuple[str, ...]:
    """What makes another event a repetition of this one; empty where each counts."""
    if event.name in _USES and _is_by_a_reader(event):
        return event.name, event.user_id, event.object_id, event.text("file_id")
    if event.name in _CLICKS:
        return event.name, event.text("search"), event.object_id, event.text("target")
    return ()


def _is_by_a_reader(event: Told) -> bool:
    """Of what is live, and not by its own editors: what they look at neither counts nor hides what counts after it."""
    return not event.props.get("own") and not event.props.get("preview")


def _last_of_typing(kept: Iterable[Told]) -> set[str]:
    """The searches (their ids) that were meant: not those that were made while typing the next one."""
    meant: set[str] = set()
    latest: dict[tuple[str, str], Told] = {}
    for event in kept:
        if event.name != "search.performed":
            continue
        who = event.user_id, event.session
        before = latest.get(who)
        if before and before.props.get("while_typing") and event.at - before.at < ONE_SEARCH:
            meant.discard(before.text("search"))
        latest[who] = event
        meant.add(event.text("search"))
    return meant


def facts_of(event: Told) -> Facts:
    if event.is_by_a_person:
        yield Fact(Kind.SITE, WHOLE, Members.PEOPLE, event.user_id)
        yield Fact(Kind.ROLE, event.role or "none", Members.PEOPLE, event.user_id)
    if event.name in _BY_NAME:
        yield from _BY_NAME[event.name](event)


def _site(count: Count) -> Callable[[Told], Facts]:
    def facts(event: Told) -> Facts:
        yield Fact(Kind.SITE, WHOLE, count)

    return facts


def _used(count: Count) -> Callable[[Told], Facts]:
    def facts(event: Told) -> Facts:
        if not _is_by_a_reader(event):
            return
        yield Fact(Kind.SITE, WHOLE, count)
        yield Fact(Kind.SITE, WHOLE, Members.VIEWERS, event.user_id)
        yield Fact(Kind.CONTENT, event.object_id, count)
        yield Fact(Kind.CONTENT, event.object_id, Members.VIEWERS, event.user_id)

    return facts


def _course(count: Count, members: Members) -> Callable[[Told], Facts]:
    def facts(event: Told) -> Facts:
        kind = Kind(event.object_type)
        yield Fact(Kind.SITE, WHOLE, count)
        yield Fact(kind, event.object_id, members, event.text("user_id") or event.user_id)

    return facts


def _lesson(count: Count | None, members: Members | None = None) -> Callable[[Told], Facts]:
    def facts(event: Told) -> Facts:
        lesson = f"{event.text('course_id')}/{event.object_id}"
        if count:
            yield Fact(Kind.SITE, WHOLE, count)
            yield Fact(Kind.LESSON, lesson, count)
        if members:
            yield Fact(Kind.LESSON, lesson, members, event.user_id)

    return facts


def _assignment(members: Members, count: Count | None = None) -> Callable[[Told], Facts]:
    def facts(event: Told) -> Facts:
        kind, _, target = event.text("target").partition(":")
        if count:
            yield Fact(Kind.SITE, WHOLE, count)
        if kind in (Kind.COURSE, Kind.PATH) and target:
            yield Fact(Kind(kind), target, members, event.object_id)

    return facts


def _overdue(event: Told) -> Facts:
    yield Fact(Kind.SITE, WHOLE, Count.BECAME_OVERDUE)


def _found(event: Told) -> Facts:
    yield Fact(Kind.SITE, WHOLE, Count.FOUND)
    yield Fact(Kind.CONTENT, event.object_id, Count.FOUND)


_BY_NAME: Mapping[str, Callable[[Told], Facts]] = {
    "user.signed_in": _site(Count.SIGN_INS),
    "content.viewed": _used(Count.VIEWS),
    "content.downloaded": _used(Count.DOWNLOADS),
    "content.opened": _used(Count.DOWNLOADS),
    "content.searched_from": _found,
    "content.approved": _site(Count.APPROVALS),
    "content.verified": _site(Count.VERIFICATIONS),
    "search.performed": _site(Count.SEARCHES),
    "search.zero_result": _site(Count.IN_VAIN),
    "search.clicked": _site(Count.CLICKS),
    "course.opened": _course(Count.STARTS, Members.STARTED),
    "course.completed": _course(Count.COMPLETIONS, Members.COMPLETED),
    "path.opened": _course(Count.STARTS, Members.STARTED),
    "path.completed": _course(Count.COMPLETIONS, Members.COMPLETED),
    "lesson.started": _lesson(None, Members.STARTED),
    "lesson.completed": _lesson(Count.LESSONS_DONE, Members.COMPLETED),
    "quiz.submitted": _lesson(Count.QUIZZES),
    "quiz.passed": _lesson(Count.PASSES),
    "quiz.failed": _lesson(Count.FAILURES),
    "certificate.issued": _site(Count.CERTIFICATES),
    "assignment.created": _assignment(Members.ASSIGNED, Count.ASSIGNMENTS),
    "assignment.begun": _assignment(Members.BEGUN),
    "assignment.completed": _assignment(Members.MET),
    "assignment.waived": _assignment(Members.ENDED),
    "assignment.cancelled": _assignment(Members.ENDED),
    "assignment.became_overdue": _overdue,
}
