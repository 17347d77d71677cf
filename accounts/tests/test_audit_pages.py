from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest

from accounts import audit_list, store
from accounts.enums import AuditResult
from accounts.services import ensure_profile
from bench.recording import recorded
from core import clock
from core.testing import ANA, CARL, RITA, VERA, as_htmx, sign_in

LOG = "/manage/audit/"
NOW = datetime.now(UTC)
WORDS = re.compile(r'<span class="audit-what"><strong>([^<]+)</strong> ([^<]+?) <span')


def write(by, action, object_id="c1", *, at=None, **details):
    with clock.at(at or NOW):
        object_type = action.partition(".")[0]
        entry = store.audit_entry(by=by, action=action, object_type=object_type, object_id=object_id, **details)
        store.save_audit(entry)
    return entry


def shown(response):
    return WORDS.findall(response.text)


@pytest.fixture
def admin(cloud, client):
    for person in (ANA, CARL, RITA):
        ensure_profile(by=person)
    return sign_in(client, ANA)


@pytest.fixture
def log(admin):
    month_before = NOW.replace(day=1) - timedelta(days=1)
    return [
        write(CARL, "thing.made", at=month_before),
        write(CARL, "thing.changed", at=NOW - timedelta(seconds=5), changes={"status": {"before": "A", "after": "B"}}),
        write(RITA, "thing.changed", "c2", at=NOW - timedelta(seconds=4), reason="Wrong <b>price</b>"),
        write(RITA, "person.role_changed", CARL.user_id, at=NOW - timedelta(seconds=3)),
        write(VERA, "thing.made", "c2", at=NOW - timedelta(seconds=2), result=AuditResult.DENIED),
    ]


def test_newest_month_is_shown_newest_first_with_names(admin, log):
    page = admin.get(LOG)

    assert shown(page) == [
        ("Somebody who never signed in", "made"),
        (RITA.name, "changed the role"),
        (RITA.name, "changed"),
        (CARL.name, "changed"),
    ]
    assert "Refused" in page.text
    assert f'href="/manage/users/{CARL.user_id}/">{CARL.name}</a>' in page.text


def test_entry_opens_to_its_changes_and_reason(admin, log):
    page = admin.get(LOG).text
    assert "<del>A</del> → B" in page
    assert "Wrong &lt;b&gt;price&lt;/b&gt;" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (f"who={CARL.user_id}", ["changed", "made"]),
        (f"who={CARL.user_id}&thing=thing:c1&action=", ["changed", "made"]),
        (f"who={RITA.user_id}&thing=thing:c2", ["changed"]),
        ("thing=thing:c2", ["made", "changed"]),
        ("thing=thing:nothing", []),
        ("action=person.role_changed", ["changed the role"]),
        ("result=denied", ["made"]),
        (f"who={CARL.user_id}&month={NOW:%Y-%m}", ["changed"]),
        ("who=system", []),
    ],
)
def test_entries_are_narrowed(admin, log, query, found):
    assert [words for _, words in shown(admin.get(f"{LOG}?{query}"))] == found


def test_a_day_is_all_of_it_and_nothing_else(admin):
    day = datetime(2026, 3, 31, tzinfo=UTC)
    for what, at in (("made", day - timedelta(seconds=1)), ("changed", day), ("changed", day + timedelta(hours=23))):
        write(CARL, f"thing.{what}", at=at)
    write(RITA, "thing.made", at=day + timedelta(days=1))
    both = [(CARL.name, "changed")] * 2
    assert shown(admin.get(LOG, {"day": "2026-03-31"})) == both
    assert shown(admin.get(LOG, {"day": "2026-03-31", "who": CARL.user_id})) == both
    assert shown(admin.get(LOG, {"day": "2026-03-31", "thing": "thing:c1", "month": "2026-01"})) == both
    assert "31 March 2026" in admin.get(LOG, {"day": "2026-03-31"}).text
    assert admin.get(LOG, {"day": "the 31st"}).status_code == 400


def test_month_goes_on_with_the_month_before(admin, log):
    earlier = log[0].month
    page = admin.get(LOG).text
    assert f"month={earlier}" in page
    assert shown(admin.get(f"{LOG}?month={earlier}")) == [(CARL.name, "made")]


@pytest.mark.parametrize(
    "query", ["thing=nonsense", "month=2026-13", "month=yesterday", "action=no.such", "result=maybe"]
)
def test_filter_that_is_none_says_so(admin, query):
    answer = admin.get(f"{LOG}?{query}")
    assert answer.status_code == 400
    assert 'class="error"' in answer.text


def test_address_gives_way_to_the_id(pool, client):
    sign_in(client, pool["ana"])
    answer = client.get(f"{LOG}?who=Carl.Contributor@gravyty.com&result=denied")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{LOG}?who={pool['carl'].user_id}&result=denied"
    assert "Nobody signs in" in client.get(f"{LOG}?who=nobody@gravyty.com").text


def test_pages_hold_every_entry_once(admin, monkeypatch):
    monkeypatch.setattr(audit_list, "ENOUGH", 3)
    monkeypatch.setattr(audit_list, "_NARROWED", 2)
    for number in range(10):
        write(CARL, "thing.made" if number % 2 else "thing.changed", f"c{number}")
    for filters, expected in (
        (audit_list.Filters(month=f"{NOW:%Y-%m}"), 10),
        (audit_list.Filters(actor=CARL.user_id), 10),
        (audit_list.Filters(actor=CARL.user_id, action="thing.made"), 5),
    ):
        found, cursor = [], None
        while True:
            page = audit_list.entries(filters, cursor)
            found += [entry.ts_id for entry in page.items]
            cursor = page.next_cursor
            if cursor is None:
                break
        assert len(found) == len(set(found)) == expected


def test_filter_that_nothing_passes_stops_after_some_queries(admin, monkeypatch):
    monkeypatch.setattr(audit_list, "_NARROWED", 1)
    for number in range(8):
        write(CARL, "thing.made", f"c{number}")
    with recorded() as calls:
        page = admin.get(f"{LOG}?result=failed")
    assert [call.operation for call in calls].count("Query") == audit_list.MOST_QUERIES
    assert "There are more" in page.text
    assert "cursor=" in page.text


def test_page_is_one_query_and_one_read_of_names(admin, log):
    for query in ("", f"?who={CARL.user_id}", "?thing=thing:c1", f"?thing=person:{CARL.user_id}"):
        with recorded() as calls:
            admin.get(LOG + query)
        assert [call.operation for call in calls] == ["Query", "BatchGetItem"]


def test_export_has_the_chosen_entries_and_no_formula(admin, log):
    write(CARL, "thing.changed", "c3", reason="=HYPERLINK(1)", changes={"n": {"after": 1}})
    answer = admin.get(f"{LOG}export/?who={CARL.user_id}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))

    assert answer.headers["Content-Disposition"] == 'attachment; filename="audit-all.csv"'
    assert [(row["actor"], row["action"], row["object_id"]) for row in rows] == [
        (CARL.name, "thing.changed", "c3"),
        (CARL.name, "thing.changed", "c1"),
        (CARL.name, "thing.made", "c1"),
    ]
    assert (rows[0]["reason"], rows[0]["changes"]) == ("'=HYPERLINK(1)", '{"n": {"after": 1}}')


def test_export_is_written_down(admin, log):
    admin.get(f"{LOG}export/?result=denied")
    (entry,) = store.audit_of_target("audit:log").items
    assert (entry.actor_id, entry.action) == (ANA.user_id, "audit.exported")
    assert entry.changes["result"] == {"after": "denied"}


def test_export_of_nonsense_is_refused(admin):
    assert admin.get(f"{LOG}export/?thing=nonsense").status_code == 400


@pytest.mark.parametrize("person", [VERA, CARL, RITA], ids=lambda person: person.role.value)
@pytest.mark.parametrize("address", [LOG, f"{LOG}export/"])
def test_log_is_closed_to_others_and_the_attempt_is_in_it(cloud, client, person, address):
    answer = sign_in(client, person).get(address)
    assert answer.status_code == 403
    (entry,) = store.audit_of_actor(person.user_id).items
    assert (entry.result, entry.object_type) == ("denied", "area")
    assert entry.object_id.startswith("accounts:audit")


def test_refusal_that_cannot_be_written_down_stays_one(cloud, client, monkeypatch):
    from core.errors import Unavailable

    def silent(*entries):
        raise Unavailable

    monkeypatch.setattr(store, "save_audit", silent)
    assert sign_in(client, VERA).get(LOG).status_code == 403


def test_refusals_elsewhere_are_no_matter_for_the_log(cloud, client):
    assert sign_in(client, VERA).get("/content/new/").status_code == 403
    assert store.audit_of_actor(VERA.user_id).items == []


@pytest.mark.parametrize("address", [LOG, f"{LOG}export/"])
def test_log_is_only_read(admin, address):
    assert admin.post(address).status_code == 405


def test_fragment_is_the_part_of_the_page(admin, log):
    whole, part = admin.get(LOG).text, admin.get(LOG, headers=as_htmx()).text
    assert part.strip().startswith("<section")
    assert part.strip() in whole


def test_cursor_of_another_list_is_refused(admin, monkeypatch):
    monkeypatch.setattr(audit_list, "ENOUGH", 1)
    for number in range(3):
        write(CARL, "thing.made", f"c{number}")
    cursor = audit_list.entries(audit_list.Filters(actor=CARL.user_id), None).next_cursor
    assert admin.get(f"{LOG}?who={RITA.user_id}&cursor={cursor}").status_code == 400
