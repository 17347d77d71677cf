from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from accounts.store import audit_of_target, profile_of
from content import store
from content.demo import library, seeding, stage, stories, talks
from content.enums import Freshness, Status
from content.permissions import status_of
from content.rules.review import freshness
from content.services import lifecycle
from content.store.comments import every_comment_of
from content.tests import demo_accounts
from core import clock

accounts = demo_accounts.accounts

_SMALL = ("chat-handover-clip", "event-desk-video-tour", "price-too-high", "event-desk-prices")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[library.Asset, ...]]:
    """A handful of the items, so that a test takes a second."""
    chosen = tuple(asset for asset in library.assets() if asset.slug in _SMALL)
    monkeypatch.setattr(seeding, "assets", lambda: chosen)
    yield chosen


def _state() -> dict[str, tuple[Any, ...]]:
    items = store.items_by_ids([asset.content_id for asset in seeding.assets()])
    return {item.content_id: (item.rev, item.status, item.work_version, item.updated_at) for item in items}


@pytest.fixture
def one_of_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """An item for each history and each type of file, and those that replace another."""
    assets = library.assets()
    by_story = {asset.story: asset for asset in assets}
    by_type = {asset.file.rpartition(".")[2] or asset.kind.value: asset for asset in assets}
    chosen = {asset.slug for asset in (*by_story.values(), *by_type.values())} | {asset.replaced_by for asset in assets}
    monkeypatch.setattr(seeding, "assets", lambda: tuple(asset for asset in assets if asset.slug in chosen))


def test_library_has_every_state_and_kind(accounts: None, one_of_each: None) -> None:
    list(seeding.seed(seeding.demo_people()))
    now = clock.now()
    items = store.items_by_ids([asset.content_id for asset in seeding.assets()])
    states = Counter(status_of(item, now) for item in items)
    assert all(states[status] for status in Status)
    assert {item.format for item in items} >= {"deck", "pdf", "sheet", "document", "image", "audio", "video", "link"}
    assert {freshness(item.next_review_at, now) for item in items} == set(Freshness)
    assert any(item.live_version and item.work_status == Status.IN_REVIEW for item in items)
    assert len({item.owner_user_id for item in items}) == 3
    assert all(item.updated_at <= now for item in items)


def test_library_is_large_and_varied() -> None:
    assets = library.assets()
    assert len(assets) >= 60 and len({asset.slug for asset in assets}) == len(assets)
    assert len({asset.suite.name for asset in assets}) == 4
    assert {asset.story for asset in assets} == set(stories.STORIES)
    assert len({asset.owner for asset in assets if asset.story == "draft"}) == 3


def test_seeding_twice_changes_nothing(accounts: None, few: tuple[library.Asset, ...]) -> None:
    list(seeding.seed(seeding.demo_people()))
    before = _state()
    again = list(seeding.seed(seeding.demo_people()))
    assert _state() == before and len(before) == len(few)
    assert [seeded.steps for seeded in again] == [0] * len(few)
    said = [one.text for one in every_comment_of("demo-price-too-high")]
    assert len(said) == len(set(said)) == 5


def test_people_talk_beside_the_items_among_readers_and_in_reviews() -> None:
    stories_of = {asset.slug: asset.story for asset in library.assets()}
    found = {(one.review, bool(one.resolved_by)) for one in talks.threads()}
    assert found == {(True, True), (True, False), (False, True), (False, False)}
    assert all("review" in stories_of[one.item] for one in talks.threads() if one.review)


def test_what_people_did_since_is_kept(accounts: None, few: tuple[library.Asset, ...]) -> None:
    cast = seeding.demo_people()
    list(seeding.seed(cast))
    lifecycle.deprecate(content_id="demo-price-too-high", reason="Told otherwise now.", by=cast["approver"])
    list(seeding.seed(cast))
    assert store.item_by_id("demo-price-too-high").status == Status.DEPRECATED


@pytest.mark.parametrize("killed_after", [1, 9])
def test_seeding_that_was_cut_off_goes_on(
    accounts: None, few: tuple[library.Asset, ...], monkeypatch: pytest.MonkeyPatch, killed_after: int
) -> None:
    cast = seeding.demo_people()
    left = [killed_after]
    play = stories.steps_of

    def mortal(asset: library.Asset) -> list[stories.Step]:
        def act(step: stories.Step) -> stories.Act:
            def or_die(on: stage.Stage) -> None:
                if not left[0]:
                    raise KeyboardInterrupt
                left[0] -= 1
                step.act(on)

            return or_die

        return [stories.Step(step.leaves, step.days_ago, act(step)) for step in play(asset)]

    with monkeypatch.context() as patched:
        patched.setattr(stories, "steps_of", mortal)
        with pytest.raises(KeyboardInterrupt):
            list(seeding.seed(cast))
    seeded = list(seeding.seed(cast))
    assert sum(one.steps for one in seeded) == sum(len(play(asset)) for asset in few) - killed_after
    for asset in few:
        entries = audit_of_target(f"content:{asset.content_id}", limit=50).items
        assert [entry.action for entry in reversed(entries)] == [step.leaves for step in play(asset)]


def test_people_find_their_products_and_favourites(accounts: None, few: tuple[library.Asset, ...]) -> None:
    cast = seeding.demo_people()
    list(seeding.seed(cast))
    profile = profile_of(cast["ae"].user_id)
    assert profile and profile.favourites[0] == "demo-price-too-high"
    assert len(profile.product_ids) == 3


def test_every_link_of_an_article_leads_to_an_item() -> None:
    known = {f"/content/{asset.content_id}/" for asset in library.assets()}
    for asset in library.assets():
        linked = {part.split(")")[0] for part in asset.body.split("](")[1:]}
        assert linked <= known, asset.slug


def test_every_label_is_one_of_the_company() -> None:
    firm = library.company()
    products = {product for suite in firm.suites for product in suite.products}
    for asset in library.assets():
        assert asset.concept in firm.concepts and set(asset.tags) <= set(firm.tags), asset.slug
        assert asset.product in products | {None}, asset.slug
    slugs = {asset.slug for asset in library.assets()}
    for habits in firm.people.values():
        assert {*habits.favourites, *habits.opened} <= slugs
        assert set(habits.products) <= products
