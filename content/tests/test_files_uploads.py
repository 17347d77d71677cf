from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.conf import settings

from accounts.person import Person
from accounts.store import audit_of_target
from content import store
from content.enums import Kind
from content.models import ContentVersion
from content.rules import files as rules
from content.services import drafts, files, lifecycle, sending, uploads
from content.tests import samples
from core.aws import s3
from core.errors import Invalid, NotFound, Refused, Stale
from core.testing import ANA, CARL, CORA, RITA, VERA

pytestmark = pytest.mark.usefixtures("cloud")


def a_draft(by: Person = CARL) -> str:
    fields = drafts.Fields(title="Pricing deck", summary="For renewals", product_suite="suite")
    return str(drafts.create(kind=Kind.FILE, fields=fields, by=by).content_id)


def send(plan: sending.UploadPlan, content_id: str, content: bytes, mime: str | None = None) -> str:
    """What the browser does with the plan; gives the version that S3 answers."""
    from core.aws import clients

    put = clients.client("s3").put_object(
        Bucket=settings.ENABLEMENT_CONTENT_BUCKET,
        Key=f"content/{content_id}/source/{plan.name}",
        Body=content,
        ContentType=mime or plan.mime,
    )
    return str(put["VersionId"])


def add(content_id: str, name: str, content: bytes, by: Person = CARL) -> ContentVersion:
    plan = uploads.start_upload(content_id=content_id, name=name, size=len(content), by=by)
    arrived = send(plan, content_id, content)
    return uploads.finish(content_id=content_id, token=plan.token, s3_version=arrived, by=by)


def stored(content_id: str, name: str) -> list[dict[str, Any]]:
    """Every version of an object that is left in the bucket, delete markers not counted."""
    from core.aws import clients

    found = clients.client("s3").list_object_versions(
        Bucket=settings.ENABLEMENT_CONTENT_BUCKET, Prefix=f"content/{content_id}/source/{name}"
    )
    return list(found.get("Versions", []))


def test_a_file_is_attached_with_its_facts_and_an_audit_entry() -> None:
    content_id = a_draft()
    version = add(content_id, "Deck 2025.pdf", samples.pdf())
    (file,) = version.files
    assert (file.name, file.mime, file.group, file.size) == (
        "Deck 2025.pdf",
        "application/pdf",
        "pdf",
        len(samples.pdf()),
    )
    assert file.key == f"content/{content_id}/source/Deck 2025.pdf"
    assert file.s3_version
    item = store.item_by_id(content_id)
    assert (item.format, item.file_count, item.file_size) == ("pdf", 1, len(samples.pdf()))
    assert audit_of_target(f"content:{content_id}").items[0].action == "content.file_attached"


def test_the_upload_link_carries_type_and_length_in_its_signature() -> None:
    plan = uploads.start_upload(content_id=a_draft(), name="a.pdf", size=10, by=CARL)
    assert "X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost" in plan.url
    assert f"X-Amz-Expires={settings.PRESIGNED_UPLOAD_EXPIRY_SECONDS}" in plan.url


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../other/source/a.pdf", "a.pdf"),
        ("C:\\temp\\a.pdf", "a.pdf"),
        ("re\u202efdp.pdf", "refdp.pdf"),
        ("tab\there\x07.pdf", "tabhere.pdf"),
        ("🚀 Zoë.pdf", "🚀 Zoë.pdf"),
        ("x" * 300 + ".pdf", "x" * 176 + ".pdf"),
    ],
)
def test_difficult_names_are_kept_readable_and_stay_in_their_folder(name: str, kept: str) -> None:
    content_id = a_draft()
    version = add(content_id, name, samples.pdf())
    assert version.files[0].key == f"content/{content_id}/source/{kept}"


@pytest.mark.parametrize(
    ("name", "size"), [("run.exe", 10), ("page.html", 10), ("drawing.svg", 10), ("pdf", 10), (".pdf", 10), ("a.pdf", 0)]
)
def test_what_the_library_does_not_take_is_refused_before_it_is_sent(name: str, size: int) -> None:
    with pytest.raises(Invalid):
        uploads.start_upload(content_id=a_draft(), name=name, size=size, by=CARL)


def test_a_file_that_is_too_large_is_refused_with_the_limit() -> None:
    with pytest.raises(Invalid, match="up to 200 MB"):
        uploads.start_upload(content_id=a_draft(), name="a.pdf", size=201 * rules.MB, by=CARL)


def test_a_file_that_is_something_else_is_refused_and_deleted() -> None:
    content_id = a_draft()
    with pytest.raises(Invalid, match="a Windows program"):
        add(content_id, "deck.pdf", b"MZ" + bytes(200))
    assert stored(content_id, "deck.pdf") == []
    assert store.version_of(content_id, 1).files == []


def test_a_size_or_type_other_than_announced_is_refused() -> None:
    content_id = a_draft()
    plan = uploads.start_upload(content_id=content_id, name="a.pdf", size=len(samples.pdf()), by=CARL)
    send(plan, content_id, samples.pdf() + b" ")
    with pytest.raises(Invalid, match="something else than what was announced"):
        uploads.finish(content_id=content_id, token=plan.token, by=CARL)
    send(plan, content_id, samples.pdf(), mime="text/html")
    with pytest.raises(Invalid, match="something else than what was announced"):
        uploads.finish(content_id=content_id, token=plan.token, by=CARL)
    assert stored(content_id, "a.pdf") == []


def test_what_never_arrived_cannot_be_attached() -> None:
    content_id = a_draft()
    plan = uploads.start_upload(content_id=content_id, name="a.pdf", size=5, by=CARL)
    for s3_version in ("", "made-up", "null"):
        with pytest.raises(Invalid, match="has not arrived"):
            uploads.finish(content_id=content_id, token=plan.token, s3_version=s3_version, by=CARL)


def test_finishing_twice_attaches_once() -> None:
    content_id = a_draft()
    plan = uploads.start_upload(content_id=content_id, name="a.pdf", size=len(samples.pdf()), by=CARL)
    send(plan, content_id, samples.pdf())
    for _ in range(2):
        version = uploads.finish(content_id=content_id, token=plan.token, by=CARL)
    assert len(version.files) == 1
    assert len(audit_of_target(f"content:{content_id}").items) == 2  # created, attached


def test_the_same_name_replaces_the_file_in_its_place() -> None:
    content_id = a_draft()
    add(content_id, "a.pdf", samples.pdf())
    add(content_id, "b.pdf", samples.pdf())
    version = add(content_id, "A.pdf", samples.pdf("newer"))
    assert [file.name for file in version.files] == ["A.pdf", "b.pdf"]
    assert version.files[0].size == len(samples.pdf("newer"))


def test_a_later_upload_under_the_same_name_changes_nothing_that_is_attached() -> None:
    content_id = a_draft()
    before = add(content_id, "a.pdf", samples.pdf("first")).files[0]
    plan = uploads.start_upload(content_id=content_id, name="a.pdf", size=len(samples.pdf("other!")), by=CARL)
    send(plan, content_id, samples.pdf("other!"))
    after = store.version_of(content_id, 1).files[0]
    assert (after.s3_version, after.etag) == (before.s3_version, before.etag)
    content = s3.read_range(settings.ENABLEMENT_CONTENT_BUCKET, after.key, after.s3_version, 0, after.size)
    assert content == samples.pdf("first")


def test_a_refused_upload_never_deletes_what_is_attached() -> None:
    content_id = a_draft()
    file = add(content_id, "a.pdf", samples.pdf()).files[0]
    plan = uploads.start_upload(content_id=content_id, name="a.pdf", size=3, by=CARL)
    with pytest.raises(Invalid):
        uploads.finish(content_id=content_id, token=plan.token, s3_version=file.s3_version, by=CARL)
    assert [one["VersionId"] for one in stored(content_id, "a.pdf")] == [file.s3_version]


def test_a_ticket_is_good_for_its_person_its_item_and_a_day_only() -> None:
    mine, other = a_draft(), a_draft()
    plan = uploads.start_upload(content_id=mine, name="a.pdf", size=len(samples.pdf()), by=CARL)
    send(plan, mine, samples.pdf())
    with pytest.raises(Refused, match="another item"):
        uploads.finish(content_id=other, token=plan.token, by=CARL)
    with pytest.raises(Refused, match="somebody else"):
        uploads.finish(content_id=mine, token=plan.token, by=ANA)
    with pytest.raises(Invalid, match="was changed"):
        uploads.finish(content_id=mine, token=plan.token[:-2] + "xx", by=CARL)
    with time_machine.travel("2999-01-01"), pytest.raises(Invalid, match="too long ago"):
        uploads.finish(content_id=mine, token=plan.token, by=CARL)
    assert store.version_of(mine, 1).files == []


def test_strangers_see_nothing_and_readers_change_nothing() -> None:
    content_id = a_draft()
    for person in (VERA, CORA, RITA):
        with pytest.raises(NotFound):
            uploads.start_upload(content_id=content_id, name="a.pdf", size=5, by=person)
    file = add(content_id, "a.pdf", samples.pdf()).files[0]
    lifecycle.submit(content_id=content_id, by=CARL)
    with pytest.raises(Refused):
        files.detach(content_id=content_id, file_id=file.file_id, by=RITA)
    with pytest.raises(Refused, match="in review"):
        uploads.start_upload(content_id=content_id, name="b.pdf", size=5, by=CARL)


def test_an_upload_that_ends_after_submission_is_not_slipped_in() -> None:
    content_id = a_draft()
    add(content_id, "a.pdf", samples.pdf())
    plan = uploads.start_upload(content_id=content_id, name="b.pdf", size=len(samples.pdf()), by=CARL)
    send(plan, content_id, samples.pdf())
    lifecycle.submit(content_id=content_id, by=CARL)
    with pytest.raises(Refused):
        uploads.finish(content_id=content_id, token=plan.token, by=CARL)
    assert [file.name for file in store.version_of(content_id, 1).files] == ["a.pdf"]


def test_an_item_holds_only_so_many_files() -> None:
    content_id = a_draft()
    with patch.object(rules, "MAX_FILES", 2):
        add(content_id, "a.pdf", samples.pdf())
        add(content_id, "b.pdf", samples.pdf())
        with pytest.raises(Invalid, match="up to 2 files"):
            add(content_id, "c.pdf", samples.pdf())
        add(content_id, "b.pdf", samples.pdf("again"))


def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """moto undoes a transaction that lost by putting all tables back, and with them what others wrote meanwhile."""
    turn, save = Lock(), store.save

    def in_turn(*records: Any, **audit: Any) -> None:
        with turn:
            save(*records, **audit)

    monkeypatch.setattr(store, "save", in_turn)


def test_uploads_that_finish_at_once_all_land(monkeypatch: pytest.MonkeyPatch) -> None:
    one_at_a_time(monkeypatch)
    content_id = a_draft()
    plans = []
    for number in range(4):
        plan = uploads.start_upload(content_id=content_id, name=f"{number}.pdf", size=len(samples.pdf()), by=CARL)
        send(plan, content_id, samples.pdf())
        plans.append(plan)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda plan: uploads.finish(content_id=content_id, token=plan.token, by=CARL), plans))
    names = {file.name for file in store.version_of(content_id, 1, fresh=True).files}
    assert names == {"0.pdf", "1.pdf", "2.pdf", "3.pdf"}


def test_a_lost_race_is_tried_again_and_at_last_said() -> None:
    content_id = a_draft()
    add(content_id, "a.pdf", samples.pdf())
    file = add(content_id, "b.pdf", samples.pdf()).files[1]
    with patch.object(store, "save", side_effect=Stale()) as save, patch("time.sleep"), pytest.raises(Stale):
        files.move(content_id=content_id, file_id=file.file_id, step=-1, by=CARL)
    assert save.call_count > 3


def test_adding_a_file_does_not_make_an_open_text_form_stale() -> None:
    content_id = a_draft()
    seen = store.version_of(content_id, 1).text_rev
    add(content_id, "a.pdf", samples.pdf())
    drafts.edit(content_id=content_id, fields=drafts.Fields(title="Better title"), seen_rev=seen, by=CARL)
    with pytest.raises(Stale):
        drafts.edit(content_id=content_id, fields=drafts.Fields(title="Other title"), seen_rev=seen, by=CARL)


def test_files_are_put_in_order_and_the_first_gives_the_format() -> None:
    content_id = a_draft()
    add(content_id, "a.pdf", samples.pdf())
    picture = add(content_id, "b.png", samples.png()).files[1]
    files.move(content_id=content_id, file_id=picture.file_id, step=-1, by=CARL)
    assert store.item_by_id(content_id).format == "image"
    files.move(content_id=content_id, file_id=picture.file_id, step=-1, by=CARL)
    version = files.detach(content_id=content_id, file_id=picture.file_id, by=CARL)
    assert [file.name for file in version.files] == ["a.pdf"]
    assert len(stored(content_id, "b.png")) == 1
    with pytest.raises(NotFound):
        files.detach(content_id=content_id, file_id=picture.file_id, by=CARL)
