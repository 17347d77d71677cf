"""Who is told what: the rule as a truth table, and the way of an event into an inbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import services as accounts
from accounts.models import StandingRecord
from accounts.person import SYSTEM, Person
from content.enums import Status
from content.services import lifecycle
from content.tests.factories import make_item
from core import clock
from core.api.testing import settle
from core.aws import metering
from core.aws.records import get, put_unread
from core.events import Event
from core.testing import ANA, CARL, CORA, RITA, VERA
from lms.services import certificate_ends
from lms.store import certificates
from lms.tests.assignment_factories import assign
from lms.tests.certificate_factories import earn
from lms.tests.factories import make_course
from notifications import handlers, occasions, pages, rules
from notifications.delivery import store as mailings
from notifications.enums import Kind, Origin
from notifications.rules import Candidate, Happening, Occasion
from notifications.services import errands, following, inbox, people, telling
from notifications.services.telling import News
from notifications.store import errands as errand_store
from notifications.store import inbox as store
from notifications.store import subscriptions
from webhooks.rules import catalogue

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def cast(cloud: object, monkeypatch: pytest.MonkeyPatch) -> None:
    for person in (VERA, CARL, CORA, RITA, ANA):
        accounts.ensure_profile(by=person)
        settle(person)
    monkeypatch.setattr(people, "approvers", lambda: [RITA.user_id])


def disable(person: Person) -> None:
    record = get(StandingRecord, f"standing:{person.user_id}")
    record.enabled = False
    put_unread([record])


def told(person: Person) -> list[tuple[str, int]]:
    return [(one.kind, int(one.times)) for one in store.page_of(person.user_id).items]


def happened(name: str, object_id: str, by: Person, **props: object) -> Event:
    return Event(name, object_id, by.user_id, props)  # type: ignore[arg-type]


def hear(event: Event) -> None:
    handlers.tell(event)
    errands.finish_all()


@pytest.mark.parametrize("kind", list(Kind))
def test_somebody_is_told_when_all_of_it_holds(kind: Kind) -> None:
    for active, sees, count, muted in product((True, False), (True, False), (0, 1, 3), ((), (kind.value,), ("other",))):
        wanted = kind in rules.MANDATORY or muted != (kind.value,)
        assert rules.is_told(kind, Candidate(active, sees, count, muted)) == (active and sees and count > 0 and wanted)


_MOMENTS = st.lists(st.integers(0, 300), min_size=1, max_size=12)


@given(_MOMENTS, st.data())
def test_what_is_told_twice_counts_once_and_no_occasion_lasts_longer_than_its_window(
    minutes: list[int], data: st.DataObject
) -> None:
    known: Occasion | None = None
    order = [(str(n), NOW + timedelta(minutes=m)) for n, m in enumerate(sorted(minutes))]
    seen: dict[str, Occasion] = {}
    for event_id, at in order:
        for _again in range(data.draw(st.integers(1, 2))):
            found = rules.joined(known, Happening(event_id, "a"), at)
            if rules.replaces(known, found):
                known = found
            seen[event_id] = found
        assert at - seen[event_id].began_at < rules.WINDOW
    ids = [one.event_id for one in seen[order[-1][0]].happenings]
    assert len(ids) == len(set(ids))


@given(st.lists(st.sampled_from("abc"), max_size=8), st.sampled_from("abc"))
def test_nobody_counts_what_she_did_herself(actors: list[str], person: str) -> None:
    occasion = Occasion(NOW, [Happening(str(number), actor) for number, actor in enumerate(actors)])
    assert occasion.count_for(person) == len(actors) - actors.count(person)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_ids_sort_by_time_and_say_when_it_began(one: int, other: int) -> None:
    a, b = NOW + timedelta(seconds=one), NOW + timedelta(seconds=other)
    assert (rules.id_for(a, "x") < rules.id_for(b, "x")) == (a < b)
    assert rules.began_at_of(rules.id_for(a, "x")) == a


def test_whatever_people_hear_of_other_programs_can_ask_for() -> None:
    told = {name for name in occasions.known_events() if name.partition(".")[0] in catalogue.CATALOGUE}
    assert told <= catalogue.PATTERNS


def test_a_decision_reaches_whoever_submitted_and_not_who_decided() -> None:
    item = make_item(Status.APPROVED, owner=CARL, title="Pricing")
    hear(happened("content.approved", item.content_id, RITA, version=1, minor=False))
    assert told(CARL) == [("approved", 1)]
    assert told(RITA) == told(VERA) == []


def test_an_event_that_is_told_again_changes_nothing() -> None:
    item = make_item(Status.APPROVED, owner=CARL)
    event = happened("content.approved", item.content_id, RITA, version=1, minor=False)
    hear(event)
    inbox.mark_all_read(by=CARL)
    hear(event)
    assert told(CARL) == [("approved", 1)]
    assert store.head_of(CARL.user_id).unread == 0


def test_repeats_within_an_hour_are_one_that_counts_them_and_later_ones_another() -> None:
    item = make_item(Status.APPROVED, owner=CARL, title="Pricing")
    following.follow(target=f"content:{item.content_id}", by=VERA)
    for minutes in (0, 10, 20, 59, 61):
        with clock.at(clock.now() + timedelta(minutes=minutes)):
            hear(happened("content.approved", item.content_id, RITA, version=2, minor=False))
    assert told(VERA) == [("updated", 1), ("updated", 4)]
    (_, row) = pages.rows_of(VERA, store.page_of(VERA.user_id).items)
    assert row.sentence == "Updated 4 times"
    assert store.head_of(VERA.user_id).unread == 2


def test_a_minor_change_is_no_news_to_followers() -> None:
    item = make_item(Status.APPROVED, owner=CARL)
    following.follow(target=f"content:{item.content_id}", by=VERA)
    hear(happened("content.approved", item.content_id, RITA, version=2, minor=True))
    assert told(VERA) == []


def test_who_follows_it_twice_over_hears_of_it_once() -> None:
    item = make_item(Status.APPROVED, owner=CARL)
    for target in (f"content:{item.content_id}", f"suite:{item.product_suite}"):
        following.follow(target=target, by=VERA)
    hear(happened("content.approved", item.content_id, RITA, version=2, minor=False))
    assert told(VERA) == [("updated", 1)]


def test_what_somebody_may_not_see_or_mutes_she_is_not_told_and_the_disabled_neither() -> None:
    item = make_item(Status.APPROVED, owner=CARL)
    for person in (VERA, CORA, ANA):
        following.follow(target=f"content:{item.content_id}", by=person)
    inbox.set_muted(kinds=[Kind.RETIRED], by=ANA)
    disable(CORA)
    lifecycle.expire(content_id=item.content_id, reason="Wrong.", by=RITA)
    hear(happened("content.expired", item.content_id, RITA, version=1))
    assert told(VERA) == told(CORA) == told(ANA) == []


def test_losing_access_silences_and_names_nothing() -> None:
    item = make_item(Status.APPROVED, owner=CARL, title="Secret canary")
    following.follow(target=f"content:{item.content_id}", by=VERA)
    hear(happened("content.approved", item.content_id, RITA, version=2, minor=False))
    lifecycle.expire(content_id=item.content_id, reason="Wrong.", by=RITA)
    (row,) = pages.rows_of(VERA, store.page_of(VERA.user_id).items)
    assert row.is_gone
    assert (row.path, row.sentence) == ("", "")
    assert "canary" not in str(row.title)
    assert pages.lines_for(VERA, [row.notification_id]) == []


def test_a_role_that_changes_is_told_whatever_she_mutes() -> None:
    hear(happened("person.role_changed", VERA.user_id, ANA, role="Contributor"))
    (row,) = pages.rows_of(VERA, store.page_of(VERA.user_id).items)
    assert (str(row.title), row.sentence) == ("Your role is Contributor", "Ana Admin changed what you may do here")


def test_many_are_told_in_slices_and_a_worker_that_dies_leaves_neither_gap_nor_repeat(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    item = make_item(Status.APPROVED, owner=CARL)
    target, crowd = f"content:{item.content_id}", [f"sub-{number:03d}" for number in range(120)]
    monkeypatch.setattr(people, "active_among", lambda ids: {one: Person(one, "", VERA.role) for one in ids})
    for one in crowd:
        subscriptions.follow(one, target, Origin.CHOSEN)
    news = News(Kind.UPDATED, target, "event-1", RITA.user_id, clock.now())
    errands.send(news, [target])
    assert len(errand_store.waiting()) == 1
    come_to = errand_store.come_to
    monkeypatch.setattr(errand_store, "come_to", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):  # told the first slice, and died before that was written down
        errands.turn()
    monkeypatch.setattr(errand_store, "come_to", come_to)
    meter = metering.start()
    errands.finish_all()
    assert meter.calls - meter.by_table["mailings"] < 25
    assert errand_store.waiting() == []
    assert all(len(store.page_of(one).items) == 1 and store.head_of(one).unread == 1 for one in crowd)
    assert telling.tell(news, crowd) == 0


def test_an_assignment_is_told_while_it_is_open_and_its_overdue_copy_to_whoever_assigned_it() -> None:
    course = make_course()
    given_to_vera = assign(course)
    facts = {"user_id": VERA.user_id, "target": f"course:{course.course_id}", "due_at": "2026-11-20T22:59:59.000Z"}
    hear(happened("assignment.created", given_to_vera.assignment_id, RITA, **facts))
    facts |= {"stage": "week_after", "copy_to": RITA.user_id}
    hear(happened("assignment.reminder_due", given_to_vera.assignment_id, SYSTEM, **facts))
    assert told(VERA) == [("overdue", 1), ("assigned", 1)]
    (row,) = pages.rows_of(RITA, store.page_of(RITA.user_id).items)
    assert row.sentence.startswith("Vera Viewer has not completed this")


def test_the_end_of_a_certificate_reaches_its_holder_until_she_has_renewed_it() -> None:
    certificate = earn(at=clock.now() - timedelta(days=330), validity_months=12)
    assert certificate_ends.tell_of_ends(clock.now()) == 1
    facts = {"user_id": VERA.user_id, "valid_until": clock.iso(certificate.valid_until)}
    ending = happened("certificate.expiring", certificate.certificate_id, SYSTEM, **facts)
    hear(ending)
    (row, *_older) = pages.rows_of(VERA, store.page_of(VERA.user_id).items)
    assert str(row.title) == certificate.title and row.sentence.startswith("It ends ")
    certificate = certificates.certificate_by_id(certificate.certificate_id, fresh=True)
    certificate.superseded_by = "another"
    certificates.note_told(certificate)
    hear(happened("certificate.expired", certificate.certificate_id, SYSTEM, **facts))
    assert [kind for kind, _times in told(VERA)].count("certificate_expired") == 0


def test_nothing_is_due_soon_that_was_due_already() -> None:
    course = make_course()
    open_one = assign(course)
    for stage, days in (("day_of", -3), ("day_before", 1)):
        due = clock.iso(clock.now() + timedelta(days=days))
        facts = {"user_id": VERA.user_id, "target": f"course:{course.course_id}", "due_at": due, "stage": stage}
        hear(happened("assignment.reminder_due", open_one.assignment_id, SYSTEM, **facts))
        assert told(VERA) == ([("due_soon", 1)] if days > 0 else [])


def test_what_happened_long_ago_rings_no_bell_and_what_no_inbox_keeps_is_not_counted() -> None:
    item = make_item(Status.APPROVED, owner=CARL)
    now = clock.now()
    for days in (8, 181):
        event = happened("content.changes_requested", item.content_id, RITA, version=1)
        hear(replace(event, at=now - timedelta(days=days)))
    assert told(CARL) == [("changes_requested", 1)]
    assert store.head_of(CARL.user_id).unread == 0
    assert store.page_of(CARL.user_id, unread=True).items == []
    assert mailings.waiting_of(CARL.user_id, now) == []


def test_what_must_be_known_is_told_however_late() -> None:
    assert [kind for kind in Kind if not rules.is_history(kind, NOW - timedelta(days=30), NOW)] == [
        kind for kind in Kind if kind in rules.MANDATORY
    ]
    assert not any(rules.is_history(kind, NOW - timedelta(days=6), NOW) for kind in Kind)


def test_a_count_that_is_off_is_right_again_when_all_is_read() -> None:
    item = make_item(Status.APPROVED, owner=CARL)
    hear(happened("content.approved", item.content_id, RITA, version=1, minor=False))
    head = store.head_of(CARL.user_id, fresh=True)
    head.unread = 6  # five that she never read are over
    store.save_head(head)
    assert inbox.mark_all_read(by=CARL) == 1
    assert store.head_of(CARL.user_id, fresh=True).unread == 0
