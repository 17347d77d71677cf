from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid
from metadata.rules import names

written = st.text(min_size=1, max_size=80)


@pytest.mark.parametrize(
    "other", ["pricing", " PRICING ", "Pri\u200dcing", "Ｐｒｉｃｉｎｇ", "Pricing\u00a0", "pric\u00ading"]
)
def test_names_that_look_alike_are_the_same(other: str) -> None:
    assert names.comparison_key(other) == names.comparison_key("Pricing")


def test_names_that_differ_stay_apart() -> None:
    assert names.comparison_key("K-12") != names.comparison_key("K 12")
    assert names.comparison_key("Évaluation") != names.comparison_key("Evaluation")


@given(written)
def test_a_key_is_its_own_key(label: str) -> None:
    key = names.comparison_key(label)
    assert names.comparison_key(key) == key


@given(written, st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_the_form_of_the_characters_does_not_count(label: str, form: str) -> None:
    assert names.comparison_key(unicodedata.normalize(form, label)) == names.comparison_key(label)  # type: ignore[arg-type]


@given(written)
def test_space_and_case_do_not_count(label: str) -> None:
    key = names.comparison_key(label)
    assert names.comparison_key(f"  {label}\n") == key
    assert names.comparison_key(label.casefold()) == key


@pytest.mark.parametrize(
    ("label", "slug"),
    [("Security & IT review", "security-it-review"), ("Évaluation", "evaluation"), ("価格", "4fa1-683c")],
)
def test_slug_is_plain(label: str, slug: str) -> None:
    assert names.slug_of(label) == slug


@given(written.filter(str.strip))
def test_every_label_has_a_slug_for_an_address(label: str) -> None:
    slug = names.slug_of(label)
    assert slug and slug.isascii() and slug == slug.lower() and " " not in slug


@given(written.filter(str.strip), st.integers(0, 5))
def test_a_free_slug_is_free(label: str, earlier: int) -> None:
    taken: set[str] = set()
    for _ in range(earlier):
        taken.add(names.free_slug(label, taken))
    assert len(taken) == earlier
    assert names.free_slug(label, taken) not in taken


@pytest.mark.parametrize("label", ["", " \n ", "\u200b\u2060", "\x00", "x" * 81])
def test_label_must_be_there_and_short(label: str) -> None:
    with pytest.raises(Invalid):
        names.check_label(label)


@pytest.mark.parametrize(
    ("label", "tidy"), [("  Talk \n track ", "Talk track"), ("Pri\x07cing\u202e", "Pricing"), ("half \ud800", "half")]
)
def test_label_is_tidied(label: str, tidy: str) -> None:
    assert names.check_label(label) == tidy


@given(written)
def test_a_tidy_label_stays_as_it_is(label: str) -> None:
    try:
        tidy = names.check_label(label)
    except Invalid:
        return
    assert names.check_label(tidy) == tidy
    assert names.comparison_key(tidy) == names.comparison_key(label)
