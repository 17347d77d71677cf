from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import Invalid
from core.index.documents import Clause, Order, Query, Term
from core.index.sqlite import SqliteIndex
from core.tests.indexing import EVERYTHING, NOW, READERS, ask, document, found


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SqliteIndex]:
    opened = SqliteIndex(tmp_path / "search.db")
    yield opened
    opened.close()


def test_nobody_sees_anything_without_a_clause(index: SqliteIndex) -> None:
    index.put([document("a", "Deck", Term("status", "Approved"))])
    results = ask(index, "deck", allowed=(), facets=("status",))
    assert (found(results), results.total, results.facets) == ([], 0, {"status": {}})


def test_an_empty_clause_value_lets_nothing_through(index: SqliteIndex) -> None:
    index.put([document("a", "Deck", Term("status", "Approved"))])
    assert found(ask(index, allowed=(Clause({"status": frozenset()}),))) == []


def test_values_that_do_not_exist_are_not_remembered(index: SqliteIndex) -> None:
    index.put([document("a", "Deck", Term("tag", "public"))])
    for number in range(20):
        assert ask(index, filters={"tag": frozenset({f"nothing-{number}"})}).total == 0
    assert not [term for term in index._memory.rows if term[1].startswith("nothing")]


def test_totals_and_facets_count_only_what_she_may_see(index: SqliteIndex) -> None:
    index.put(
        [
            document("seen", "Deck", Term("status", "Approved"), Term("tag", "public")),
            document("hidden", "Deck", Term("status", "Draft"), Term("tag", "secret")),
        ]
    )
    results = ask(index, "deck", allowed=READERS, facets=("tag", "status"))
    assert found(results) == ["seen"]
    assert results.total == 1
    assert results.facets == {"tag": {"public": 1}, "status": {"Approved": 1}}


def test_a_facet_is_counted_as_if_it_were_not_chosen(index: SqliteIndex) -> None:
    index.put(
        [
            document("a", "A", Term("tag", "x"), Term("type", "pdf")),
            document("b", "B", Term("tag", "y"), Term("type", "deck")),
        ]
    )
    results = ask(index, filters={"tag": frozenset({"x"})}, facets=("tag", "type"))
    assert results.facets == {"tag": {"x": 1, "y": 1}, "type": {"pdf": 1}}


def test_a_kind_is_never_mixed_with_another(index: SqliteIndex) -> None:
    index.put([document("1", "Deck"), document("1", "Deck", kind="course")])
    assert [hit.kind for hit in ask(index, "deck", kinds=frozenset({"course"})).hits] == ["course"]
    index.remove("course", ["1"])
    assert [hit.kind for hit in ask(index, "deck").hits] == ["content"]
    assert index.ids("course") == set()


def test_the_last_word_may_be_unfinished(index: SqliteIndex) -> None:
    index.put([document("a", "Pricing presentation")])
    for text in ("p", "pri", "pricing pre", "presentatio", "pricing presentations"):
        assert found(ask(index, text)) == ["a"], text


def test_every_word_is_wanted_and_any_word_when_none_has_all(index: SqliteIndex) -> None:
    index.put([document("both", "Renewal pricing"), document("one", "Renewal"), document("other", "Lunch")])
    assert found(ask(index, "renewal pricing")) == ["both"]
    fallback = ask(index, "renewal zebra")
    assert set(found(fallback)) == {"both", "one"}
    assert not fallback.every_word


def test_words_of_hidden_documents_do_not_change_what_she_gets(index: SqliteIndex) -> None:
    index.put([document("seen", "Renewal", Term("status", "Approved"))])
    before = ask(index, "renewal acquisition", allowed=READERS)
    index.put([document("hidden", "Renewal acquisition", Term("status", "Draft"))])
    after = ask(index, "renewal acquisition", allowed=READERS)
    assert (found(before), before.every_word) == (found(after), after.every_word) == (["seen"], False)


def test_a_quoted_phrase_is_exact(index: SqliteIndex) -> None:
    index.put([document("a", "price is too high"), document("b", "high price")])
    assert found(ask(index, '"too high"')) == ["a"]
    assert found(ask(index, "“too high”")) == ["a"]


def test_titles_outrank_keywords_summaries_and_bodies(index: SqliteIndex) -> None:
    filler = "some other words that make every document about as long as the others are here"
    index.put(
        [
            document("body", filler, body="objection"),
            document("summary", filler, summary="objection"),
            document("keywords", filler, keywords="objection"),
            document("title", "objection", summary=filler, body=f"{filler} " * 40),
        ]
    )
    assert found(ask(index, "objection")) == ["title", "keywords", "summary", "body"]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Café résumé", "cafe resume"),
        ("Cafe resume", "CAFÉ"),
        ("Cafe\u0301", "café"),
        ("株式会社テスト", "会社"),
        ("東京の資料 Q3", "資料"),
        ("عرض الأسعار", "الأسعار"),
        ("מחירון", "מחי"),
        ("Launch 🚀 plan", "launch 🚀"),
        ("Straße", "straß"),
        ("C++ primer", "c++"),
    ],
)
def test_every_script_is_found(index: SqliteIndex, title: str, text: str) -> None:
    index.put([document("a", title), document("b", "Something else")])
    results = ask(index, text)
    assert found(results) == ["a"]
    assert "".join(piece.text for piece in results.hits[0].title) == unicodedata.normalize("NFC", title)


def test_matches_are_marked_as_pieces(index: SqliteIndex) -> None:
    index.put([document("a", "<b>Pricing</b> & co", summary="How \x01prices\x02 work", body="nothing")])
    hit = ask(index, "price").hits[0]
    assert [(piece.text, piece.matched) for piece in hit.title] == [
        ("<b>", False),
        ("Pricing", True),
        ("</b> & co", False),
    ]
    assert [(piece.text, piece.matched) for piece in hit.snippet] == [
        ("How ", False),
        ("prices", True),
        (" work", False),
    ]


def test_the_snippet_comes_from_the_body_when_the_summary_says_nothing(index: SqliteIndex) -> None:
    index.put([document("a", "Title", summary="Plain", body=f"{'word ' * 200} needle {'word ' * 200}")])
    snippet = ask(index, "needle").hits[0].snippet
    assert [piece.text for piece in snippet if piece.matched] == ["needle"]
    assert sum(len(piece.text) for piece in snippet) < 250


def test_a_match_far_down_a_long_body_still_gives_a_hit(index: SqliteIndex) -> None:
    index.put([document("a", "Title", summary="Plain", body="word " * 8000 + "needle")])
    hit = ask(index, "needle").hits[0]
    assert [piece.text for piece in (*hit.title, *hit.snippet)] == ["Title", "Plain"]


def test_terms_hold_from_their_beginning_until_just_before_their_end(index: SqliteIndex) -> None:
    live, over = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
    index.put(
        [
            document(
                "a",
                "Deck",
                Term("status", "Scheduled", None, live),
                Term("status", "Approved", live, over),
                Term("status", "Expired", over, None),
            )
        ]
    )
    instant = timedelta(microseconds=1)
    for at, status in [
        (NOW, "Scheduled"),
        (live - instant, "Scheduled"),
        (live, "Approved"),
        (over - instant, "Approved"),
        (over, "Expired"),
        (live, "Approved"),
    ]:
        assert ask(index, now=at, facets=("status",)).facets["status"] == {status: 1}
        assert bool(found(ask(index, now=at, allowed=READERS))) == (status == "Approved")


def test_an_update_leaves_nothing_of_before(index: SqliteIndex) -> None:
    index.put([document("a", "Old words", Term("tag", "x"), Term("tag", "later", NOW + timedelta(days=1)))])
    index.put([document("a", "New text", Term("tag", "y"))])
    assert found(ask(index, "old")) == []
    for at in (NOW, NOW + timedelta(days=2)):
        results = ask(index, "new", now=at, facets=("tag",))
        assert (found(results), results.facets) == (["a"], {"tag": {"y": 1}})


def test_a_misspelled_word_is_corrected_with_what_she_may_see(index: SqliteIndex) -> None:
    index.put(
        [
            document("seen", "Renewal presentation", Term("status", "Approved")),
            document("hidden", "Acquisition", Term("status", "Draft")),
        ]
    )
    query = Query(READERS, NOW, text="renewal presentaton")
    assert index.corrected(query) == "renewal presentation"
    assert index.corrected(Query(READERS, NOW, text="aquisition")) == ""
    assert index.corrected(Query(EVERYTHING, NOW, text="aquisition")) == "acquisition"


@pytest.mark.parametrize("position", ["x", [1], [1, 2, 3], {"a": 1}, [None, []], 7])
@pytest.mark.parametrize("order", list(Order))
def test_a_position_of_another_shape_is_refused_in_words(index: SqliteIndex, order: Order, position: object) -> None:
    index.put([document("a", "Deck"), document("b", "Deck")])
    with pytest.raises(Invalid):
        ask(index, "deck", order=order, after=position)


@pytest.mark.parametrize(
    "text",
    [
        '"', '""', '" "', "*", "AND", "OR NOT", "NEAR(a b, 2)", "title:deck", "-deck", "^deck", "deck*", "a AND (b", "{x}: y",
        "\x00", "\x01deck\x02", "\ud800", "\u202egnp.exe", "'; DROP TABLE documents; --", "%_%", "🚀", "²", "ﬃ", "\ufeff",
        "a" * 10_000, "x " * 5_000, '"' * 999, "\U0010ffff", "İ", "ß", "\u0301", "٣", "①", "𝟘", "ꙮ", "🏳️‍🌈", "..",
    ],
)  # fmt: skip
def test_whatever_is_typed_is_only_words(index: SqliteIndex, text: str) -> None:
    index.put([document("a", "Deck"), document(f"b{len(text)}", text, body=text, summary=text, keywords=text)])
    assert ask(index, text).total <= 2
    index.corrected(Query(EVERYTHING, NOW, text=text))


def test_a_title_is_found_as_a_whole_however_it_is_written_and_among_what_she_may_see(index: SqliteIndex) -> None:
    index.put(
        [
            document("a", "Prix élevé", Term("status", "Approved")),
            document("hidden", "Prix élevé", Term("status", "Draft")),
            document("longer", "Prix élevé, suite", Term("status", "Approved")),
        ]
    )
    results = ask(index, titled="PRIX ELEVE", allowed=READERS)
    assert [(hit.doc_id, "".join(piece.text for piece in hit.title)) for hit in results.hits] == [("a", "Prix élevé")]
    assert ask(index, titled="Prix", allowed=READERS).total == 0
