from __future__ import annotations

import logging

import pytest
from botocore.exceptions import ClientError

from accounts import store
from accounts.enums import AccountState, Role
from accounts.person import SYSTEM, Person
from accounts.services import people
from accounts.sessions import SessionStore, memory
from accounts.signed_in import put_person
from core.aws import user_pool
from core.errors import Invalid, NotFound, Refused, Stale, Unavailable
from core.testing import ANA, CARL


def a_session(person):
    session = SessionStore()
    put_person(session, person, refresh_token="refresh-1")
    session.save()
    return session.session_key


def actions(person):
    return [(entry.action, entry.result) for entry in store.audit_of_target(f"person:{person.user_id}").items]


def second_admin(pool):
    return pool.add(Person("", "Ava Admin", Role.ADMIN))


def test_invited_person_has_an_account_a_role_and_entries_without_her_address(pool, caplog):
    caplog.set_level(logging.DEBUG, logger="accounts")
    user_id = people.invite(email=" Nadia.New@Gravyty.com ", name=" Nadia  New", role=Role.APPROVER, by=pool["ana"])

    nadia = Person(user_id, "Nadia New", Role.APPROVER)
    attributes = {one["Name"]: one["Value"] for one in pool.account(nadia)["UserAttributes"]}
    assert (attributes["email"], attributes["name"]) == ("nadia.new@gravyty.com", "Nadia New")
    assert pool.groups(nadia) == {"Approver"}
    assert actions(nadia) == [("person.created", "allowed")]
    entries = store.audit_of_actor(pool["ana"].user_id).items
    assert {entry.action for entry in entries} == {"person.invited", "person.created"}
    assert not any("nadia" in str(entry.attribute_values).lower() for entry in entries)
    assert "nadia" not in caplog.text.lower()


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("carl.contributor@gravyty.com", "already"),
        ("CARL.Contributor@GRAVYTY.com", "already"),
        ("nadia@elsewhere.example", "gravyty.com"),
        ("nadia@gravyty.com@elsewhere.example", "not an e-mail"),
        ("@gravyty.com", "not an e-mail"),
        ("nadia", "not an e-mail"),
        (f"{'n' * 250}@gravyty.com", "not an e-mail"),
    ],
)
def test_addresses_that_cannot_be_invited_are_refused_beside_the_field(pool, email, said):
    with pytest.raises(Invalid) as refused:
        people.invite(email=email, role=Role.VIEWER, by=pool["ana"])
    assert said in refused.value.fields["email"]
    assert store.audit_of_actor(pool["ana"].user_id).items == []


def test_new_role_is_the_only_one(pool):
    pool.ask("admin_add_user_to_group", Username=pool["carl"].user_id, GroupName="Viewer")
    pool.ask("create_group", GroupName="a-group-of-somebody-elses")
    pool.ask("admin_add_user_to_group", Username=pool["carl"].user_id, GroupName="a-group-of-somebody-elses")

    assert people.change_role(
        user_id=pool["carl"].user_id, role=Role.APPROVER, by=pool["ana"], reason="Moved to review"
    )

    assert pool.groups(pool["carl"]) == {"Approver", "a-group-of-somebody-elses"}
    (entry,) = store.audit_of_target(f"person:{pool['carl'].user_id}").items
    assert entry.changes == {"role": {"before": "Contributor", "after": "Approver"}}
    assert (entry.reason, entry.actor_id) == ("Moved to review", pool["ana"].user_id)


def test_same_role_again_changes_and_tells_nothing(pool):
    assert not people.change_role(user_id=pool["carl"].user_id, role=Role.CONTRIBUTOR, by=pool["ana"])
    assert actions(pool["carl"]) == []


@pytest.mark.parametrize("role", list(Role))
def test_nobody_changes_her_own_role(pool, role):
    with pytest.raises(Refused, match="own role"):
        people.change_role(user_id=pool["ana"].user_id, role=role, by=pool["ana"])


def test_nobody_disables_her_own_account(pool):
    with pytest.raises(Refused):
        people.disable(user_id=pool["ana"].user_id, by=pool["ana"])
    assert pool.account(pool["ana"])["Enabled"]


@pytest.mark.parametrize("name", ["vera", "carl", "rita"])
def test_only_admins_look_after_people(pool, name):
    by, user_id = pool[name], pool["cora"].user_id
    for attempt in (
        lambda: people.invite(email="n@gravyty.com", role=Role.VIEWER, by=by),
        lambda: people.change_role(user_id=user_id, role=Role.VIEWER, by=by),
        lambda: people.disable(user_id=user_id, by=by),
        lambda: people.enable(user_id=user_id, by=by),
        lambda: people.sign_out_everywhere(user_id=user_id, by=by),
        lambda: people.reset_password(user_id=user_id, by=by),
    ):
        with pytest.raises(Refused):
            attempt()
    assert pool.groups(pool["cora"]) == {"Contributor"}


@pytest.mark.parametrize(
    "attempt",
    [
        lambda who: people.change_role(user_id=who, role=Role.APPROVER, by=SYSTEM),
        lambda who: people.disable(user_id=who, by=SYSTEM),
    ],
    ids=["demoted", "disabled"],
)
def test_last_admin_stays(pool, attempt):
    pool.add(Person("", "Inga Invited", Role.ADMIN), invited=True)  # who has never been able to sign in
    other = second_admin(pool)
    people.disable(user_id=other.user_id, by=pool["ana"])

    with pytest.raises(Refused, match="last Admin"):
        attempt(pool["ana"].user_id)
    assert pool.groups(pool["ana"]) == {"Admin"}
    assert pool.account(pool["ana"])["Enabled"]


def test_two_admins_who_demote_each_other_at_once_leave_one(pool, monkeypatch):
    ana, ava = pool["ana"], second_admin(pool)
    real, refused = user_pool.take_out_of_group, []

    def meanwhile(username, group):
        monkeypatch.setattr(user_pool, "take_out_of_group", real)
        with pytest.raises(Stale) as lost:  # Ava, while Ana's change is half done
            people.change_role(user_id=ana.user_id, role=Role.VIEWER, by=ava)
        refused.append(lost.value.message)
        real(username, group)

    monkeypatch.setattr(user_pool, "take_out_of_group", meanwhile)
    people.change_role(user_id=ava.user_id, role=Role.VIEWER, by=ana)

    assert len(refused) == 1
    with pytest.raises(Refused, match="last Admin"):
        people.change_role(user_id=ana.user_id, role=Role.VIEWER, by=ava)
    assert (pool.groups(ana), pool.groups(ava)) == ({"Admin"}, {"Viewer"})


def test_lease_that_was_not_given_back_ends_by_itself(cloud):
    store.take_lease("admins", "dead", -1)
    store.take_lease("admins", "alive", 60)

    with pytest.raises(Stale):
        store.take_lease("admins", "third", 60)
    with pytest.raises(Stale):
        store.give_lease_back("admins", "dead")
    store.give_lease_back("admins", "alive")
    store.take_lease("admins", "third", 60)


def test_failed_change_has_a_second_entry_that_says_so(pool, monkeypatch):
    def silent(username, group):
        raise Unavailable

    monkeypatch.setattr(user_pool, "put_in_group", silent)
    with pytest.raises(Unavailable):
        people.change_role(user_id=pool["carl"].user_id, role=Role.ADMIN, by=pool["ana"])

    assert actions(pool["carl"]) == [("person.role_changed", "failed"), ("person.role_changed", "allowed")]
    assert pool.groups(pool["carl"]) == {"Contributor"}


def test_nothing_is_changed_that_cannot_be_written_down(pool, monkeypatch):
    def silent(*entries):
        raise Unavailable

    monkeypatch.setattr(store, "save_audit", silent)
    for attempt in (
        lambda: people.change_role(user_id=pool["carl"].user_id, role=Role.ADMIN, by=pool["ana"]),
        lambda: people.disable(user_id=pool["carl"].user_id, by=pool["ana"]),
        lambda: people.invite(email="n@gravyty.com", role=Role.ADMIN, by=pool["ana"]),
    ):
        with pytest.raises(Unavailable):
            attempt()
    assert pool.groups(pool["carl"]) == {"Contributor"}
    assert pool.account(pool["carl"])["Enabled"]
    assert user_pool.user_by_email("n@gravyty.com") is None


def test_disabled_person_is_signed_out_and_can_be_enabled_again(pool):
    key = a_session(pool["carl"])
    people.disable(user_id=pool["carl"].user_id, by=pool["ana"], reason="Has left")

    assert not pool.account(pool["carl"])["Enabled"]
    assert SessionStore(key).get("name") is None
    people.enable(user_id=pool["carl"].user_id, by=pool["ana"])
    assert pool.account(pool["carl"])["Enabled"]
    assert [action for action, _ in actions(pool["carl"])] == ["person.enabled", "person.disabled"]


def test_sign_out_everywhere_ends_her_sessions_and_nobody_elses(pool):
    keys = [a_session(pool["carl"]), a_session(pool["carl"])]
    other = a_session(pool["cora"])
    people.sign_out_everywhere(user_id=pool["carl"].user_id, by=pool["ana"])

    assert [SessionStore(key).get("name") for key in keys] == [None, None]
    assert SessionStore(other).get("name") == "Cora Contributor"
    assert actions(pool["carl"]) == [("person.sessions_ended", "allowed")]


def test_role_change_bites_in_sessions_at_once_without_ending_them(pool):
    key = a_session(pool["carl"])
    people.change_role(user_id=pool["carl"].user_id, role=Role.VIEWER, by=pool["ana"])

    session = SessionStore(key)
    assert (session["name"], session["role_checked_at"]) == (CARL.name, 0)
    session["role_checked_at"] = 1_900_000_000
    session.save()
    memory.clear()
    assert SessionStore(key)["role_checked_at"] == 1_900_000_000


def test_session_saved_while_the_role_changed_asks_again_all_the_same(pool):
    key = a_session(pool["carl"])
    late = SessionStore(key)
    late["role_checked_at"] = 1_900_000_000  # learned from Cognito just before
    people.change_role(user_id=pool["carl"].user_id, role=Role.VIEWER, by=pool["ana"])
    late.save()

    memory.clear()
    assert SessionStore(key)["role_checked_at"] == 0


def test_session_that_is_saved_in_the_very_moment_ends(pool, monkeypatch):
    key = a_session(pool["carl"])

    def raced(session_key):
        raise Stale

    monkeypatch.setattr(store, "ask_for_role_again", raced)
    people.change_role(user_id=pool["carl"].user_id, role=Role.VIEWER, by=pool["ana"])

    assert SessionStore(key).get("name") is None


def test_marking_a_session_never_undoes_what_it_saved_meanwhile(pool, monkeypatch):
    key = a_session(pool["carl"])
    (digest,) = store.sessions_of(pool["carl"].user_id)
    real = store.write

    def raced(*changes, audit):
        monkeypatch.setattr(store, "write", real)
        session = SessionStore(key)
        session["colour"] = "red"
        session.save()
        real(*changes, audit=audit)

    monkeypatch.setattr(store, "write", raced)
    with pytest.raises(Stale):
        store.ask_for_role_again(digest)
    memory.clear()
    assert SessionStore(key)["colour"] == "red"


def test_password_is_reset_for_those_who_have_one(pool):
    assert people.reset_password(user_id=pool["carl"].user_id, by=pool["ana"]) is AccountState.ACTIVE
    assert pool.account(pool["carl"])["UserStatus"] == "RESET_REQUIRED"
    people.disable(user_id=pool["cora"].user_id, by=pool["ana"])
    with pytest.raises(Refused, match="Enable"):
        people.reset_password(user_id=pool["cora"].user_id, by=pool["ana"])


def test_who_was_invited_is_invited_again(pool, monkeypatch):
    again = []
    monkeypatch.setattr(user_pool, "invite_again", again.append)
    nadia = pool.add(Person("", "Nadia New", Role.VIEWER), invited=True)

    assert people.reset_password(user_id=nadia.user_id, by=pool["ana"]) is AccountState.INVITED
    assert [user.user_id for user in again] == [nadia.user_id]
    assert actions(nadia) == [("person.invited_again", "allowed")]


def test_person_who_is_not_there_is_not_found(pool):
    with pytest.raises(NotFound):
        people.change_role(user_id="nobody", role=Role.VIEWER, by=ANA)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("TooManyRequestsException", Unavailable),
        ("InternalErrorException", Unavailable),
        ("InvalidParameterException", Invalid),
        ("NotAuthorizedException", Refused),
        ("UserNotFoundException", NotFound),
        ("UsernameExistsException", Invalid),
    ],
)
def test_what_cognito_refuses_is_said_in_our_words(pool, monkeypatch, code, error):
    def refuse(**_):
        raise ClientError({"Error": {"Code": code, "Message": "carl@gravyty.com"}}, "AdminEnableUser")

    monkeypatch.setattr(pool.cognito, "admin_enable_user", refuse)
    with pytest.raises(error) as told:
        user_pool.enable("carl")
    assert "carl" not in told.value.message
