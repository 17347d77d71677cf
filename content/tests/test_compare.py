from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.compare import ADDED, REMOVED, SAME, SKIPPED, list_pieces, text_pieces


def test_an_inserted_word_is_shown_where_it_stands() -> None:
    pieces = text_pieces("Ask for the budget.", "Ask first for the budget.")
    assert [(piece.how, piece.text.strip()) for piece in pieces if piece.how != SAME] == [(ADDED, "first")]


def test_a_long_unchanged_text_is_cut_to_what_stands_beside_the_change() -> None:
    text = "word " * 500
    pieces = text_pieces(text + "old", text + "new")
    assert [piece.how for piece in pieces] == [SKIPPED, SAME, REMOVED, ADDED]
    assert len(pieces[1].text) <= 160


def test_equal_lists_have_no_change() -> None:
    assert {piece.how for piece in list_pieces(["a", "b"], ["b", "a"])} == {SAME}


@pytest.mark.parametrize("repeated", ["a b ", "\n", "\n\n\nx", "| a | b |\n"])
def test_texts_that_repeat_themselves_are_compared_in_no_time(repeated: str) -> None:
    text = repeated * (150_000 // len(repeated))
    began = time.process_time()
    pieces = text_pieces(f"old {text} x {text} old", f"new {text} y {text} new")
    assert time.process_time() - began < 5
    assert any(piece.how == ADDED and "new" in piece.text for piece in pieces)


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_give_back_both_texts(old: str, new: str) -> None:
    pieces = text_pieces(old, new)
    assert "".join(piece.text for piece in pieces if piece.how != ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.how != REMOVED) == new
