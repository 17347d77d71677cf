from __future__ import annotations

import pytest
import time_machine
from django.contrib.sessions.backends.base import UpdateError

from accounts import services, store
from accounts.models import SessionRecord
from accounts.sealing import digest
from accounts.sessions import SessionStore, memory
from accounts.signed_in import put_person
from core.aws import metering
from core.aws.records import get
from core.errors import Refused
from core.testing import ANA, CARL, VERA


def a_session(person=CARL, **data):
    session = SessionStore()
    put_person(session, person, refresh_token="refresh-secret")
    session.update(data)
    session.save()
    return session


def test_session_comes_back_by_its_key_alone(cloud):
    session = a_session(colour="green")

    assert SessionStore(session.session_key)["colour"] == "green"
    assert SessionStore("another-key-altogether").get("colour") is None


def test_table_holds_neither_the_key_nor_the_token_nor_the_name(cloud):
    session = a_session()
    record = get(SessionRecord, digest(session.session_key))

    everything = str(record.to_simple_dict() if hasattr(record, "to_simple_dict") else record.attribute_values)
    for secret in (session.session_key, "refresh-secret", CARL.name):
        assert secret not in everything


def test_reading_again_within_a_minute_asks_nothing(cloud):
    session = a_session()
    meter = metering.start()

    SessionStore(session.session_key).get("name")

    assert meter.calls == 0


def test_after_a_minute_the_table_is_asked_again(cloud, monkeypatch):
    session = a_session()
    later = __import__("time").monotonic() + 61
    monkeypatch.setattr("accounts.sessions.time.monotonic", lambda: later)
    meter = metering.start()

    SessionStore(session.session_key).get("name")

    assert meter.calls == 1


def test_fresh_read_sees_at_once_that_another_process_ended_it(cloud):
    session = a_session()
    store.delete_session(digest(session.session_key))  # as another process would: this one's memory is not told

    remembered = SessionStore(session.session_key)
    assert remembered.get("name") == CARL.name
    remembered.fresh()
    assert remembered.get("name") is None


def test_session_that_was_ended_can_not_be_saved_back(cloud):
    session = a_session()
    late = SessionStore(session.session_key)
    late["colour"] = "red"
    session.delete()

    with pytest.raises(UpdateError):
        late.save()


def test_new_key_keeps_the_data_and_the_old_key_opens_nothing(cloud):
    session = a_session(colour="green")
    old_key = session.session_key
    session.cycle_key()
    session.save()

    assert session.session_key != old_key
    assert SessionStore(session.session_key)["colour"] == "green"
    assert SessionStore(old_key).get("colour") is None


def test_expired_session_is_no_session(cloud):
    session = a_session()
    memory.clear()
    with time_machine.travel("2099-01-01"):
        assert SessionStore(session.session_key).get("name") is None


def test_tampered_data_is_no_session(cloud):
    session = a_session()
    record = get(SessionRecord, digest(session.session_key))
    record.data = record.data[:-4] + "AAAA"
    store.update_session(record)
    memory.clear()

    assert SessionStore(session.session_key).get("name") is None


def test_admin_ends_all_sessions_of_a_person_and_nobody_elses(cloud):
    first, second, other = a_session(), a_session(), a_session(VERA)

    assert services.end_sessions_of(user_id=CARL.user_id, by=ANA, reason="Left the company") == 2

    assert SessionStore(first.session_key).get("name") is None
    assert SessionStore(second.session_key).get("name") is None
    assert SessionStore(other.session_key).get("name") == VERA.name
    (entry,) = store.audit_of_target(f"person:{CARL.user_id}").items
    assert (entry.action, entry.actor_id, entry.reason) == ("person.sessions_ended", ANA.user_id, "Left the company")


def test_others_may_end_only_their_own_sessions(cloud):
    session = a_session()
    with pytest.raises(Refused):
        services.end_sessions_of(user_id=CARL.user_id, by=VERA)
    assert SessionStore(session.session_key).get("name") == CARL.name

    assert services.end_sessions_of(user_id=CARL.user_id, by=CARL) == 1


def test_memory_stays_within_bounds(cloud, monkeypatch):
    monkeypatch.setattr("accounts.sessions.REMEMBERED_AT_MOST", 2)
    sessions = [a_session() for _ in range(4)]

    assert memory.get(digest(sessions[0].session_key)) is None
    assert memory.get(digest(sessions[3].session_key)) is not None
