"""What counts, and as what: the definitions of docs/analytics.md."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from analytics.enums import WHOLE, Count, Kind, Members
from analytics.rules.counting import Day, counted
from analytics.rules.months import Sheet
from analytics.rules.terms import terms
from analytics.rules.told import Told
from analytics.tests.events import told

NINE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def after(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def views(*minutes: float, **more: object) -> Day:
    return counted(told("content.viewed", after(one), **more) for one in minutes)  # type: ignore[arg-type]


def views_in(day: Day) -> int:
    return day[Kind.CONTENT, "item"].counts[Count.VIEWS] if (Kind.CONTENT, "item") in day else 0


def test_looking_again_within_half_an_hour_is_the_same_view() -> None:
    assert views_in(views(0)) == 1
    assert views_in(views(0, 10, 29.9)) == 1
    assert views_in(views(0, 30)) == 2
    assert views_in(views(0, 20, 40)) == 2, "the second view begins when the first is half an hour old"
    assert views_in(views(0, 20, 40, 65, 71)) == 3


def test_each_person_and_each_item_has_views_of_its_own() -> None:
    day = counted(
        [
            told("content.viewed", after(0), user="a"),
            told("content.viewed", after(1), user="b"),
            told("content.viewed", after(2), user="a", thing="other"),
        ]
    )
    assert views_in(day) == 2
    assert day[Kind.SITE, WHOLE].counts[Count.VIEWS] == 3
    assert day[Kind.CONTENT, "item"].members[Members.VIEWERS] == {"a", "b"}


def test_editors_and_previews_are_no_views() -> None:
    assert views_in(views(0, own=True)) == 0
    assert views_in(views(0, preview=True)) == 0
    assert views(0, own=True)[Kind.SITE, WHOLE].members[Members.PEOPLE] == {"sub-vera"}, "she was there all the same"


def test_a_preview_hides_no_view_that_follows_it() -> None:
    events = [told("content.viewed", after(0), preview=True), told("content.viewed", after(5))]
    assert views_in(counted(events)) == 1


def test_what_jobs_do_makes_nobody_active() -> None:
    assert (Kind.SITE, WHOLE) not in counted([told("content.went_live", NINE, user="system", source="job")])
    assert (Kind.SITE, WHOLE) not in counted([told("content.review_due", NINE, user="sub-vera", source="job")])


def search(minutes: float, search_id: str, *, typing: bool = False, hits: int = 3, user: str = "a") -> list[Told]:
    at = after(minutes)
    found = [
        told("search.performed", at, user=user, thing="search", search=search_id, while_typing=typing, results=hits)
    ]
    if not hits:
        found.append(told("search.zero_result", at, user=user, thing="search", search=search_id, while_typing=typing))
    return found


def test_what_is_searched_on_the_way_to_the_next_search_was_not_meant() -> None:
    events = [
        *search(0, "b", typing=True, hits=0),
        *search(0.05, "ba", typing=True, hits=0),
        *search(0.1, "battle", typing=True),
        *search(0.1, "of somebody else", typing=True, user="b"),
        *search(5, "later"),
    ]
    site = counted(events)[Kind.SITE, WHOLE]
    assert (site.counts[Count.SEARCHES], site.counts[Count.IN_VAIN]) == (3, 0)
    words = {"b": "b", "ba": "ba", "battle": "battle", "later": "battle"}
    found = terms(events, words)
    assert list(found) == ["battle"]
    assert found["battle"].searches == 2
    assert found["battle"].people == {"a"}


def test_a_search_that_was_sent_counts_whatever_follows() -> None:
    site = counted([*search(0, "one"), *search(0.1, "two", hits=0)])[Kind.SITE, WHOLE]
    assert (site.counts[Count.SEARCHES], site.counts[Count.IN_VAIN]) == (2, 1)


def test_a_result_of_a_search_is_opened_once() -> None:
    click = {"thing": "search", "search": "s1", "target": "content:item"}
    events = [told("search.clicked", after(0), **click), told("search.clicked", after(50), **click)]  # type: ignore[arg-type]
    assert counted(events)[Kind.SITE, WHOLE].counts[Count.CLICKS] == 1


def test_assignments_are_counted_at_what_they_are_of() -> None:
    day = counted(
        [
            told("assignment.created", NINE, user="boss", thing="a1", target="course:c", user_id="v"),
            told("assignment.completed", NINE, user="v", thing="a1", target="course:c", user_id="v"),
            told("assignment.created", NINE, user="boss", thing="a2", target="path:p", user_id="v"),
            told("assignment.created", NINE, user="boss", thing="a3", target="nonsense", user_id="v"),
        ]
    )
    assert day[Kind.COURSE, "c"].members == {Members.ASSIGNED: {"a1"}, Members.MET: {"a1"}}
    assert day[Kind.PATH, "p"].members[Members.ASSIGNED] == {"a2"}
    assert day[Kind.SITE, WHOLE].counts[Count.ASSIGNMENTS] == 3


NAMES = (
    "content.viewed", "content.downloaded", "content.opened", "content.searched_from", "search.performed",
    "search.zero_result", "search.clicked", "course.opened", "course.completed", "lesson.started", "lesson.completed",
    "quiz.submitted", "quiz.passed", "assignment.created", "assignment.completed", "user.signed_in", "made.up",
)  # fmt: skip


@st.composite
def happenings(draw: st.DrawFn) -> Told:
    ids = st.sampled_from("abc")
    return told(
        draw(st.sampled_from(NAMES)),
        after(draw(st.integers(0, 240)) / 2),
        user=draw(ids),
        thing=draw(ids),
        event_id=str(draw(st.integers(0, 60))),
        source=draw(st.sampled_from(("web", "api", "job"))),
        search=draw(ids),
        while_typing=draw(st.booleans()),
        own=draw(st.booleans()),
        course_id=draw(ids),
        target=draw(st.sampled_from(("course:x", "path:y"))),
    )


def unlike(events: list[Told]) -> list[Told]:
    """An event keeps its id and all that it says however often it is told."""
    return list({event.event_id: event for event in events}.values())


@given(st.lists(happenings(), max_size=30), st.data())
def test_neither_order_nor_repetition_changes_a_count(events: list[Told], data: st.DataObject) -> None:
    told_once = unlike(events)
    shuffled = data.draw(
        st.permutations(told_once + (data.draw(st.lists(st.sampled_from(told_once))) if told_once else []))
    )
    assert counted(shuffled) == counted(told_once)


@given(st.lists(happenings(), max_size=30), st.integers(0, 30))
def test_what_comes_late_is_counted_as_if_it_had_come_in_time(events: list[Told], split: int) -> None:
    """A day is put into its month twice: before the late ones, and with them."""
    told_once = unlike(events)

    def month(*turns: list[Told]) -> dict[object, Sheet]:
        sheets: dict[object, Sheet] = {}
        for turn in turns:
            for subject, tally in counted(turn).items():
                sheets.setdefault(subject, Sheet()).put(24, tally)
        return sheets

    assert month(told_once[:split], told_once, told_once) == month(told_once)


@given(st.lists(happenings(), max_size=30))
def test_nobody_is_reached_without_a_view_and_nothing_is_found_in_vain_without_a_search(events: list[Told]) -> None:
    for (kind, _), tally in counted(unlike(events)).items():
        if kind is Kind.CONTENT:
            reached = len(tally.members.get(Members.VIEWERS, ()))
            assert reached <= tally.counts[Count.VIEWS] + tally.counts[Count.DOWNLOADS]
