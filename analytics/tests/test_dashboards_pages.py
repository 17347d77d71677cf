"""The dashboards: what they show, whom, of which days, and how many requests that takes."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from analytics import store
from analytics.services import rolling, stock
from analytics.tests.events import noon, told
from content.tests.factories import make_item
from core import clock
from core.aws import metering
from core.testing import ANA, CARL, CORA, RITA, VERA, as_htmx, sign_in
from lms.store.courses import lessons_of
from lms.tests.factories import make_course

OVER = "/manage/analytics/"
THEMES = ("", "content/", "learning/", "search/", "people/")
LISTS = ("top", "never-used", "stale", "courses", "funnel", "terms", "terms-in-vain", "teams", "roles")


@pytest.fixture(scope="module")
def used(shared_cloud):
    """An item that was looked at, one that never was, a search in vain, a course that one of two completed."""
    ids = {title: make_item(title=title, owner=CARL).content_id for title in ("Used <often>", "Unused")}
    events = [
        told("content.viewed", noon(days), thing=ids["Used <often>"], user=who)
        for days in (0, 1, 3, 40)
        for who in ("sub-vera", "sub-cora")
    ]
    events += [
        told("search.performed", noon(1), thing="s1", search="s1"),
        told("search.zero_result", noon(1), thing="s1", search="s1"),
    ]
    for who in ("a1", "a2"):
        events.append(told("assignment.created", noon(2), thing=who, target="course:made-up", user_id=who))
    events.append(told("assignment.completed", noon(1), thing="a1", target="course:made-up", user_id="a1"))
    store.append_many(events, {"s1": "=rfp template"})
    stock.take_stock(clock.now())
    rolling.count_days({event.at.date() for event in events})
    rolling.roll_up(clock.now())
    return ids


@pytest.fixture
def admin(used, client):
    return sign_in(client, ANA)


def table(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    return [row for row in rows if row[0].startswith("# ")], [row for row in rows if not row[0].startswith("# ")]


def test_the_overview_shows_headlines_compared_with_the_days_before(admin):
    text = admin.get(f"{OVER}?days=28").text
    assert "Used &lt;often&gt;" in text
    assert "200% more" in text
    assert "2 in the 28 days before" in text
    assert "=rfp template" in text
    assert "counted" in text


def test_each_theme_draws_its_days_and_says_them_in_a_table(admin):
    for theme in THEMES:
        page = admin.get(f"{OVER}{theme}?days=7")
        assert page.status_code == 200
        assert page.text.count('class="graph-day"') == 7
        assert 'role="img" aria-labelledby' in page.text
        assert page.text.count("<title id=") == page.text.count("<desc id=") == 1
        assert "As a table" in page.text
        assert " style=" not in page.text


def test_the_unused_and_the_searched_in_vain_stand_in_their_lists(admin, used):
    content = admin.get(f"{OVER}content/?days=7").text
    assert reverse("analytics:item", args=[used["Used <often>"]]) in content
    search = admin.get(f"{OVER}search/?days=7").text
    assert f"/search/?{urlencode({'q': '=rfp template'})}".replace("&", "&amp;") in search
    assert "100% of searches" in search


def test_days_without_searches_have_no_share_of_them(admin):
    for page in ("", "search/"):
        text = admin.get(f"{OVER}{page}?first=2026-01-05&last=2026-01-06").text
        assert "– of searches" not in text and "% of searches" not in text
        assert "No search of these days found nothing." in text


def test_the_funnel_says_how_many_completed(admin):
    text = admin.get(f"{OVER}learning/?days=7").text
    assert "Assigned" in text
    assert "50%" in text


@pytest.mark.parametrize("days", [7, 28, 90])
@pytest.mark.parametrize("theme", THEMES)
def test_a_dashboard_makes_six_requests_whatever_the_days(admin, theme, days):
    admin.get("/manage/analytics/")  # the options are at hand, as they are for all but one request a minute
    meter = metering.start()
    assert admin.get(f"{OVER}{theme}?days={days}").status_code == 200
    assert meter.calls <= 6 + 1, meter.by_table  # and the session


def test_large_boards_are_read_in_two_requests(admin, monkeypatch):
    monkeypatch.setattr("analytics.services.boards._MOST_BYTES", 40)
    before = admin.get(f"{OVER}content/?days=7").text
    rolling.roll_up(clock.now())
    stock.take_stock(clock.now())
    meter = metering.start()
    again = admin.get(f"{OVER}content/?days=7").text
    assert meter.calls <= 6 + 1
    assert _numbers(before) == _numbers(again)


def _numbers(text):
    return text[text.index('<ul class="tiles">') : text.index("</section>")]


def test_htmx_is_answered_with_the_board_alone(admin):
    answer = admin.get(f"{OVER}search/?days=7&first=&last=&product=", headers=as_htmx())
    part = answer.text
    assert answer.headers["HX-Push-Url"] == f"{OVER}search/?days=7"
    assert part.strip().startswith('<div id="board"')
    assert "<h1>" not in part


def test_a_product_narrows_items_and_says_what_it_cannot_narrow(admin, used):
    suite = store.stock_by_ids(stock.Kind.CONTENT, [used["Unused"]])[used["Unused"]].labels[0]
    text = admin.get(f"{OVER}content/?days=7&product={suite}").text
    assert "Used &lt;often&gt;" in text
    assert "All products" in text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("first=2026-01-20&last=2026-01-10", "The first day is after the last."),
        ("first=0001-01-01&last=2026-01-10", "Numbers are kept for 25 months"),
        ("first=2000-01-01&last=2000-01-10", "Numbers are kept for 25 months"),
        ("first=2026-01-01", "Give both days"),
        ("last=2026-01-01", "Give both days"),
        ("first=2026-02-30&last=2026-03-01", "Write the day as year-month-day"),
        ("first=%00&last=2026-03-01", "Write the day as year-month-day"),
        ("days=13", "Choose 7, 28 or 90 days"),
        ("days=9999999999999999999999", "Choose 7, 28 or 90 days"),
        ("product=made-up", "There is no such product or suite"),
    ],
)
def test_what_cannot_be_shown_is_said_beside_its_field(admin, query, sentence):
    for theme in ("", "people/"):
        page = admin.get(f"{OVER}{theme}?{query}")
        assert page.status_code == 400
        assert sentence in page.text
        assert "Nothing to show for this choice" in page.text


def test_days_the_wrong_way_round_are_offered_the_right_way(admin):
    first, last = ((clock.now() - timedelta(days=days)).date() for days in (9, 3))
    page = admin.get(OVER, {"first": last.isoformat(), "last": first.isoformat()})
    assert f"first={first}&amp;last={last}" in page.text


def test_a_day_to_come_and_a_range_too_long_are_refused(admin):
    today = clock.now().date()
    tomorrow = admin.get(OVER, {"first": today.isoformat(), "last": (today + timedelta(days=1)).isoformat()})
    assert "has not come yet" in tomorrow.text
    long = admin.get(OVER, {"first": (today - timedelta(days=400)).isoformat(), "last": today.isoformat()})
    assert "at most 400 days" in long.text
    assert admin.get(OVER, {"first": today.isoformat(), "last": today.isoformat()}).status_code == 200


def test_a_year_is_drawn_by_week_and_its_file_has_every_day(admin):
    today = clock.now().date()
    asked = {"first": (today - timedelta(days=364)).isoformat(), "last": today.isoformat()}
    page = admin.get(f"{OVER}content/", asked)
    assert page.text.count('class="graph-day"') == 53
    assert "Use by week" in page.text
    _, rows = table(admin.get(f"{OVER}export/content/", asked))
    assert len(rows) == 1 + 365
    assert sum(int(row[1]) for row in rows[1:]) == 8


def test_a_quarter_swaps_in_ten_kilobytes(admin):
    for theme in THEMES:
        part = admin.get(f"{OVER}{theme}?days=90", headers=as_htmx())
        assert len(gzip.compress(part.content)) <= 10_000


def test_days_stand_in_every_link_and_nothing_else_does(admin):
    text = admin.get(f"{OVER}?days=7&product=&evil=%22%3E%3Cscript%3E", headers=as_htmx()).text
    assert "evil" not in text
    assert 'href="/manage/analytics/search/?days=7"' in text


def test_every_list_and_number_is_a_file_with_its_definition(admin):
    for name in (*LISTS, "people", "views", "content", "learning", "search", "viewers"):
        answer = admin.get(f"{OVER}export/{name}/?days=7")
        assert answer.status_code == 200, name
        remarks, rows = table(answer)
        assert len(remarks) >= 2
        assert "as of 20" in remarks[-1][0]
        assert rows


def test_a_file_of_days_has_a_line_for_each_and_the_numbers_of_the_page(admin):
    _, rows = table(admin.get(f"{OVER}export/content/?days=7"))
    assert rows[0] == ["day", "views", "downloads"]
    assert len(rows) == 1 + 7
    assert sum(int(row[1]) for row in rows[1:]) == 6


def test_a_search_that_looks_like_a_formula_is_a_text_in_its_file(admin):
    _, rows = table(admin.get(f"{OVER}export/terms-in-vain/?days=7"))
    assert rows[1][:3] == ["'=rfp template", "1", "1"]


def test_a_file_that_is_not_there_and_one_of_no_days(admin):
    assert admin.get(f"{OVER}export/made-up/").status_code == 404
    assert admin.get(f"{OVER}export/top/?days=13").status_code == 400


@pytest.mark.parametrize("person", [VERA, CORA, CARL, RITA], ids=lambda person: person.name)
def test_only_admins_see_dashboards(used, client, person):
    sign_in(client, person)
    for address in (*(OVER + theme for theme in THEMES), f"{OVER}export/top/", f"{OVER}pick/"):
        assert client.get(address).status_code == 403


def test_the_picker_offers_suites_and_products(admin):
    assert admin.get(f"{OVER}pick/?q=").json()["choices"]


def test_an_owner_sees_the_numbers_of_her_item_in_six_requests(used, client):
    sign_in(client, CARL)
    address = reverse("analytics:item", args=[used["Used <often>"]])
    meter = metering.start()
    page = client.get(f"{address}?days=7")
    assert meter.calls <= 6
    assert page.status_code == 200
    assert "Used &lt;often&gt;" in page.text
    assert "6" in page.text
    _, rows = table(client.get(f"{address}export/?days=7"))
    assert sum(int(row[1]) for row in rows[1:]) == 6
    assert client.get(f"{address}?days=13").status_code == 400


@pytest.mark.parametrize("person", [VERA, CORA, RITA], ids=lambda person: person.name)
def test_others_find_no_numbers_of_an_item(used, client, person):
    sign_in(client, person)
    address = reverse("analytics:item", args=[used["Unused"]])
    assert client.get(address).status_code == 404
    assert client.get(f"{address}export/").status_code == 404


def test_the_page_of_an_item_leads_its_owner_and_admins_to_its_numbers(used, client):
    address = reverse("analytics:item", args=[used["Unused"]])
    for person, leads in ((CARL, True), (ANA, True), (CORA, False), (VERA, False), (RITA, False)):
        text = sign_in(client, person).get(f"/content/{used['Unused']}/").text
        assert (address in text) == leads, person.name


def test_a_course_says_how_far_people_come_lesson_by_lesson_in_six_requests(used, client):
    course_id = str(make_course(owner=CARL).course_id)
    lesson_id = lessons_of(course_id)[0].lesson_id
    events = [told("course.opened", noon(days), thing=course_id, user="sub-cora") for days in (1, 2)]
    events += [told("lesson.started", noon(1), thing=lesson_id, course_id=course_id, user=who) for who in ("a", "b")]
    events += [told("lesson.completed", noon(1), thing=lesson_id, course_id=course_id, user="a")]
    store.append_many(events)
    rolling.count_days({event.at.date() for event in events})
    sign_in(client, CARL)
    address = reverse("analytics:course", args=[course_id])
    meter = metering.start()
    text = client.get(f"{address}?days=7").text
    assert meter.calls <= 6
    assert "50%" in text
    assert "<strong>1</strong>" in text, "she began it on two days, and is one person"
    _, rows = table(client.get(f"{address}export/lessons/?days=7"))
    assert rows[1][1:] == ["2", "1"]
    _, rows = table(client.get(f"{address}export/days/?days=7"))
    assert sum(int(row[1]) for row in rows[1:]) == 2
    assert client.get(f"{address}export/funnel/?days=7").status_code == 200
    assert client.get(f"{address}export/made-up/?days=7").status_code == 404
