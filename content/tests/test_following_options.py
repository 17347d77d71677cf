"""Items follow what becomes of the options that they name."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from accounts.person import SYSTEM
from content import store, uses
from content.enums import Status
from content.library import LIBRARY, listing
from content.models import ContentItem
from content.services import drafts
from content.tests.factories import approve, make_item, suite, walk
from core import clock, events
from core.errors import Refused, Stale
from core.index import index
from core.index.documents import Clause, Query
from core.testing import ANA, CARL, VERA
from metadata import references
from metadata import store as options
from metadata.enums import Group
from metadata.services import ensure_option, merging, retiring
from metadata.services.options import Fields, edit
from metadata.tests.test_options import make, meanwhile, rename

pytestmark = pytest.mark.usefixtures("cloud")


def tag(label: str) -> str:
    return ensure_option(group=Group.TOPIC_TAG, label=label, by=SYSTEM)


def item_with(*tags: str, status: Status = Status.APPROVED, **more: Any) -> ContentItem:
    return make_item(status, tags=tags, **more)


def tags_of(item: ContentItem) -> list[str]:
    return list(store.item_by_id(item.content_id, fresh=True).tags)


def found_by(option_id: str) -> set[str]:
    rows = listing(VERA, LIBRARY.asked(QueryDict(f"tag={option_id}"), VERA.user_id), None).rows
    return {row.content_id for row in rows}


def merge(source: str, target: str) -> str:
    return str(merging.merge(source_id=source, target_id=target, by=ANA).option_id)


def test_a_merge_is_seen_at_once_and_written_down() -> None:
    old, new = tag("Objection handlng"), tag("Objection handling")
    both, one = item_with(old, new), item_with(old)
    job = merge(old, new)
    assert tags_of(both) == [new]
    assert tags_of(one) == [new]
    assert found_by(new) == {both.content_id, one.content_id}
    assert options.job_by_id(job).finished_at
    assert references.all_uses() == {new: 2, suite(): 2}


def nobody_follows_merges(monkeypatch: pytest.MonkeyPatch) -> None:
    others = [one for one in events.registrations() if not one.pattern.startswith("metadata.")]
    monkeypatch.setattr(events, "_listeners", others)


def test_readers_resolve_before_anything_was_rewritten(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = tag("Old"), tag("New")
    item = item_with(old)
    nobody_follows_merges(monkeypatch)
    job = merge(old, new)
    assert tags_of(item) == [old]
    assert options.labels()[old] == "New"
    assert found_by(new) == {item.content_id}
    facets = {facet.name: facet for facet in listing(VERA, LIBRARY.asked(QueryDict(), VERA.user_id), None).facets}
    assert [(choice.value, choice.count) for choice in facets["tag"].choices] == [(new, 1)]
    merging.advance(job_id=job, by=SYSTEM)
    assert tags_of(item) == [new]


def test_a_merge_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = tag("Old"), tag("New")
    items = [item_with(old, title=f"Item {number}") for number in range(3)]
    nobody_follows_merges(monkeypatch)
    job = merge(old, new)
    for _ in range(2):
        merging.advance(job_id=job, limit=2, by=SYSTEM)
    assert [tags_of(item) for item in items] == [[new]] * 3
    assert options.job_by_id(job).finished_at
    assert int(options.job_by_id(job).followed) == 3


def test_drafts_follow_without_making_an_open_form_stale() -> None:
    old, new = tag("Old"), tag("New")
    item = item_with(old)
    version = drafts.open_work(content_id=item.content_id, by=CARL)
    merge(old, new)
    assert list(store.version_of(item.content_id, 2, fresh=True).tags) == [new]
    fields = drafts.Fields(title="Mine", body="Text", tags=(old,))
    drafts.edit(content_id=item.content_id, fields=fields, seen_rev=version.text_rev, by=CARL)
    assert list(store.version_of(item.content_id, 2, fresh=True).tags) == [new]


def test_what_was_submitted_stays_as_it_was_and_goes_live_with_what_stands_now() -> None:
    old, new = tag("Old"), tag("New")
    item = item_with(old, status=Status.IN_REVIEW)
    job = merge(old, new)
    assert list(store.version_of(item.content_id, 1, fresh=True).tags) == [old]
    approve(item.content_id)
    assert tags_of(item) == [new]
    assert options.job_by_id(job).finished_at


def test_an_undone_merge_leaves_everything_as_it_was() -> None:
    old, new, other = tag("Old"), tag("New"), tag("Other")
    items = {
        "only old": item_with(old, other),
        "only new": item_with(new),
        "both": item_with(other, old, new),
    }
    before = {name: set(tags_of(item)) for name, item in items.items()}
    job = merge(old, new)
    merging.undo(job_id=job, by=ANA)
    assert {name: set(tags_of(item)) for name, item in items.items()} == before
    assert found_by(old) == {items["only old"].content_id, items["both"].content_id}
    assert options.job_by_id(job).finished_at
    assert options.traces_of(options.job_by_id(job), 10) == {}
    with pytest.raises(Refused, match="already"):
        merging.undo(job_id=job, by=ANA)


def test_an_undo_takes_back_only_what_nobody_changed_since() -> None:
    old, new, other = tag("Old"), tag("New"), tag("Other")
    item = item_with(old)
    job = merge(old, new)
    drafts.open_work(content_id=item.content_id, by=CARL)
    version = store.version_of(item.content_id, 2, fresh=True)
    fields = drafts.fields_of(version)
    drafts.edit(
        content_id=item.content_id,
        fields=drafts.Fields(**fields.__dict__ | {"tags": (other,)}),
        seen_rev=version.text_rev,
        by=CARL,
    )
    walk(item.content_id, Status.APPROVED)
    merging.undo(job_id=job, by=ANA)
    assert tags_of(item) == [other]


def test_names_and_addresses_of_a_merged_option_lead_to_the_other() -> None:
    old, new = tag("Old"), tag("New")
    job = merge(old, new)
    assert tag("old") == new
    assert options.addressed(Group.TOPIC_TAG, "old") == new
    merging.undo(job_id=job, by=ANA)
    assert tag("old") == old
    assert options.addressed(Group.TOPIC_TAG, "old") == old


def test_children_move_along_and_come_back() -> None:
    old, new = make("Old"), make("New")
    child = make("Child", parent=old.option_id)
    job = merge(old.option_id, new.option_id)
    assert options.option_by_id(child.option_id).parent_id == new.option_id
    merging.undo(job_id=job, by=ANA)
    assert options.option_by_id(child.option_id).parent_id == old.option_id
    with pytest.raises(Refused, match="hangs under"):
        merge(old.option_id, child.option_id)


def test_merges_are_undone_in_the_order_they_were_made() -> None:
    first, second, third = tag("First"), tag("Second"), tag("Third")
    item = item_with(first)
    one, two = merge(first, second), merge(second, third)
    assert tags_of(item) == [third]
    with pytest.raises(Refused, match="itself merged"):
        merging.undo(job_id=one, by=ANA)
    merging.undo(job_id=two, by=ANA)
    merging.undo(job_id=one, by=ANA)
    assert tags_of(item) == [first]


def test_a_rename_and_a_merge_at_once_leave_one_of_the_two(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = tag("Old"), tag("New")
    meanwhile(monkeypatch, lambda: merge(old, new))
    with pytest.raises(Stale):
        rename(old, "Renamed")
    assert options.option_by_id(old).merged_into == new
    assert options.named(Group.TOPIC_TAG, "renamed") is None


def test_two_merges_into_each_other_at_once_make_no_circle(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = tag("One"), tag("Two")
    meanwhile(monkeypatch, lambda: merge(one, two))
    with pytest.raises(Stale):
        merge(two, one)
    assert options.option_by_id(two).merged_into is None


def test_a_rename_is_found_by_its_new_name() -> None:
    product = ensure_option(group=Group.PRODUCT, label="Giving Days", by=SYSTEM)
    item = make_item(product=product)
    rename(product, "Wonderland Campaigns")
    query = Query(allowed=[Clause({})], now=clock.now(), text="wonderland")
    assert [hit.doc_id for hit in index().search(query).hits] == [item.content_id]


def test_the_only_suite_of_what_readers_see_is_not_archived() -> None:
    used = suite()
    make_item(Status.APPROVED)
    with pytest.raises(Refused, match="1 visible item has"):
        retiring.archive(option_id=used, by=ANA)
    merge(used, suite("Replacement"))
    assert references.left_bare(options.by_id()[used]) == 1


def test_what_is_used_is_not_deleted_drafts_included() -> None:
    for status in (Status.DRAFT, Status.IN_REVIEW, Status.EXPIRED):
        used = tag(f"Used {status}")
        item_with(used, status=status)
        with pytest.raises(Refused, match="in use"):
            retiring.delete(option_id=used, by=ANA)
    item = item_with()
    version, only_there = drafts.open_work(content_id=item.content_id, by=CARL), tag("Only in a draft")
    fields = drafts.Fields(title="x", body="y", tags=(only_there,))
    drafts.edit(content_id=item.content_id, fields=fields, seen_rev=version.text_rev, by=CARL)
    with pytest.raises(Refused, match="in use"):
        retiring.delete(option_id=only_there, by=ANA)


def test_an_archived_option_stays_where_it_is_and_says_so() -> None:
    used = tag("Battlecard")
    item = item_with(used)
    retiring.archive(option_id=used, by=ANA)
    assert found_by(used) == {item.content_id}
    facets = {facet.name: facet for facet in listing(VERA, LIBRARY.asked(QueryDict(), VERA.user_id), None).facets}
    assert [choice.label for choice in facets["tag"].choices] == ["Battlecard (archived)"]


def test_counts_are_those_of_the_library() -> None:
    used = tag("Used")
    item_with(used), item_with(used, status=Status.DEPRECATED)
    assert (uses.shown()[used], uses.all_uses()[used]) == (1, 2)


def test_a_colour_changes_without_touching_items() -> None:
    used = suite()
    item = make_item()
    option = options.option_by_id(used)
    edit(option_id=used, fields=Fields(option.label, None, "teal"), seen_rev=option.rev, by=ANA)
    assert store.item_by_id(item.content_id, fresh=True).rev == item.rev
