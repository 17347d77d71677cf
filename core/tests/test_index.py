from __future__ import annotations

import sqlite3
import threading
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.errors import Invalid, Unavailable
from core.index import schema
from core.index.documents import Clause, Document, Order, Query, Results, Term
from core.index.sqlite import SqliteIndex

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EVERYTHING = (Clause({}),)
READERS = (Clause({"status": frozenset({"Approved"})}),)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SqliteIndex]:
    opened = SqliteIndex(tmp_path / "search.db")
    yield opened
    opened.close()


def document(
    doc_id: str, title: str = "", *terms: Term, kind: str = "content", at: datetime = NOW, **texts: str
) -> Document:
    parts = {"summary": "", "keywords": "", "body": ""} | texts
    return Document(kind=kind, doc_id=doc_id, title=title, terms=terms, updated_at=at, **parts)


def ask(index: SqliteIndex, text: str = "", **changes: object) -> Results:
    values = {"allowed": EVERYTHING, "now": NOW, "text": text, "order": Order.RELEVANCE} | changes
    return index.search(Query(**values))  # type: ignore[arg-type]


def found(results: Results) -> list[str]:
    return [hit.doc_id for hit in results.hits]


def test_nobody_sees_anything_without_a_clause(index: SqliteIndex) -> None:
    index.put([document("a", "Deck", Term("status", "Approved"))])
    results = ask(index, "deck", allowed=(), facets=("status",))
    assert (found(results), results.total, results.facets) == ([], 0, {"status": {}})


def test_an_empty_clause_value_lets_nothing_through(index: SqliteIndex) -> None:
    index.put([document("a", "Deck", Term("status", "Approved"))])
    assert found(ask(index, allowed=(Clause({"status": frozenset()}),))) == []


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


def test_many_threads_search_while_others_write(index: SqliteIndex) -> None:
    failures: list[BaseException] = []
    index.put([document(f"fixed{n}", "Deck", Term("status", "Approved")) for n in range(20)])

    def guarded(writes: int | None = None) -> None:
        try:
            for n in range(12):
                if writes is not None:
                    index.put([document(f"w{writes}-{n}", "Deck", Term("status", "Draft"))])
                    index.remove("content", [f"w{writes}-{n}"])
                else:
                    results = ask(index, "deck", allowed=READERS, facets=("status",))
                    assert (results.total, results.facets) == (20, {"status": {"Approved": 20}})
        except Exception as failure:  # noqa: BLE001  (told by the assertion at the end)
            failures.append(failure)
        finally:
            index.close()

    threads = [threading.Thread(target=guarded, kwargs={"writes": n if n < 2 else None}) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert index.ids("content") == {f"fixed{n}" for n in range(20)}


def test_what_one_process_writes_another_sees_at_once(index: SqliteIndex, tmp_path: Path) -> None:
    other = SqliteIndex(tmp_path / "search.db")
    assert found(ask(other, "deck")) == []
    index.put([document("a", "Deck", Term("status", "Draft"))])
    assert found(ask(other, "deck")) == ["a"]
    index.put([document("a", "Deck", Term("status", "Approved"))])
    assert found(ask(other, "deck", allowed=READERS)) == ["a"]
    other.close()


def test_a_failed_write_leaves_everything_as_it_was(index: SqliteIndex) -> None:
    index.put([document("a", "Deck", Term("tag", "x"))])
    with pytest.raises(AttributeError):
        index.put([document("b", "Deck", Term("tag", "x")), document("c", None)])  # type: ignore[arg-type]
    results = ask(index, facets=("tag",))
    assert (found(results), results.facets) == (["a"], {"tag": {"x": 1}})


def test_a_new_file_says_that_it_has_to_be_filled(index: SqliteIndex) -> None:
    assert index.stale
    index.rebuilt()
    assert not index.stale


@pytest.mark.parametrize("rubbish", [b"this is no database" * 500, b"SQLite format 3\x00" + b"\xff" * 8000])
def test_a_damaged_file_is_moved_aside(tmp_path: Path, rubbish: bytes) -> None:
    path = tmp_path / "search.db"
    path.write_bytes(rubbish)
    index = SqliteIndex(path)
    index.put([document("a", "Deck")])
    assert found(ask(index, "deck")) == ["a"]
    assert index.stale
    assert (tmp_path / "search.db.damaged").read_bytes() == rubbish
    index.close()


def test_damage_that_comes_later_costs_one_request(index: SqliteIndex, tmp_path: Path) -> None:
    index.put([document(f"a{n}", "Deck " * 50) for n in range(50)])
    index.rebuilt()
    index.close()
    path = tmp_path / "search.db"
    sane = path.read_bytes()
    path.write_bytes(sane[:4096] + b"\xff" * (len(sane) - 4096))
    broken = SqliteIndex(path)
    results = None
    for _ in range(2):
        try:
            results = ask(broken, "deck")
        except Unavailable:
            continue
    assert results is not None
    assert results.total == 0
    assert broken.stale
    broken.close()


def test_a_file_of_another_version_is_emptied(
    index: SqliteIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.put([document("a", "Deck")])
    index.rebuilt()
    index.close()
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    newer = SqliteIndex(tmp_path / "search.db")
    assert newer.stale
    assert newer.ids("content") == set()
    newer.put([document("b", "Deck")])
    assert found(ask(newer, "deck")) == ["b"]
    newer.close()


def test_a_locked_file_is_unavailable_and_not_lost(
    index: SqliteIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "BUSY_SECONDS", 0.05)
    index.put([document("a", "Deck")])
    index.close()
    holder = sqlite3.connect(tmp_path / "search.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable):
        index.put([document("b", "Deck")])
    assert found(ask(index, "deck")) == ["a"]
    holder.close()
    index.put([document("b", "Deck")])
    assert set(found(ask(index, "deck"))) == {"a", "b"}
