"""Many items at once by a file, in the browser and by `bulk_edit`."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.person import SYSTEM
from accounts.store import audit_of_actor
from accounts.tests.pool import Pool
from bulk import owners
from bulk import store as jobs
from bulk.kinds import kind_of
from bulk.services.files import asked_of
from content import store
from content.enums import Status
from content.services import drafts
from content.tests.factories import make_item, suite
from core import sheets
from core.aws import metering
from core.errors import Invalid
from core.testing import CARL, CORA, sign_in
from metadata.enums import Group
from metadata.services import ensure_option, retiring

pytestmark = pytest.mark.usefixtures("cloud")


def option(group: Group, label: str) -> str:
    return ensure_option(group=group, label=label, by=SYSTEM)


def asked(text: str | bytes, by=CARL):
    return asked_of(kind_of("content"), text if isinstance(text, bytes) else text.encode(), by)


def problems(text: str | bytes) -> list[str]:
    return [row.problem for row in asked(text)]


def draft_of(item):
    found = store.item_by_id(item.content_id, fresh=True)
    return store.version_of(item.content_id, int(found.work_version or found.live_version), fresh=True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_file_is_read_however_a_spreadsheet_wrote_it(encoding: str, separator: str) -> None:
    item, cafe = make_item(Status.DRAFT, title="Café am Morgen"), option(Group.TOPIC_TAG, "Café")
    text = f"ITEM{separator}Add_Tags\r\ncafé  AM morgen{separator}CAFÉ\r\n"
    (row,) = asked(text.encode(encoding))
    assert (row.ref, row.problem, row.wanted) == (item.content_id, "", {"add_tags": [cafe]})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("add_tags\nPrice\n", "Missing: item"),
        ("item,colour\nx,red\n", "No column says what to change"),
        ("item,add_tags\n", "no rows"),
        ("", "Missing: item"),
        ("item,add_tags,ITEM\na,b,c\n", "twice"),
        ('item,add_tags\n"a,b\n', "cannot be read"),
        ("item,add_tags\na\0,b\n", "not a CSV file"),
    ],
)
def test_a_file_that_is_none_says_why(text: str, told: str) -> None:
    with pytest.raises(Invalid, match=told):
        asked(text)


def test_an_item_is_named_by_its_title_its_address_or_its_id() -> None:
    item = make_item(title="=Price, too high")
    names = ["'=Price, too high", f"https://portal/content/{item.content_id}/edit/", item.content_id]
    for name in names:
        (row,) = asked(sheets.line(["item", "do"]) + sheets.line([name.removeprefix("'"), "submit"]))
        assert row.ref == item.content_id


def test_the_same_item_stands_in_a_file_once() -> None:
    item = make_item(title="Renewal")
    text = f"item,do\nRenewal,submit\nRENEWAL,submit\n{item.content_id},withdraw\n"
    assert problems(text) == ["", "The same stands in line 2.", "The same stands in line 2."]


def test_what_differs_in_accents_is_another_and_the_row_says_so() -> None:
    make_item(title="Résumé")
    option(Group.TOPIC_TAG, "Café")
    first, second = problems("item,add_tags\nResume,Café\nRésumé,Cafe\n")
    assert "Do you mean “Résumé”" in first
    assert "Do you mean “Café”" in second


def test_each_row_says_what_is_wrong_with_it() -> None:
    make_item(title="Twins")
    make_item(title="Twins")
    make_item(title="Single")
    retiring.archive(option_id=option(Group.TOPIC_TAG, "Old"), by=SYSTEM)
    text = "item,add_tags,suite,do\nTwins,,,submit\n,,,submit\nSingle,Old,,\nSingle,,Nowhere,\nSingle,,,approve\nSingle,,-,\n"
    told = problems(text)
    for sentence, part in zip(
        told,
        ["2 are called so", "no item in this row", "archived", "no suite", "not one of", "needs a suite"],
        strict=True,
    ):
        assert part in sentence


def test_a_hidden_item_is_not_found_by_its_title() -> None:
    make_item(Status.DRAFT, owner=CORA, title="A canary sang")
    assert problems("item,do\nA canary sang,submit\n") == problems("item,do\nNever there at all,submit\n")


def test_the_file_goes_the_whole_way_in_the_browser() -> None:
    item, price = make_item(Status.DRAFT, title="Renewal"), option(Group.TOPIC_TAG, "Price")
    client = sign_in(Client(), CARL)
    data = b"\xef\xbb\xbfitem,add_tags,do\nRenewal,Price,submit\nNobody knows it,Price,\n"
    address = client.post("/bulk/content/file/", {"file": SimpleUploadedFile("tags.csv", data)})["Location"]
    page = client.get(address).content.decode()
    assert "Changes from tags.csv" in page
    assert "Nobody knows it" in page
    client.post(f"{address}start/")
    client.post(f"{address}step/")
    assert draft_of(item).status == Status.IN_REVIEW
    assert list(draft_of(item).tags) == [price]
    again = client.post("/bulk/content/file/", {"file": SimpleUploadedFile("tags.csv", data)})["Location"]
    job = jobs.job_by_id(again.split("/")[-2])
    assert (int(job.to_do), job.counts) == (0, {"same": 1, "refused": 1})


def test_a_result_is_safe_in_a_spreadsheet() -> None:
    make_item(Status.DRAFT, title="=cmd|' /C calc'!A0")
    client = sign_in(Client(), CARL)
    data = sheets.line(["item", "do"]) + sheets.line(["=cmd|' /C calc'!A0", "submit"])
    address = client.post("/bulk/content/file/", {"file": SimpleUploadedFile("a.csv", data.encode())})["Location"]
    lines = b"".join(client.get(f"{address}result.csv").streaming_content).decode().splitlines()
    assert "'=cmd" in lines[1]


def test_a_browser_takes_a_thousand_rows_and_says_where_more_go() -> None:
    client = sign_in(Client(), CARL)
    data = b"item,do\n" + b"x,submit\n" * 1001
    answer = client.post("/bulk/content/file/", {"file": SimpleUploadedFile("a.csv", data)})
    assert answer.status_code == 400
    assert "bulk_edit" in answer.content.decode()


def run(path: Path, *options: str) -> tuple[str, str, int]:
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("bulk_edit", str(path), *options, stdout=out, stderr=err)
    except CommandError as error:
        code = error.returncode
        err.write(str(error))
    return out.getvalue(), err.getvalue(), code


def test_the_command_tries_does_and_finds_nothing_to_do(tmp_path: Path) -> None:
    item, price, file = make_item(Status.DRAFT, title="Renewal"), option(Group.TOPIC_TAG, "Price"), tmp_path / "a.csv"
    file.write_text("item,add_tags,remove_tags\nRenewal,Price;Price,\nNobody knows it,Price,\n")
    out, err, code = run(file, "--dry-run")
    assert (out, code) == ("1 would change, 1 refused\n", 1)
    assert "line 3: refused: There is no item" in err
    assert list(draft_of(item).tags) == []
    assert run(file)[0] == "1 changed, 1 refused\n"
    assert list(draft_of(item).tags) == [price]
    assert run(file)[0] == "1 as it was, 1 refused\n"
    actions = [entry.action for entry in audit_of_actor(SYSTEM.user_id).items if entry.object_type == "bulk"]
    assert actions == ["bulk.finished", "bulk.started"] * 2


def test_the_command_says_what_it_cannot_read(tmp_path: Path) -> None:
    assert run(tmp_path / "none.csv")[2] == 2
    (tmp_path / "b.csv").write_text("who\nx\n")
    assert run(tmp_path / "b.csv")[2] == 2


def test_somebodys_name_and_rights_are_taken(cloud, settings, tmp_path: Path) -> None:
    pool = Pool(cloud("cognito-idp"))
    settings.COGNITO_USER_POOL_ID = pool.pool_id
    owners.forget()
    mine, live = make_item(Status.DRAFT, owner=pool["carl"], title="Mine"), make_item(title="Another's")
    file = tmp_path / "a.csv"
    file.write_text("item,owner\nMine,CORA.contributor@gravyty.com\nAnother's,cora.contributor@gravyty.com\n")
    out, _err, code = run(file, "--by", "carl.contributor@gravyty.com")
    assert (out, code) == ("1 changed, 1 refused\n", 1)
    assert store.item_by_id(mine.content_id, fresh=True).owner_user_id == pool["cora"].user_id
    assert store.item_by_id(live.content_id, fresh=True).owner_user_id == CARL.user_id
    assert run(file, "--by", "nobody@gravyty.com")[2] == 2


def test_rows_are_read_a_hundred_at_a_time_however_many_there_are(tmp_path: Path) -> None:
    items = [make_item(Status.DRAFT, title=f"Item {n}") for n in range(5)]
    option(Group.TOPIC_TAG, "Price")
    file = tmp_path / "a.csv"
    rows = [f"{item.content_id},Price" for item in items] + [f"01{n:024d},Price" for n in range(1995)]
    file.write_text("item,add_tags\n" + "\n".join(rows) + "\n")
    run(file, "--dry-run")
    meter = metering.start()
    assert run(file, "--dry-run")[0] == "5 would change, 1995 refused\n"
    assert meter.calls <= 20 + 1  # items, and the versions of those that are there


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), min_size=1, max_size=5))
def test_whatever_stands_in_a_file_is_answered_row_by_row_or_refused_as_a_whole(cloud, cells) -> None:
    text = sheets.line(["item", "add_tags"]) + "".join(sheets.line(pair) for pair in cells)
    try:
        rows = asked(text.encode("utf-8", "replace"))
    except Invalid as error:
        assert error.message
    else:
        assert all(row.problem or row.ref for row in rows)


def test_a_suite_and_a_moment_of_a_file_are_put() -> None:
    item, other = make_item(Status.DRAFT, title="Renewal"), suite("Engagement")
    moment = option(Group.PRODUCT_CONCEPT, "Objection: price")
    (row,) = asked("item,suite,moment\nrenewal,engagement,OBJECTION:  price\n")
    assert row.wanted == {"product_suite": other, "product_concept": moment}
    kind = kind_of("content")
    for step in kind.steps[:1]:
        step.do(item.content_id, row.wanted, CARL)
    assert drafts.fields_of(draft_of(item)).product_concept == moment
