from __future__ import annotations

from datetime import date

from analytics.rules.counting import Tally
from analytics.rules.months import Sheet, Span, by_day, total, unique_by_day, who

NOVEMBER = "2026-11"


def tally(views: int, *viewers: str) -> Tally:
    made = Tally()
    made.counts["views"] = views
    made.members["viewers"] |= set(viewers)
    return made


def sheet(**days: Tally) -> Sheet:
    made = Sheet()
    for day, one in days.items():
        made.put(int(day.removeprefix("d")), one)
    return made


def test_a_range_counts_its_own_days_alone_and_each_person_once() -> None:
    months = {NOVEMBER: sheet(d1=tally(4, "a"), d2=tally(2, "a", "b"), d9=tally(1, "c"))}
    span = Span(date(2026, 11, 2), date(2026, 11, 30))
    assert total(months, "views", span) == 3
    assert len(who([months], "viewers", span)) == 3
    assert len(who([months], "viewers", Span(date(2026, 11, 1), date(2026, 11, 1)))) == 1
    assert by_day([months], "views", Span(date(2026, 10, 31), date(2026, 11, 2))) == [0, 4, 2]


def test_a_day_that_is_counted_again_takes_the_place_of_what_stood_there() -> None:
    made = sheet(d1=tally(4, "a", "b"), d2=tally(1, "b"))
    made.put(1, tally(1, "a"))
    made.put(1, tally(1, "a"))
    assert made == sheet(d1=tally(1, "a"), d2=tally(1, "b"))
    made.put(1, Tally())
    made.put(2, Tally())
    assert made.is_empty


def test_people_of_several_things_are_one_on_a_day() -> None:
    both = [{NOVEMBER: sheet(d1=tally(1, "a"))}, {NOVEMBER: sheet(d1=tally(1, "a", "b"))}]
    span = Span(date(2026, 11, 1), date(2026, 11, 1))
    assert unique_by_day(both, "viewers", span) == [2]
    assert by_day(both, "viewers", span) == [3]


def test_a_month_is_kept_as_it_was() -> None:
    made = sheet(d1=tally(4, "a"), d31=tally(2, "a", "b"))
    assert Sheet.from_data(made.to_data()) == made


def test_spans_know_their_months_and_the_days_in_them() -> None:
    span = Span(date(2025, 12, 31), date(2026, 2, 1))
    assert span.months == ["2025-12", "2026-01", "2026-02"]
    assert span.within("2025-12") == 1 << 31
    assert span.within("2026-02") == 1 << 1
    assert span.within("2026-03") == 0
    assert Span.of_days(date(2026, 3, 1), 2).first == date(2026, 2, 28)
