"""Ids of comments, and what may be written in one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules import comments as rules
from content.rules.comments import READERS, review_of
from core.errors import Invalid
from core.ids import new_id

MADE = "01jd2v7m3s8q4k6w9x0y1z2a3b"


@given(st.one_of(st.none(), st.integers(1, 10**9 - 1)))
def test_an_id_says_where_its_comment_stands(version: int | None) -> None:
    talk = review_of(version) if version else READERS
    thread_id, answer_id = talk.thread_id(MADE), rules.reply_id(talk.thread_id(MADE), new_id())
    first, answer = rules.place_of(thread_id), rules.place_of(answer_id)
    assert first and answer
    assert (first.talk, first.thread_id, first.parent_id) == (talk, thread_id, None)
    assert (answer.talk, answer.thread_id, answer.parent_id) == (talk, thread_id, thread_id)
    assert rules.talk_of(talk.key) == talk


@pytest.mark.parametrize(
    "text",
    ["", "readers", MADE, f"readers-{MADE}-", f"review-{MADE}", f"review-0-{MADE}", f"review-01-{MADE}", f"Readers-{MADE}",
     f"readers-{MADE}-{MADE}-{MADE}", f"readers-{MADE}\n", f"review-١-{MADE}", f"review-9999999999-{MADE}", f" readers-{MADE}"],
)  # fmt: skip
def test_what_is_no_id_stands_nowhere(text: str) -> None:
    assert rules.place_of(text) is None


def test_answers_follow_their_thread_and_come_before_the_next() -> None:
    first, second = (READERS.thread_id(f"01jd2v7m3s8q4k6w9x0y1z2a3{end}") for end in "ab")
    answers = [rules.reply_id(first, new_id()) for _number in range(3)]
    assert sorted([second, *answers, first]) == [first, *sorted(answers), second]


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00\x07", "\u200b\u200d", "\ud800", "\u202e", "\r\n"])
def test_nothing_is_no_comment(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        rules.tidied(text)
    assert refused.value.fields == {"text": "Write something first."}


def test_two_thousand_characters_fit_and_one_more_does_not() -> None:
    assert len(rules.tidied("é" * 2000)) == 2000
    assert len(rules.tidied("🚀" * 1000 + "\r\n" + "a" * 999)) == 2000, "a line break counts once"
    with pytest.raises(Invalid, match="Use at most 2,000 characters; this has 2,001"):
        rules.tidied("a" * 2001)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  one\r\ntwo\r\rthree  ", "one\ntwo\n\nthree"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("a\x00b\x1bc\x7f\x85", "abc"),
        ("a\ud800b", "ab"),
        ("هل السعر صالح؟", "هل السعر صالح؟"),
        ("👩‍💻 ok", "👩‍💻 ok"),
        ("<b>not bold</b>", "<b>not bold</b>"),
    ],
)
def test_a_text_is_kept_without_what_no_keyboard_types(text: str, kept: str) -> None:
    assert rules.tidied(text) == kept


@given(st.text(max_size=2500))
def test_whatever_is_typed_is_taken_or_refused_in_words_and_taking_it_twice_changes_nothing(text: str) -> None:
    try:
        tidy = rules.tidied(text)
    except Invalid as refused:
        assert set(refused.fields) == {"text"}
    else:
        assert rules.tidied(tidy) == tidy
        tidy.encode()
