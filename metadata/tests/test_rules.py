from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid
from metadata import rules


@pytest.mark.parametrize(
    "other", ["pricing", " PRICING ", "Pri\u200dcing".replace("\u200d", ""), "Ｐｒｉｃｉｎｇ", "Pricing\u00a0"]
)
def test_names_that_look_alike_are_the_same(other: str) -> None:
    assert rules.comparison_key(other) == rules.comparison_key("Pricing")


def test_names_that_differ_stay_apart() -> None:
    assert rules.comparison_key("K-12") != rules.comparison_key("K 12")


@pytest.mark.parametrize(
    ("label", "slug"),
    [("Security & IT review", "security-it-review"), ("Évaluation", "evaluation"), ("価格", "4fa1-683c")],
)
def test_slug_is_plain(label: str, slug: str) -> None:
    assert rules.slug_of(label) == slug


@given(st.text(min_size=1, max_size=80).filter(str.strip))
def test_every_label_has_a_slug_for_an_address(label: str) -> None:
    slug = rules.slug_of(label)
    assert slug and slug.isascii() and slug == slug.lower() and " " not in slug


@pytest.mark.parametrize("label", ["", " \n ", "x" * 81])
def test_label_must_be_there_and_short(label: str) -> None:
    with pytest.raises(Invalid):
        rules.check_label(label)


def test_label_is_tidied() -> None:
    assert rules.check_label("  Talk \n track ") == "Talk track"
