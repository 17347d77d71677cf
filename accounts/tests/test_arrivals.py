from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts import store
from accounts.enums import Role
from accounts.person import SYSTEM, Person
from accounts.services import arrivals, people
from accounts.services.arrivals import Outcome, bring
from core import sheets
from core.aws import user_pool
from core.errors import Refused, Unavailable


def brought(text, by=SYSTEM, **options):
    rows = sheets.rows(text.encode(), columns=["email"], optional=["name", "role"])
    return [(one.row, one.outcome) for one in bring(rows=rows, by=by, wait=lambda _: None, **options)]


LIST = """email,name,role
nadia@gravyty.com,Nadia New,approver
carl.contributor@gravyty.com,,Viewer
Rita.Reviewer@gravyty.com,,APPROVER
NADIA@gravyty.com,Nadia again,Admin
omar@elsewhere.example,Omar,Viewer
bo@gravyty.com,Bo,King
"""
DONE = [
    (2, Outcome.INVITED),
    (3, Outcome.ROLE_CHANGED),
    (4, Outcome.UNCHANGED),
    (5, Outcome.REFUSED),
    (6, Outcome.REFUSED),
    (7, Outcome.REFUSED),
]


def test_each_row_says_what_became_of_it(pool):
    assert brought(LIST) == DONE
    nadia = user_pool.user_by_email("nadia@gravyty.com")
    assert user_pool.groups_of(nadia.username) == ["Approver"]
    assert pool.groups(pool["carl"]) == {"Viewer"}


def test_given_again_the_list_changes_nothing(pool):
    brought(LIST)
    entries = len(store.audit_of_actor(SYSTEM.user_id, limit=100).items)

    assert [outcome for _, outcome in brought(LIST)][:3] == [Outcome.UNCHANGED] * 3
    assert len(store.audit_of_actor(SYSTEM.user_id, limit=100).items) == entries


def test_dry_run_says_the_same_and_changes_nothing(pool):
    assert brought(LIST, dry_run=True) == DONE
    assert user_pool.user_by_email("nadia@gravyty.com") is None
    assert pool.groups(pool["carl"]) == {"Contributor"}


def test_throttled_row_is_tried_again_and_stops_no_other(pool, monkeypatch):
    real, waited, asked = people.invite, [], []

    def throttled(**wanted):
        asked.append(wanted["email"])
        if wanted["email"].startswith("never") or asked.count(wanted["email"]) < 3:
            raise Unavailable
        return real(**wanted)

    monkeypatch.setattr(people, "invite", throttled)
    text = "email\nnever@gravyty.com\nlate@gravyty.com\ncarl.contributor@gravyty.com\n"
    rows = list(sheets.rows(text.encode(), columns=["email"]))
    first = list(bring(rows=rows[:2], by=SYSTEM, wait=waited.append))

    assert [one.outcome for one in first] == [Outcome.NOT_DONE, Outcome.INVITED]
    assert waited == [*arrivals.PAUSES, *arrivals.PAUSES[:2]]
    assert "Give the list again" in first[0].why
    monkeypatch.setattr(people, "invite", real)
    assert [outcome for _, outcome in brought(text)] == [Outcome.INVITED, Outcome.UNCHANGED, Outcome.ROLE_CHANGED]


def test_account_that_was_begun_gets_its_role_the_next_time(pool, monkeypatch):
    real = user_pool.put_in_group

    def silent(username, group):
        raise Unavailable

    monkeypatch.setattr(user_pool, "put_in_group", silent)
    text = "email,role\nnadia@gravyty.com,Approver\n"
    assert brought(text) == [(2, Outcome.NOT_DONE)]
    monkeypatch.setattr(user_pool, "put_in_group", real)
    assert brought(text) == [(2, Outcome.ROLE_CHANGED)]


def test_nobody_is_raised_above_who_imports_and_only_admins_import(pool):
    with pytest.raises(Refused):
        brought(LIST, by=pool["rita"])
    with pytest.raises(Refused, match="up to your own"):
        arrivals.ensure(email="n@gravyty.com", name="", role=Role.ADMIN, by=pool["rita"])
    own = brought("email,role\nana.admin@gravyty.com,Viewer\n", by=pool["ana"])
    assert own == [(2, Outcome.REFUSED)]


def test_a_long_list_lists_everybody_once_and_asks_for_nobody(pool, monkeypatch):
    asked = []
    real = user_pool.user_by_email
    monkeypatch.setattr(user_pool, "user_by_email", lambda email: asked.append(email) or real(email))
    text = LIST + "".join(f"new{number}@gravyty.com,,\n" for number in range(60))

    assert brought(text, dry_run=True) == [*DONE, *((8 + number, Outcome.INVITED) for number in range(60))]
    assert asked == []
    assert brought(text)[: len(DONE)] == DONE
    assert [outcome for _, outcome in brought(text)][:3] == [Outcome.UNCHANGED] * 3


def test_a_long_list_waits_for_a_pool_that_does_not_answer(pool, monkeypatch):
    real, waited, tries = user_pool.users, [], []

    def throttled(**wanted):
        tries.append(wanted)
        if len(tries) < 3:
            raise Unavailable
        return real(**wanted)

    monkeypatch.setattr(user_pool, "users", throttled)
    rows = list(
        sheets.rows(("email\n" + "".join(f"n{n}@gravyty.com\n" for n in range(50))).encode(), columns=["email"])
    )
    told = list(bring(rows=rows, by=SYSTEM, dry_run=True, wait=waited.append))
    assert {one.outcome for one in told} == {Outcome.INVITED}
    assert waited == list(arrivals.PAUSES[:2])


@pytest.mark.parametrize(
    "address",
    ["a b@gravyty.com", "josé@gravyty.com", "Ann <ann@gravyty.com>", "x@gravyty.com@evil.example", "@gravyty.com"],
)
def test_what_is_no_address_invites_nobody_else(pool, address):
    assert brought(f"email\n{address}\n") == [(2, Outcome.REFUSED)]


def run(tmp_path, data, *options):
    file, out, err = tmp_path / "people.csv", StringIO(), StringIO()
    file.write_bytes(data)
    code = 0
    try:
        call_command("import_people", str(file), *options, stdout=out, stderr=err)
    except CommandError as error:
        code = error.returncode
        err.write(str(error))
    return code, out.getvalue(), err.getvalue()


def test_command_tells_by_lines_and_exits_accordingly(pool, tmp_path):
    code, out, err = run(tmp_path, LIST.encode("utf-8-sig"), "-v", "2")

    assert code == 1
    assert "1 invited, 1 role changed, 1 unchanged, 3 refused." in out
    assert "line 5: refused. The same person stands in line 2." in err
    assert "line 7: refused. There is no role “King”" in err
    assert "@" not in out + err
    assert run(tmp_path, b"email\r\nnew@gravyty.com\r\n", "--dry-run") == (0, "It would be: 1 invited.\n", "")


@pytest.mark.parametrize("data", [b"", b"name;role\nx;y\n", b"\0\0"])
def test_command_says_when_there_is_nothing_to_read(pool, tmp_path, data):
    code, _, err = run(tmp_path, data)
    assert code == 2
    assert err


def test_command_acts_in_the_name_of_an_admin_only(pool, tmp_path):
    assert run(tmp_path, b"email\nn@gravyty.com\n", "--by", "rita.reviewer@gravyty.com")[0] == 2
    assert run(tmp_path, b"email\nn@gravyty.com\n", "--by", "nobody@gravyty.com")[0] == 2
    assert run(tmp_path, b"email\nn@gravyty.com\n", "--by", "ana.admin@gravyty.com")[0] == 0
    assert store.audit_of_actor(pool["ana"].user_id).items


def admin_command(*arguments):
    out = StringIO()
    call_command("create_admin", *arguments, stdout=out)
    return out.getvalue().strip()


def test_admin_is_made_of_nobody_of_somebody_and_of_an_admin(pool):
    assert admin_command("new@gravyty.com", "--name", "Nora New", "--dry-run").startswith("would be invited")
    assert user_pool.user_by_email("new@gravyty.com") is None
    assert admin_command("new@gravyty.com", "--name", "Nora New").startswith("invited")
    assert admin_command("NEW@gravyty.com") == "an Admin already"
    assert admin_command("carl.contributor@gravyty.com") == "an Admin now"
    assert pool.groups(pool["carl"]) == {"Admin"}
    with pytest.raises(CommandError, match="Only people with an address"):
        admin_command("new@elsewhere.example")


def test_person_in_two_groups_is_put_into_one(pool):
    both = pool.add(Person("", "Bella Both", Role.VIEWER))
    pool.ask("admin_add_user_to_group", Username=both.user_id, GroupName="Approver")

    assert brought("email,role\nbella.both@gravyty.com,Approver\n") == [(2, Outcome.ROLE_CHANGED)]
    assert pool.groups(both) == {"Approver"}
