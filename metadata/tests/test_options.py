"""Making and changing options, and what happens when two people do so at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.store import audit_of_target
from core import events
from core.aws import records
from core.errors import Invalid, NotFound, Refused, Stale
from core.events import Event
from core.testing import ANA, CARL, RITA, VERA
from metadata import store
from metadata.enums import Group
from metadata.models import Option
from metadata.services import options, order, retiring
from metadata.services.options import Fields

pytestmark = pytest.mark.usefixtures("cloud")


def make(label: str, group: Group = Group.TOPIC_TAG, parent: str | None = None) -> Option:
    return options.create(group=group, fields=Fields(label, parent), by=ANA)


def rename(option_id: str, label: str) -> Option:
    option = store.option_by_id(option_id)
    fields = Fields(label, option.parent_id, option.color)
    return options.edit(option_id=option_id, fields=fields, seen_rev=option.rev, by=ANA)


def tree(group: Group = Group.TOPIC_TAG) -> list[tuple[str, int]]:
    store.forget()
    return [(place.option.label, place.depth) for place in store.tree_of(group)]


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], Any]) -> None:
    """Somebody else is quicker: `act` happens just before the next write."""
    write = records.write
    acted: list[bool] = []

    def slower(*changes: Any, **more: Any) -> None:
        if not acted:
            acted.append(True)
            act()
        write(*changes, **more)

    monkeypatch.setattr(store, "write", slower)


@pytest.mark.parametrize("person", [VERA, CARL, RITA])
def test_only_admins_change_options(person: Any) -> None:
    tag = make("Talk track")
    with pytest.raises(Refused):
        options.create(group=Group.TOPIC_TAG, fields=Fields("Mine"), by=person)
    with pytest.raises(Refused):
        options.edit(option_id=tag.option_id, fields=Fields("Mine"), seen_rev=tag.rev, by=person)
    for deed in (retiring.archive, retiring.restore, retiring.delete):
        with pytest.raises(Refused):
            deed(option_id=tag.option_id, by=person)
    with pytest.raises(Refused):
        order.shift(option_id=tag.option_id, places=1, by=person)
    assert tree() == [("Talk track", 0)]


def test_a_taken_name_is_refused_with_the_one_that_holds_it() -> None:
    make("Talk track")
    with pytest.raises(Invalid, match="Talk track"):
        make(" TALK  track")
    with pytest.raises(Invalid):
        rename(make("Other").option_id, "talk track")


def test_two_who_make_the_same_name_at_once_make_one(monkeypatch: pytest.MonkeyPatch) -> None:
    meanwhile(monkeypatch, lambda: make("Renewal"))
    with pytest.raises(Invalid, match="already"):
        make("renewal")
    assert tree() == [("Renewal", 0)]


def test_names_that_differ_get_addresses_that_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [make("K-12").slug, make("K 12").slug] == ["k-12", "k-12-2"]
    meanwhile(monkeypatch, lambda: make("K/12"))
    assert make("K_12").slug == "k-12-4"


def test_a_rename_keeps_the_old_address_and_frees_the_old_name() -> None:
    tag = make("Price sheet")
    rename(tag.option_id, "Price list")
    assert store.addressed(Group.TOPIC_TAG, "price-sheet") == tag.option_id
    assert store.addressed(Group.TOPIC_TAG, "price-list") == tag.option_id
    again = make("Price sheet")
    assert again.slug == "price-sheet-2"
    with pytest.raises(Invalid):
        rename(tag.option_id, "Price sheet")


def test_a_rename_there_and_back_leaves_one_address_each() -> None:
    tag = make("One")
    rename(tag.option_id, "Two")
    back = rename(tag.option_id, "One")
    assert (back.slug, back.aliases) == ("one", ["two"])
    assert rename(tag.option_id, "ONE").label == "ONE"


def test_the_loser_of_a_race_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    tag = make("First")
    meanwhile(monkeypatch, lambda: rename(tag.option_id, "Second"))
    with pytest.raises(Stale):
        rename(tag.option_id, "Third")
    assert store.option_by_id(tag.option_id).label == "Second"
    assert store.named(Group.TOPIC_TAG, "third") is None
    with pytest.raises(Stale):
        options.edit(option_id=tag.option_id, fields=Fields("Fourth"), seen_rev=tag.rev, by=ANA)


def test_every_change_is_audited_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Event] = []
    monkeypatch.setattr(events, "_listeners", [])
    events.listens_to("metadata.*")(told.append)
    tag = make("First")
    rename(tag.option_id, "Second")
    assert [event.name for event in told] == ["metadata.created", "metadata.renamed"]
    actions = [entry.action for entry in audit_of_target(f"metadata:{tag.option_id}").items]
    assert sorted(actions) == ["metadata.changed", "metadata.created"]


def test_options_hang_under_others() -> None:
    suite = make("Advancement", Group.PRODUCT_SUITE)
    make("Giving Days", Group.PRODUCT, suite.option_id)
    with pytest.raises(Invalid):
        make("Suite in a suite", Group.PRODUCT_SUITE, suite.option_id)
    with pytest.raises(Invalid):
        make("Nowhere", Group.PRODUCT, "01nothing")
    above = make("Objections")
    below = make("Price", parent=above.option_id)
    with pytest.raises(Invalid, match="under itself"):
        options.edit(
            option_id=above.option_id, fields=Fields("Objections", below.option_id), seen_rev=above.rev, by=ANA
        )
    assert tree() == [("Objections", 0), ("Price", 1)]


def test_a_parent_that_is_merged_meanwhile_takes_no_children(monkeypatch: pytest.MonkeyPatch) -> None:
    parent = make("Objections")
    meanwhile(monkeypatch, lambda: retiring.delete(option_id=parent.option_id, by=ANA))
    with pytest.raises((Stale, Invalid)):
        make("Price", parent=parent.option_id)
    assert tree() == []


def test_up_and_down_move_among_siblings() -> None:
    made = {label: make(label) for label in ("One", "Two", "Three")}
    make("Under two", parent=made["Two"].option_id)
    order.shift(option_id=made["Three"].option_id, places=-1, by=ANA)
    assert tree() == [("One", 0), ("Three", 0), ("Two", 0), ("Under two", 1)]
    order.shift(option_id=made["One"].option_id, places=-1, by=ANA)
    order.shift(option_id=made["One"].option_id, places=1, by=ANA)
    assert [label for label, depth in tree() if not depth] == ["Three", "One", "Two"]
    order.place_before(option_id=made["Two"].option_id, before_id=made["Three"].option_id, by=ANA)
    assert [label for label, depth in tree() if not depth] == ["Two", "Three", "One"]
    with pytest.raises(Invalid):
        order.place_before(option_id=made["Two"].option_id, before_id="elsewhere", by=ANA)


def test_a_long_list_without_room_is_numbered_anew() -> None:
    for number in range(90):
        options.create(group=Group.TOPIC_TAG, fields=Fields(f"Tag {number:02}"), sort_order=0, by=ANA)
    last = store.options_of(Group.TOPIC_TAG)[-1]
    order.shift(option_id=last.option_id, places=-1, by=ANA)
    shown = [label for label, _ in tree()]
    assert shown[-2:] == ["Tag 89", "Tag 88"]
    assert shown[:88] == [f"Tag {number:02}" for number in range(88)]


def test_an_archived_option_frees_its_name_and_comes_back_only_to_a_free_one() -> None:
    tag = make("Battlecard")
    retiring.archive(option_id=tag.option_id, by=ANA)
    other = make("Battlecard")
    with pytest.raises(Invalid, match="already"):
        retiring.restore(option_id=tag.option_id, by=ANA)
    rename(other.option_id, "Battle card, new")
    retiring.restore(option_id=tag.option_id, by=ANA)
    assert store.named(Group.TOPIC_TAG, "battlecard") == tag.option_id


def test_what_has_others_under_it_stays() -> None:
    suite = make("Advancement", Group.PRODUCT_SUITE)
    product = make("Giving Days", Group.PRODUCT, suite.option_id)
    for deed in (retiring.archive, retiring.delete):
        with pytest.raises(Refused, match="under it"):
            deed(option_id=suite.option_id, by=ANA)
    retiring.delete(option_id=product.option_id, by=ANA)
    retiring.delete(option_id=suite.option_id, by=ANA)
    with pytest.raises(NotFound):
        store.option_by_id(suite.option_id)
    assert make("Advancement", Group.PRODUCT_SUITE).slug == "advancement"


@pytest.mark.parametrize("option_id", ["nothing", "name:topic_tag:talk track", "job:1"])
def test_claims_and_jobs_are_no_options(option_id: str) -> None:
    make("Talk track")
    with pytest.raises(NotFound):
        options.edit(option_id=option_id, fields=Fields("X"), seen_rev=1, by=ANA)
