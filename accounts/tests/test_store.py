from __future__ import annotations

from datetime import timedelta

import pytest

from accounts import store
from accounts.models import SessionRecord
from core import clock, context
from core.aws.records import write
from core.errors import Invalid, Stale
from core.testing import ANA, CARL


def test_names_of_a_page_come_with_one_read_and_leave_strangers_out(cloud):
    store.save_profile(store.new_profile("u1", "Una"))
    store.save_profile(store.new_profile("u2", "Duo"))

    found = store.profiles_of(["u1", "u2", "nobody", "u1", ""])

    assert {key: profile.display_name for key, profile in found.items()} == {"u1": "Una", "u2": "Duo"}


def test_second_writer_of_a_profile_loses(cloud):
    store.save_profile(store.new_profile("u1", "Una"))
    first, second = store.profile_of("u1"), store.profile_of("u1")
    first.theme = "dark"
    store.save_profile(first)

    with pytest.raises(Stale):
        store.save_profile(second)


def test_audit_entry_is_found_by_thing_actor_and_month(cloud):
    token = context.request_id.set("request-1")
    entry = store.audit_entry(
        by=ANA,
        action="content.approve",
        object_type="content",
        object_id="c1",
        object_version=3,
        changes={"status": {"before": "InReview", "after": "Approved"}},
        reason="Checked with legal",
    )
    context.request_id.reset(token)
    store.save_audit(entry)

    for page in (
        store.audit_of_target("content:c1"),
        store.audit_of_actor(ANA.user_id),
        store.audit_of_month(entry.month),
    ):
        (found,) = page.items
        assert (found.action, found.actor_role, found.object_version) == ("content.approve", "Admin", "3")
        assert found.changes == {"status": {"before": "InReview", "after": "Approved"}}
        assert (found.result, found.request_id) == ("allowed", "request-1")


def test_audit_entry_can_not_be_written_over(cloud):
    entry = store.audit_entry(by=ANA, action="content.approve", object_type="content", object_id="c1")
    store.save_audit(entry)
    entry.action = "something.else"

    with pytest.raises(Stale):
        write(audit=[entry])


def test_audit_pages_are_newest_first_and_cursor_is_bound_to_its_list(cloud):
    for number in range(3):
        store.save_audit(store.audit_entry(by=CARL, action=f"step.{number}", object_type="content", object_id="c1"))

    first = store.audit_of_target("content:c1", limit=2)
    rest = store.audit_of_target("content:c1", first.next_cursor, limit=2)

    assert [entry.action for entry in [*first.items, *rest.items]] == ["step.2", "step.1", "step.0"]
    with pytest.raises(Invalid):
        store.audit_of_target("content:other", first.next_cursor)


def test_expired_session_is_not_there_although_it_was_not_swept(cloud):
    past = clock.now() - timedelta(seconds=1)
    store.create_session(SessionRecord("k", user_id="u1", data="x", created_at=past, ttl=past))

    assert store.session_by_key("k") is None


def test_ended_session_can_not_come_back_by_a_late_save(cloud):
    soon = clock.now() + timedelta(minutes=5)
    record = SessionRecord("k", user_id="u1", data="x", created_at=clock.now(), ttl=soon)
    store.create_session(record)
    assert store.sessions_of("u1") == ["k"]
    store.delete_session("k")

    with pytest.raises(Stale):
        store.update_session(record)
