from __future__ import annotations

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


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_give_back_both_texts(old: str, new: str) -> None:
    pieces = text_pieces(old, new)
    assert "".join(piece.text for piece in pieces if piece.how != ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.how != REMOVED) == new
