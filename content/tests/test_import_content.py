from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from content import store
from content.demo import makers
from content.demo.makers.brand import Brief
from content.enums import Status
from content.importing import bringing
from content.management.commands import import_content
from content.models import ContentItem, ContentVersion
from content.permissions import clauses_for
from content.services import drafts, lifecycle
from core import clock
from core.aws import records
from core.errors import NotFound
from core.index import index
from core.index.documents import Query
from core.testing import ANA, CARL, RITA, VERA
from metadata import store as metadata

_PEOPLE = {"ana@x": ANA, "carl@x": CARL, "rita@x": RITA, "vera@x": VERA}
_PICTURE = Brief("A picture", "Of nothing.", "Suite", "", "teal", {"steps": [["One", "a"], ["Two", "b"]]})
_CLIP = Brief("A clip", "Of nothing.", "Suite", "", "teal", {"scenes": ["One"]})


@pytest.fixture(autouse=True)
def people(monkeypatch: pytest.MonkeyPatch) -> None:
    def by_email(email: str) -> Any:
        if email not in _PEOPLE:
            raise NotFound(f"Nobody signs in with {email}.")
        return _PEOPLE[email]

    monkeypatch.setattr(import_content, "person_by_email", by_email)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small handbook: two pages that link to each other, a picture, a clip with captions and a sheet."""
    root = tmp_path / "handbook"
    (root / "sales" / "img").mkdir(parents=True)
    (root / "sales" / "index.md").write_text(
        "---\ntitle: How we sell\ntags: [Talk track]\nsuite: Advancement\n---\n"
        "Read [prices](../prices.md#now) or [gone](gone.md).\n\n![screen](img/screen.png)\n\nSee [the sheet](plan.csv).\n"
    )
    (root / "prices.md").write_text("# Prices\n\nThey are fair. [Back](sales/)\n")
    (root / "sales" / "plan.csv").write_text("a,b\n1,2\n")
    makers.make(_PICTURE, "screen.png", root / "sales" / "img")
    makers.make(_CLIP, "clip.mp4", root)
    return root


def _run(folder: Path, *options: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("import_content", str(folder), "--owner", "carl@x", *options, stdout=out, stderr=out)
    except CommandError as error:
        return error.returncode, out.getvalue() + str(error)
    return 0, out.getvalue()


def _items() -> dict[str, ContentItem]:
    page = records.query(ContentItem.by_owner, CARL.user_id, scope="test", limit=100)
    return {str(item.import_key): item for item in page.items}


def _draft(item: ContentItem) -> ContentVersion:
    return store.version_of(item.content_id, int(item.work_version or item.live_version or 0))


def test_folder_becomes_items_of_the_library(cloud: Callable[[str], Any], folder: Path) -> None:
    code, said = _run(folder, "--folders", "tags", "--suite", "Student Success", "--tag", "Imported")
    assert (code, "4 new." in said) == (0, True)
    items = _items()
    assert set(items) == {f"handbook/{name}" for name in ("sales/index.md", "prices.md", "sales/plan.csv", "clip.mp4")}
    page, labels = _draft(items["handbook/sales/index.md"]), metadata.labels()
    assert (page.title, page.status) == ("How we sell", Status.DRAFT)
    assert [labels[tag] for tag in page.tags] == ["Talk track", "Imported", "Sales"]
    assert labels[page.product_suite] == "Advancement"
    assert labels[_draft(items["handbook/prices.md"]).product_suite] == "Student Success"


def test_links_and_pictures_lead_into_the_library(cloud: Callable[[str], Any], folder: Path) -> None:
    _run(folder)
    items = _items()
    ids = {key.removeprefix("handbook/"): item.content_id for key, item in items.items()}
    page = _draft(items["handbook/sales/index.md"])
    assert f"[prices](/content/{ids['prices.md']}/#now)" in page.body
    assert f"[the sheet](/content/{ids['sales/plan.csv']}/)" in page.body
    assert "[gone](gone.md)" in page.body
    assert f"![screen](/content/{page.content_id}/files/{page.files[0].file_id}/?inline=1)" in page.body
    assert f"[Back](/content/{ids['sales/index.md']}/)" in _draft(items["handbook/prices.md"]).body
    assert [file.name for file in _draft(items["handbook/clip.mp4"]).files] == ["clip.mp4", "clip.vtt"]


def test_importing_twice_changes_nothing(cloud: Callable[[str], Any], folder: Path) -> None:
    _run(folder)
    before = {key: item.rev for key, item in _items().items()}
    code, said = _run(folder)
    assert (code, "4 unchanged." in said) == (0, True)
    assert {key: item.rev for key, item in _items().items()} == before


def test_changed_source_becomes_a_new_draft_beside_the_live_version(cloud: Callable[[str], Any], folder: Path) -> None:
    approved = ("--suite", "Advancement", "--status", "approved", "--approver", "rita@x")
    assert _run(folder, *approved)[0] == 0
    assert {item.status for item in _items().values()} == {Status.APPROVED}
    (folder / "prices.md").write_text("# Prices\n\nThey went up.\n")
    code, said = _run(folder, "--suite", "Advancement")
    assert (code, "1 changed, 3 unchanged." in said) == (0, True)
    item = _items()["handbook/prices.md"]
    assert (item.live_version, item.work_version) == (1, 2)
    assert _draft(item).body == "They went up."
    assert "fair" in store.version_of(item.content_id, 1).body


def test_what_people_wrote_is_not_written_over(cloud: Callable[[str], Any], folder: Path) -> None:
    _run(folder)
    item = _items()["handbook/prices.md"]
    fields = drafts.Fields(title="Prices", summary="Mine", body="My own words.")
    drafts.edit(content_id=item.content_id, fields=fields, seen_rev=int(_draft(item).text_rev), by=CARL)
    (folder / "prices.md").write_text("# Prices\n\nThey went up.\n")
    code, said = _run(folder)
    assert code == 1
    assert "prices.md: it has changed, but somebody has edited the draft" in said
    assert _draft(item).body == "My own words."


def test_item_that_was_retired_or_is_in_review_is_left_alone(cloud: Callable[[str], Any], folder: Path) -> None:
    _run(folder, "--suite", "Advancement", "--status", "approved", "--approver", "rita@x")
    retired = _items()["handbook/prices.md"].content_id
    lifecycle.deprecate(content_id=retired, reason="Old.", by=RITA)
    (folder / "prices.md").write_text("# Prices\n\nThey went up.\n")
    code, said = _run(folder, "--suite", "Advancement")
    assert code == 1 and "retired in the library" in said
    assert store.item_by_id(retired).status == Status.DEPRECATED


@pytest.mark.parametrize("step", ["attach_local", "_mark", "_advance"])
def test_import_that_was_cut_off_is_completed(
    cloud: Callable[[str], Any], folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def die(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(bringing.local_files if step == "attach_local" else bringing, step, die)
        with pytest.raises(KeyboardInterrupt):
            _run(folder, "--suite", "Advancement", "--status", "in-review")
    assert _run(folder, "--suite", "Advancement", "--status", "in-review")[0] == 0
    items = _items()
    assert len(items) == 4
    assert {item.work_status for item in items.values()} == {Status.IN_REVIEW}
    assert all(item.last_version == 1 for item in items.values())
    assert len(_draft(items["handbook/clip.mp4"]).files) == 2


def test_refused_files_are_named_with_their_reason(cloud: Callable[[str], Any], tmp_path: Path) -> None:
    bad = {
        "empty.md": b"",
        "empty.pdf": b"",
        "latin.md": "Prix : déjà".encode("latin-1"),
        "broken.md": b"---\ntitle: a: b\n---\nText",
        "only-title.md": b"# Title\n",
        "page.html": b"<script>alert(1)</script>",
        "program.pdf": b"MZ" + b"\0" * 600,
        "alone.vtt": b"WEBVTT\n",
        "huge.md": b"word " * 200_000,
    }
    for name, data in bad.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "good \u202etxt.md").write_text("Fine.")
    (tmp_path / "escape.md").symlink_to("/etc/hostname")
    code, said = _run(tmp_path)
    assert code == 1
    for name in (*bad, "escape.md"):
        assert said.count(f"refused  {name}: ") == 1, name
    assert "1 new, 10 refused." in said
    assert len(_items()) == 1


def test_folder_without_anything_good_says_so(cloud: Callable[[str], Any], tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>")
    assert _run(tmp_path)[0] == 2
    assert _run(tmp_path / "missing")[0] == 2


def test_dry_run_writes_nothing(cloud: Callable[[str], Any], folder: Path) -> None:
    out = StringIO()
    call_command("import_content", str(folder), "--dry-run", stdout=out, stderr=out)
    assert "sales/index.md: “How we sell” (article, Advancement, Talk track)" in out.getvalue()
    assert "4 would be imported." in out.getvalue()
    assert not _items() and not metadata.by_id()
    listed = cloud("s3").list_objects_v2(Bucket=settings.ENABLEMENT_CONTENT_BUCKET)
    assert listed["KeyCount"] == 0


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--owner", "vera@x"), "role Viewer"),
        (("--owner", "nobody@x"), "Nobody signs in"),
        (("--status", "approved"), "--approver"),
        (("--status", "approved", "--approver", "carl@x"), "role Contributor"),
        (("--owner", "rita@x", "--status", "approved", "--approver", "rita@x"), "her own items"),
    ],
)
def test_wrong_people_are_refused_before_anything_is_written(
    cloud: Callable[[str], Any], folder: Path, options: tuple[str, ...], reason: str
) -> None:
    code, said = _run(folder, *options)
    assert (code, reason in said) == (2, True)
    assert not _items()


def test_without_a_suite_a_page_stays_a_draft_and_is_reported(cloud: Callable[[str], Any], folder: Path) -> None:
    code, said = _run(folder, "--status", "in-review")
    assert code == 1
    assert "prices.md: It is not ready for review yet" in said
    assert _items()["handbook/prices.md"].status == Status.DRAFT
    assert _run(folder, "--status", "in-review", "--suite", "Advancement")[0] == 0


def test_folders_become_products_of_the_suite(cloud: Callable[[str], Any], folder: Path) -> None:
    _run(folder, "--folders", "products", "--suite", "Student Success")
    labels, options = metadata.labels(), metadata.by_id()
    sheet = _items()["handbook/sales/plan.csv"]
    assert labels[sheet.product] == "Sales"
    assert options[sheet.product].parent_id == sheet.product_suite
    assert _items()["handbook/prices.md"].product is None


def test_imported_pages_are_found_by_product_and_tag(cloud: Callable[[str], Any], folder: Path) -> None:
    approved = ("--suite", "Advancement", "--status", "approved", "--approver", "rita@x")
    assert _run(folder, "--product", "Handbook", "--folders", "tags", *approved)[0] == 0
    ids = {label: option_id for option_id, label in metadata.labels().items()}

    def found(text: str = "", **labels: str) -> int:
        filters = {name: frozenset({ids[label]}) for name, label in labels.items()}
        query = Query(allowed=clauses_for(VERA), now=clock.now(), filters=filters, text=text)
        return index().search(query).total

    assert found(product="Handbook") == 4
    assert found(product="Handbook", tag="Sales") == 2
    assert found("fair", product="Handbook") == 1


def test_picture_that_is_gone_is_a_note_and_no_failure(cloud: Callable[[str], Any], folder: Path) -> None:
    (folder / "sales" / "img" / "screen.png").unlink()
    code, said = _run(folder, "-v", "2")
    assert code == 0
    assert "note  sales/index.md: leads to nothing in this folder: img/screen.png" in said


def test_two_pictures_of_one_name_stay_apart(cloud: Callable[[str], Any], folder: Path) -> None:
    (folder / "other").mkdir()
    makers.make(_PICTURE, "screen.png", folder / "other")
    with (folder / "sales" / "index.md").open("a") as page:
        page.write("\n![other](../other/screen.png) ![again](img/screen.png)\n")
    _run(folder)
    page_draft = _draft(_items()["handbook/sales/index.md"])
    assert [file.name for file in page_draft.files] == ["screen.png", "other-screen.png"]
    assert page_draft.body.count(page_draft.files[0].file_id) == 2
