from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.store import audit_of_target
from content import permissions, store
from content.enums import Status
from content.services import drafts, lifecycle, schedule
from content.tests.factories import approve, fields, hash_in_review, make_item
from core import clock
from core.errors import Invalid, NotFound, Refused, Stale
from core.testing import ANA, CARL, CORA, RITA, VERA

pytestmark = pytest.mark.usefixtures("cloud")


def now_of(content_id: str):
    return store.item_by_id(content_id, fresh=True)


def actions_of(content_id: str) -> list[str]:
    return [entry.action for entry in audit_of_target(f"content:{content_id}").items]


def test_a_draft_becomes_what_readers_see() -> None:
    item = make_item(Status.APPROVED)
    assert (item.status, item.live_version, item.work_version) == (Status.APPROVED, 1, None)
    assert item.approved_by == RITA.user_id
    assert item.next_review_at - item.approved_at == timedelta(days=90)
    assert actions_of(item.content_id) == ["content.approved", "content.submitted", "content.created"]


def test_submitting_says_everything_that_is_missing_at_once() -> None:
    item = make_item(Status.DRAFT, summary="", body="", product_suite=None)
    with pytest.raises(Invalid) as refused:
        lifecycle.submit(content_id=item.content_id, by=CARL)
    assert set(refused.value.fields) == {"summary", "body", "product_suite"}
    assert now_of(item.content_id).status == Status.DRAFT


@pytest.mark.parametrize("title", ["", "   ", "\u200b\u2060", "\u200e"])
def test_a_title_that_nobody_can_see_is_none(title: str) -> None:
    with pytest.raises(Invalid, match="title"):
        make_item(Status.DRAFT, title=title)


def test_an_approver_cannot_approve_her_own_item() -> None:
    item = make_item(Status.IN_REVIEW, owner=RITA)
    with pytest.raises(Refused, match="your own"):
        approve(item.content_id, by=RITA)


def test_an_approver_cannot_approve_what_she_submitted_for_someone() -> None:
    item = make_item(Status.DRAFT, owner=CARL)
    lifecycle.submit(content_id=item.content_id, by=ANA)
    with pytest.raises(Invalid, match="say why"):
        approve(item.content_id, by=ANA)


def test_an_admin_approves_her_own_item_only_with_a_reason_that_is_kept() -> None:
    item = make_item(Status.IN_REVIEW, owner=ANA)
    with pytest.raises(Invalid, match="say why"):
        approve(item.content_id, by=ANA)
    approve(item.content_id, by=ANA, reason="Everyone else is on leave.")
    assert audit_of_target(f"content:{item.content_id}").items[0].reason == "Everyone else is on leave."


def test_who_has_edited_a_version_does_not_approve_it_as_anothers() -> None:
    item = make_item(Status.DRAFT, owner=CARL)
    version = store.version_of(item.content_id, 1)
    drafts.edit(content_id=item.content_id, fields=fields("Hers now"), seen_rev=version.text_rev, by=ANA)
    lifecycle.submit(content_id=item.content_id, by=CARL)
    with pytest.raises(Invalid, match="say why"):
        approve(item.content_id, by=ANA)


def test_only_the_version_that_the_reviewer_saw_is_approved() -> None:
    item = make_item(Status.IN_REVIEW)
    seen = hash_in_review(item.content_id)
    lifecycle.withdraw(content_id=item.content_id, by=CARL)
    version = store.version_of(item.content_id, 1)
    drafts.edit(content_id=item.content_id, fields=fields(body="Quite another text."), seen_rev=version.rev, by=CARL)
    lifecycle.submit(content_id=item.content_id, by=CARL)
    with pytest.raises(Stale, match="another version"):
        lifecycle.approve(content_id=item.content_id, seen_hash=seen, by=RITA)
    assert now_of(item.content_id).status == Status.IN_REVIEW


def test_the_second_of_two_approvals_is_told_of_the_first() -> None:
    item = make_item(Status.IN_REVIEW)
    seen = hash_in_review(item.content_id)
    lifecycle.approve(content_id=item.content_id, seen_hash=seen, by=RITA)
    with pytest.raises(Stale, match="already approved"):
        lifecycle.approve(content_id=item.content_id, seen_hash=seen, by=ANA)


def test_of_two_decisions_at_once_one_wins_and_the_other_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    item = make_item(Status.IN_REVIEW)
    seen = hash_in_review(item.content_id)
    before_write = drafts.readable

    def slow_reader(content_id: str, by, seen_rev=None):
        read = before_write(content_id, by)
        monkeypatch.setattr(drafts, "readable", before_write)
        lifecycle.request_changes(content_id=content_id, reason="Not yet.", by=ANA)
        return read

    monkeypatch.setattr(drafts, "readable", slow_reader)
    with pytest.raises((Stale, Refused)):
        lifecycle.approve(content_id=item.content_id, seen_hash=seen, by=RITA)
    assert now_of(item.content_id).status == Status.DRAFT
    assert "content.approved" not in actions_of(item.content_id)


def test_requested_changes_reach_the_author_and_go_when_it_is_submitted_again() -> None:
    item = make_item(Status.IN_REVIEW)
    with pytest.raises(Invalid):
        lifecycle.request_changes(content_id=item.content_id, reason="  ", by=RITA)
    lifecycle.request_changes(content_id=item.content_id, reason="Name the customer.", by=RITA)
    assert store.version_of(item.content_id, 1).review_comment == "Name the customer."
    lifecycle.submit(content_id=item.content_id, by=CARL)
    assert store.version_of(item.content_id, 1).review_comment is None


def test_the_live_version_stays_up_while_the_next_is_prepared() -> None:
    item = make_item(Status.APPROVED, title="Old title")
    version = drafts.open_work(content_id=item.content_id, by=CARL)
    drafts.edit(content_id=item.content_id, fields=fields("New title"), seen_rev=version.rev, by=CARL)
    lifecycle.submit(content_id=item.content_id, by=CARL)
    current = now_of(item.content_id)
    assert (current.title, current.status, current.live_version, current.work_version) == (
        "Old title",
        "Approved",
        1,
        2,
    )
    approve(item.content_id)
    current = now_of(item.content_id)
    assert (current.title, current.live_version, current.work_version) == ("New title", 2, None)


def test_opening_a_new_version_twice_gives_the_same_one() -> None:
    item = make_item(Status.APPROVED)
    first = drafts.open_work(content_id=item.content_id, by=CARL)
    assert drafts.open_work(content_id=item.content_id, by=CARL).version == first.version == 2


def test_opening_a_new_version_twice_at_once_gives_the_same_one(monkeypatch: pytest.MonkeyPatch) -> None:
    item, read = make_item(Status.APPROVED), drafts.readable

    def slow_reader(content_id: str, by, seen_rev=None):
        early = read(content_id, by)
        monkeypatch.setattr(drafts, "readable", read)
        assert drafts.open_work(content_id=content_id, by=CARL).version == 2
        return early

    monkeypatch.setattr(drafts, "readable", slow_reader)
    assert drafts.open_work(content_id=item.content_id, by=CARL).version == 2


def test_an_older_version_is_copied_into_the_draft() -> None:
    item = make_item(Status.APPROVED, body="The first text.")
    version = drafts.open_work(content_id=item.content_id, by=CARL)
    drafts.edit(content_id=item.content_id, fields=fields(body="The second text."), seen_rev=version.rev, by=CARL)
    restored = drafts.open_work(content_id=item.content_id, by=CARL, copy_of=1)
    assert (restored.version, restored.body) == (2, "The first text.")


def test_a_discarded_draft_leaves_the_live_version_alone() -> None:
    item = make_item(Status.APPROVED)
    drafts.open_work(content_id=item.content_id, by=CARL)
    drafts.discard_work(content_id=item.content_id, by=CARL)
    current = now_of(item.content_id)
    assert (current.live_version, current.work_version, current.work_status) == (1, None, None)


def test_two_editors_of_one_draft_do_not_overwrite_each_other() -> None:
    item = make_item(Status.DRAFT)
    seen = store.version_of(item.content_id, 1).rev
    drafts.edit(content_id=item.content_id, fields=fields("Hers"), seen_rev=seen, by=ANA)
    with pytest.raises(Stale):
        drafts.edit(content_id=item.content_id, fields=fields("His"), seen_rev=seen, by=CARL)
    assert now_of(item.content_id).title == "Hers"


def test_deprecated_items_name_what_replaces_them() -> None:
    old, new = make_item(Status.APPROVED, title="2025 deck"), make_item(Status.APPROVED, title="2026 deck")
    lifecycle.deprecate(content_id=old.content_id, reason="Out of date.", replacement_id=new.content_id, by=RITA)
    assert now_of(old.content_id).replacement_id == new.content_id


@pytest.mark.parametrize("kind", ["itself", "a draft", "nothing that exists"])
def test_a_replacement_must_be_something_readers_can_be_sent_to(kind: str) -> None:
    old = make_item(Status.APPROVED)
    target = {"itself": old.content_id, "nothing that exists": "01nothing"}.get(kind)
    target = target or make_item(Status.DRAFT, owner=RITA).content_id
    with pytest.raises(Invalid):
        lifecycle.deprecate(content_id=old.content_id, reason="Old.", replacement_id=target, by=RITA)
    assert now_of(old.content_id).status == Status.APPROVED


def test_a_deprecated_item_comes_back_as_approved() -> None:
    item = make_item(Status.DEPRECATED)
    lifecycle.restore(content_id=item.content_id, by=RITA)
    assert now_of(item.content_id).status == Status.APPROVED


def test_an_expired_item_comes_back_as_a_draft_that_must_be_approved_again() -> None:
    item = make_item(Status.EXPIRED)
    lifecycle.restore(content_id=item.content_id, by=RITA)
    current = now_of(item.content_id)
    assert (current.status, current.live_version, current.work_version) == (Status.DRAFT, None, 2)
    lifecycle.submit(content_id=item.content_id, by=CARL)
    approve(item.content_id)
    assert now_of(item.content_id).live_version == 2


def test_an_item_expires_by_the_clock_without_anybody_writing_it() -> None:
    item = make_item(Status.APPROVED)
    soon = clock.now() + timedelta(hours=1)
    schedule.set_dates(content_id=item.content_id, go_live_at=None, expire_at=soon, review_every_days=90, by=RITA)
    item = now_of(item.content_id)
    assert permissions.can_read(VERA, item, soon - timedelta(seconds=1))
    assert not permissions.can_read(VERA, item, soon)
    assert item.status == Status.APPROVED


def test_an_item_expired_by_the_clock_can_be_restored_but_not_verified() -> None:
    item = make_item(Status.APPROVED)
    soon = clock.now() + timedelta(hours=1)
    schedule.set_dates(content_id=item.content_id, go_live_at=None, expire_at=soon, review_every_days=90, by=RITA)
    with clock.at(soon + timedelta(minutes=1)):
        with pytest.raises(Refused):
            lifecycle.verify(content_id=item.content_id, by=RITA)
        lifecycle.restore(content_id=item.content_id, by=RITA)
    assert now_of(item.content_id).expire_at is None


def test_a_contributor_may_not_change_the_dates_of_live_material() -> None:
    item = make_item(Status.APPROVED)
    with pytest.raises(Refused, match="Approver"):
        schedule.set_dates(content_id=item.content_id, go_live_at=None, expire_at=None, review_every_days=30, by=CARL)


def test_still_correct_sets_the_review_clock_back() -> None:
    item = make_item(Status.APPROVED)
    later = clock.now() + timedelta(days=80)
    with clock.at(later):
        lifecycle.verify(content_id=item.content_id, by=CARL)
    assert now_of(item.content_id).next_review_at == later.replace(microsecond=later.microsecond) + timedelta(days=90)


def test_a_never_approved_draft_is_deleted_by_its_owner_alone() -> None:
    item = make_item(Status.DRAFT)
    with pytest.raises(NotFound):
        drafts.delete(content_id=item.content_id, by=CORA)
    drafts.delete(content_id=item.content_id, by=CARL)
    with pytest.raises(NotFound):
        store.item_by_id(item.content_id, fresh=True)
    assert store.versions_of(item.content_id).items == []
    assert actions_of(item.content_id)[0] == "content.deleted"


def test_an_item_goes_with_more_versions_than_a_transaction_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_AT_ONCE", 2)
    item = make_item(Status.APPROVED)
    for _ in range(4):
        drafts.open_work(content_id=item.content_id, by=CARL)
        drafts.discard_work(content_id=item.content_id, by=CARL)
    drafts.delete(content_id=item.content_id, by=ANA)
    assert store.versions_of(item.content_id).items == []


def test_what_was_once_approved_is_not_deleted_by_its_owner() -> None:
    item = make_item(Status.EXPIRED)
    lifecycle.restore(content_id=item.content_id, by=RITA)
    with pytest.raises(Refused):
        drafts.delete(content_id=item.content_id, by=CARL)


def test_someone_elses_draft_does_not_exist_for_a_contributor() -> None:
    item = make_item(Status.DRAFT, owner=CARL)
    for attempt in (
        lambda: drafts.open_work(content_id=item.content_id, by=CORA),
        lambda: lifecycle.submit(content_id=item.content_id, by=CORA),
        lambda: drafts.edit(content_id=item.content_id, fields=fields("Mine"), seen_rev=1, by=CORA),
    ):
        with pytest.raises(NotFound):
            attempt()
