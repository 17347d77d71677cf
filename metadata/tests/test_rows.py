from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid
from metadata.enums import Group
from metadata.rules import rows
from metadata.rules.plan import Deed, Known, Plan, in_order

cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30).map(str.strip)


def planned(text: str, *known: Known) -> Plan:
    return Plan(rows.read(text.encode(), is_json=False, most=100), known)


def option(label: str, option_id: str = "1", group: Group = Group.TOPIC_TAG, **more: object) -> Known:
    given = {"parent": "", "color": "", "sort_order": 0, "archived": False} | more
    return Known(option_id, group, label, **given)  # type: ignore[arg-type]


@given(st.text())
def test_no_cell_is_a_formula_and_each_comes_back(cell: str) -> None:
    safe = rows.harmless(cell)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert rows.as_written(safe) == cell


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(rows.COLUMNS, cells)), min_size=1, max_size=5))
def test_what_is_written_is_read_again(written: list[dict[str, str]]) -> None:
    some = [row for row in written if any(row.values())]
    if some:
        for data, is_json in ((rows.to_csv(some), False), (rows.to_json(some), True)):
            assert [dict(row.values) for row in rows.read(data.encode(), is_json=is_json, most=9)] == some


def test_excel_and_other_tables_are_understood() -> None:
    line = "group;label\ntopic_tag;Überblick, kurz\n"
    for data in (line.encode(), line.encode("utf-8-sig"), line.encode("utf-16"), line.replace(";", "\t").encode()):
        (row,) = rows.read(data, is_json=False, most=9)
        assert row.values == {"group": "topic_tag", "label": "Überblick, kurz"}
        assert row.number == 2


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "“group” is missing"),
        (b"label\nx", "“group” is missing"),
        (b"group,label\n", "no rows"),
        (b"group,label,shade\nx,y,z", "“shade” is not a column"),
        (b"group,label,name\nx,y,z", "twice"),
        ("group,label\ntopic_tag,Überblick".encode("cp1252"), "Line 2 is not written in UTF-8"),
        (b"group,label\nx,\0", "not a text file"),
        (b'group,label\nx,"open', "cannot be read"),
        (b"group,label\n" + b"topic_tag,x\n" * 10, "more than 9 rows"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        rows.read(data, is_json=False, most=9)


@pytest.mark.parametrize("text", ["{", "3", '{"options": 1}', "[" * 5000])
def test_json_that_is_none_says_so(text: str) -> None:
    with pytest.raises(Invalid):
        rows.read(text.encode(), is_json=True, most=9)


def test_each_row_says_what_it_would_do() -> None:
    plan = planned(
        "group,label,color\ntopic_tag,New,teal\ntopic_tag,OLD,\ntopic_tag,Kept,\nnothing,X,\ntopic_tag,Blue,blue\n",
        option("Old"),
        option("Kept", "2"),
    )
    assert [row.deed for row in plan.rows] == [Deed.CREATE, Deed.CHANGE, Deed.SAME, Deed.REFUSE, Deed.REFUSE]
    assert plan.rows[1].changes == [("label", "Old", "OLD")]
    assert "not a group" in plan.rows[3].problem
    assert "not a colour" in plan.rows[4].problem


def test_duplicates_in_case_and_in_accents_are_told_apart() -> None:
    plan = planned(
        "group,label\ntopic_tag,Évaluation\ntopic_tag,  évaluation\ntopic_tag,Evaluation\nbadge,Evaluation\n"
    )
    assert [row.deed for row in plan.rows] == [Deed.CREATE, Deed.REFUSE, Deed.REFUSE, Deed.CREATE]
    assert "same name as row 2" in plan.rows[1].problem
    assert "accents" in plan.rows[2].problem


def test_an_id_renames_what_it_names() -> None:
    plan = planned(
        "option_id,group,label\n1,topic_tag,Renamed\n9,topic_tag,Unknown id\n2,badge,Wrong\n",
        option("Old"),
        option("B", "2"),
    )
    assert [row.deed for row in plan.rows] == [Deed.CHANGE, Deed.CREATE, Deed.REFUSE]


def test_parents_may_come_below_and_must_be_there() -> None:
    plan = planned(
        "group,label,parent\ntopic_tag,Leaf,Branch\ntopic_tag,Branch,Root\ntopic_tag,Root,\ntopic_tag,Lost,Nowhere\n"
        "topic_tag,Lost too,Lost\nbadge,B,Root\nproduct,P,Suite\nproduct_suite,Suite,\n"
    )
    deeds = {row.label: row.deed for row in plan.rows}
    assert [label for label, deed in deeds.items() if deed is Deed.REFUSE] == ["Lost", "Lost too", "B"]
    order = [row.label for row in in_order(plan.rows)]
    assert order.index("Root") < order.index("Branch") < order.index("Leaf")
    assert order.index("Suite") < order.index("P")


def test_circles_and_towers_are_refused() -> None:
    plan = planned("group,label,parent\ntopic_tag,A,B\ntopic_tag,B,A\ntopic_tag,C,C\n")
    assert [row.deed for row in plan.rows] == [Deed.REFUSE] * 3
    tower = "".join(f"topic_tag,{n},{n - 1 if n else ''}\n" for n in range(6))
    plan = planned(f"group,label,parent\n{tower}")
    assert [row.deed for row in plan.rows] == [Deed.CREATE] * 4 + [Deed.REFUSE] * 2


def test_an_export_is_a_table_that_spreadsheets_open() -> None:
    text = rows.to_csv([dict.fromkeys(rows.COLUMNS, "") | {"label": '=HYPERLINK("x")'}])
    assert text.startswith("\ufeffoption_id,")
    assert list(csv.reader(io.StringIO(text)))[1][2] == '\'=HYPERLINK("x")'
