from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from accounts import chain, store
from accounts.services.seals import seal_closed_hours, verify
from core import clock
from core.errors import Stale
from core.testing import ANA, CARL

START = datetime(2026, 10, 31, 21, 15, tzinfo=UTC)
TABLE = settings.TABLES["audit_log"]


def write(moment, number=0):
    with clock.at(moment):
        entry = store.audit_entry(
            by=CARL, action="content.edited", object_type="content", object_id=f"c{number}", changes={"n": number}
        )
        store.save_audit(entry)
    return entry


def seal(now):
    return [seal.hour_part for seal in seal_closed_hours(now)]


def problems(now, **options):
    return [(problem.where, problem.what.split(":")[0]) for problem in verify(now, **options).problems]


def key(entry):
    return {"month": {"S": entry.month}, "ts#id": {"S": entry.ts_id}}


@pytest.fixture
def table(cloud):
    """The table behind the store's back, as somebody would have it who can do more than the portal can."""
    return cloud("dynamodb")


@pytest.fixture
def log(cloud):
    """Entries of three hours, over the end of a month, and one of the hour that is still open."""
    moments = [START + timedelta(minutes=minutes) for minutes in (0, 20, 90, 200, 260)]
    return [write(moment, number) for number, moment in enumerate(moments)]


NOW = START + timedelta(minutes=270)  # 01:45
SEALED = ["2026-10-31T21#0001", "2026-10-31T22#0001", "2026-11-01T00#0001"]


def test_closed_hours_are_sealed_once_and_the_open_one_is_not(log):
    assert seal(NOW) == SEALED
    assert seal(NOW) == []
    found = verify(NOW)
    assert (found.problems, found.entries, found.seals, found.unsealed) == ([], 4, 3, 1)
    assert found.head == store.last_seal().digest


def test_an_hour_is_closed_only_when_its_last_writes_are_in(log):
    assert seal(datetime(2026, 11, 1, 2, 9, tzinfo=UTC)) == SEALED
    assert seal(datetime(2026, 11, 1, 2, 11, tzinfo=UTC)) == ["2026-11-01T01#0001"]


def test_nothing_written_is_nothing_to_seal(cloud):
    assert seal(NOW) == []
    assert problems(NOW) == []


def test_hour_with_many_entries_is_sealed_in_parts_and_goes_on_where_it_was_cut_off(cloud, monkeypatch):
    monkeypatch.setattr(chain, "ENTRIES_AT_MOST", 2)
    for number in range(5):
        write(START + timedelta(minutes=number), number)
    begun = seal_closed_hours(NOW)
    next(begun)
    begun.close()

    assert seal(NOW) == ["2026-10-31T21#0002", "2026-10-31T21#0003"]
    assert problems(NOW) == []


def test_changed_entry_is_named(log, table):
    seal(NOW)
    table.update_item(
        TableName=TABLE,
        Key=key(log[1]),
        UpdateExpression="SET actor_id = :other",
        ExpressionAttributeValues={":other": {"S": ANA.user_id}},
    )
    assert problems(NOW) == [(f"2026-10/{log[1].ts_id}", "this entry was changed")]


@pytest.mark.parametrize("attribute", ["reason", "changes", "result", "request_id"])
def test_no_field_of_an_entry_can_be_changed_or_added(log, table, attribute):
    seal(NOW)
    table.update_item(
        TableName=TABLE,
        Key=key(log[0]),
        UpdateExpression="SET #a = :other",
        ExpressionAttributeNames={"#a": attribute},
        ExpressionAttributeValues={":other": {"S": '{"n": 9}'}},
    )
    assert len(problems(NOW)) == 1


def test_deleted_entry_is_named(log, table):
    seal(NOW)
    table.delete_item(TableName=TABLE, Key=key(log[2]))
    assert problems(NOW) == [(f"2026-10/{log[2].ts_id}", "this entry is gone")]


@pytest.mark.parametrize("minutes", [5, 150, -60 * 24 * 40], ids=["sealed hour", "empty hour", "long before"])
def test_inserted_entry_is_named(log, minutes):
    seal(NOW)
    late = write(START + timedelta(minutes=minutes))
    assert problems(NOW) == [(f"{late.month}/{late.ts_id}", "this entry was put in after its hour was sealed")]


def test_month_of_entries_that_is_gone_is_noticed(log, table):
    seal(NOW)
    for entry in log:
        table.delete_item(TableName=TABLE, Key=key(entry))
    assert [what for _, what in problems(NOW)] == ["this entry is gone"] * 4


def test_seal_made_to_agree_with_a_change_breaks_the_chain(log, table):
    seal(NOW)
    first = next(iter(store.seals_in_order()))
    table.delete_item(TableName=TABLE, Key=key(log[1]))
    entries = {ts_id: digest for ts_id, digest in first.entries.items() if ts_id != log[1].ts_id}
    first.entries = entries
    first.save()
    assert problems(NOW) == [(SEALED[0], "this seal was changed")]

    first.digest = chain.seal_digest("", SEALED[0], entries)
    first.save()
    assert problems(NOW) == [(SEALED[1], "this seal does not follow the one before")]


@pytest.mark.parametrize("number", [0, 1])
def test_seal_that_is_gone_breaks_the_chain(log, number):
    seal(NOW)
    list(store.seals_in_order())[number].delete()
    assert "this seal does not follow the one before" in [what for _, what in problems(NOW)]


def test_chain_that_was_cut_off_is_late_or_misses_its_anchor(log):
    seal(NOW)
    anchor = store.last_seal().digest
    assert problems(NOW, anchor=anchor) == []
    store.last_seal().delete()

    assert (anchor, "no seal has this digest") in problems(NOW, anchor=anchor)
    tomorrow = NOW + timedelta(days=1)
    assert problems(tomorrow)[0] == ("2026-11-01T00", "1 entries of this hour are not sealed")


def test_two_runs_at_once_make_one_chain(log):
    slow = seal_closed_hours(NOW)
    next(slow)
    assert seal(NOW) == SEALED[1:]
    with pytest.raises(Stale):
        next(slow)
    assert problems(NOW) == []


def test_commands_say_what_they_found_and_exit_accordingly(log, table, monkeypatch):
    out, err = StringIO(), StringIO()
    with clock.at(NOW):
        call_command("seal_audit", stdout=out)
        call_command("seal_audit", stdout=out)
        call_command("verify_audit", stdout=out)
        table.delete_item(TableName=TABLE, Key=key(log[2]))
        with pytest.raises(CommandError) as failed:
            call_command("verify_audit", stdout=out, stderr=err)
    assert failed.value.returncode == 1
    assert log[2].ts_id in err.getvalue()
    assert "3 seals made, with 4 entries" in out.getvalue()
    assert "nothing to seal" in out.getvalue()
    assert store.last_seal().digest in out.getvalue()


def test_sealing_writes_nothing_but_seals(log, table):
    before = table.scan(TableName=TABLE)["Items"]
    seal(NOW)
    after = table.scan(TableName=TABLE)["Items"]
    assert [item for item in after if item["month"]["S"] != "seal"] == before
