from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid, Refused
from metadata.enums import Group
from metadata.rules import tree


@dataclass
class Leaf:
    option_id: str
    parent_id: str | None = None
    group_key: str = Group.TOPIC_TAG.value
    label: str = ""
    sort_order: int = 0
    archived_at: datetime | None = None
    merged_into: str | None = None


def parent_of(leaf: Leaf) -> str | None:
    return leaf.parent_id


def test_children_follow_their_parent_in_order() -> None:
    leaves = [Leaf("b", sort_order=2), Leaf("a", sort_order=1), Leaf("b1", "b", sort_order=9), Leaf("b0", "b")]
    shown = [(place.option.option_id, place.depth) for place in tree.placed(leaves, parent_of)]
    assert shown == [("a", 0), ("b", 0), ("b0", 1), ("b1", 1)]


def test_products_stand_in_the_order_of_their_suites() -> None:
    leaves = [Leaf("p", "late"), Leaf("q", "early", sort_order=99), Leaf("r")]
    assert [place.option.option_id for place in tree.placed(leaves, parent_of, ("early", "late"))] == ["q", "p", "r"]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 12), st.integers(0, 3)), max_size=10))
def test_nothing_is_lost_even_in_a_circle(drawn: list[tuple[int, int, int]]) -> None:
    leaves = {str(number): Leaf(str(number), str(above), sort_order=order) for number, above, order in drawn}
    places = tree.placed(list(leaves.values()), parent_of)
    assert sorted(place.option.option_id for place in places) == sorted(leaves)
    standing: list[str] = []
    for place in places:
        del standing[place.depth :]
        assert place.depth == 0 or standing[-1] == place.option.parent_id
        standing.append(place.option.option_id)


@pytest.mark.parametrize(
    "ancestors",
    [
        [Leaf("s", group_key="product_suite")],
        [Leaf("x", archived_at=datetime(2026, 1, 1))],
        [Leaf("x", merged_into="y")],
        [Leaf("x"), Leaf("me")],
        [Leaf("me")],
        [Leaf("a"), Leaf("b"), Leaf("c"), Leaf("d")],
    ],
)
def test_what_an_option_cannot_hang_under(ancestors: list[Leaf]) -> None:
    with pytest.raises(Invalid):
        tree.check_parent("me", Group.TOPIC_TAG, ancestors)


def test_levels_below_count_as_well() -> None:
    tree.check_parent("me", Group.TOPIC_TAG, [Leaf("a")], height=2)
    with pytest.raises(Invalid):
        tree.check_parent("me", Group.TOPIC_TAG, [Leaf("a")], height=3)
    tree.check_parent("me", Group.PRODUCT, [Leaf("s", group_key="product_suite")])


@pytest.mark.parametrize(
    ("source", "target", "above_source", "above_target"),
    [
        (Leaf("a"), Leaf("a"), (), ()),
        (Leaf("a"), Leaf("b", group_key="badge"), (), ()),
        (Leaf("a"), Leaf("b"), ("b",), ()),
        (Leaf("a"), Leaf("b"), (), ("x", "a")),
        (Leaf("a", merged_into="c"), Leaf("b"), (), ()),
        (Leaf("a"), Leaf("b", archived_at=datetime(2026, 1, 1)), (), ()),
    ],
)
def test_what_cannot_be_merged(source: Leaf, target: Leaf, above_source: tuple, above_target: tuple) -> None:
    with pytest.raises(Refused):
        tree.check_merge(source, target, above_source, above_target)


@given(st.none() | st.integers(0, 999_999), st.none() | st.integers(0, 999_999))
def test_an_order_between_two_is_between_them(before: int | None, after: int | None) -> None:
    order = tree.between(before, after)
    if order is not None:
        assert 0 <= order <= tree.ORDER_MAX
        assert (before is None or before < order) and (after is None or order < after)
