from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.person import Person
from content import store
from content.services import files, lifecycle, sending, uploads
from content.tests import samples
from content.tests.test_files_uploads import a_draft, add, send, stored
from core.aws import clients
from core.events import Event, listens_to
from core.testing import ANA, CARL, CORA, RITA, VERA, as_htmx, sign_in

pytestmark = pytest.mark.usefixtures("cloud")


def as_(person: Person) -> Client:
    return sign_in(Client(), person)


def post(client: Client, view: str, content_id: str, /, *args: str, **values: Any) -> Any:
    address = reverse(f"content:{view}", args=[content_id, *args])
    return client.post(address, values, headers={"Accept": "application/json"})


def an_approved_item() -> tuple[str, str]:
    """Its id and that of its file."""
    content_id = a_draft()
    file_id = add(content_id, "Zoë’s deck.pdf", samples.pdf()).files[0].file_id
    lifecycle.submit(content_id=content_id, by=CARL)
    seen = store.version_of(content_id, 1).content_hash
    lifecycle.approve(content_id=content_id, seen_hash=str(seen), by=RITA)
    return content_id, str(file_id)


def test_an_upload_is_planned_and_finished() -> None:
    content_id, client = a_draft(), as_(CARL)
    planned = post(client, "file-start", content_id, name="a.pdf", size=len(samples.pdf()))
    assert planned.status_code == 201
    plan = planned.json()
    assert plan["headers"] == {"Content-Type": "application/pdf"}
    send(sending.UploadPlan(**plan), content_id, samples.pdf())
    finished = post(client, "file-finish", content_id, token=plan["token"])
    assert finished.status_code == 200
    assert b"a.pdf" in finished.content
    assert b"<html" not in finished.content


@pytest.mark.parametrize(
    "values", [{}, {"name": "a.pdf"}, {"name": "a.pdf", "size": "many"}, {"name": "x" * 2000, "size": 1}]
)
def test_a_start_without_sense_is_refused_in_words(values: dict[str, Any]) -> None:
    answer = post(as_(CARL), "file-start", a_draft(), **values)
    assert answer.status_code == 400
    assert answer.json()["error"]


@pytest.mark.parametrize("name", ["file-start", "file-parts", "file-finish", "file-abort"])
def test_uploads_answer_to_post_alone(name: str) -> None:
    assert as_(CARL).get(reverse(f"content:{name}", args=[a_draft()])).status_code in (404, 405)


@pytest.mark.parametrize("person", [VERA, CORA, RITA])
def test_a_draft_of_somebody_else_does_not_exist(person: Person) -> None:
    content_id = a_draft()
    hidden = post(as_(person), "file-start", content_id, name="a.pdf", size=5)
    missing = post(as_(person), "file-start", "nothing-here", name="a.pdf", size=5)
    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)
    assert hidden.status_code == 404


def test_a_viewer_cannot_change_the_files_of_what_she_reads() -> None:
    content_id, file_id = an_approved_item()
    for name, args in (("file-start", ()), ("file-remove", (file_id,)), ("file-up", (file_id,))):
        assert post(as_(VERA), name, content_id, *args, name="a.pdf", size=5).status_code == 403


def test_an_edited_ticket_is_refused_in_words() -> None:
    content_id = a_draft()
    for name in ("file-finish", "file-abort"):
        answer = post(as_(CARL), name, content_id, token="made:up:ticket")
        assert answer.status_code == 400
        assert "Add the file again" in answer.json()["error"]
    assert post(as_(CARL), "file-parts", content_id, token="made:up", numbers="1,2").status_code == 400
    assert post(as_(CARL), "file-parts", content_id, token="made:up", numbers="1;2").status_code == 400


def test_the_download_link_is_made_at_the_click_and_saves_under_the_name() -> None:
    content_id, file_id = an_approved_item()
    answer = as_(VERA).get(reverse("content:file", args=[content_id, file_id]))
    assert answer.status_code == 302
    assert "no-store" in answer.headers["Cache-Control"]
    asked = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert asked["response-content-type"] == ["application/pdf"]
    assert asked["versionId"]
    assert asked["X-Amz-Expires"] == [str(settings.PRESIGNED_DOWNLOAD_EXPIRY_SECONDS)]
    said = asked["response-content-disposition"][0]
    assert said.startswith('attachment; filename="Zoes deck.pdf"; filename*=UTF-8')
    assert unquote(said).endswith("Zoë’s deck.pdf")


def test_only_what_a_browser_cannot_execute_is_shown_inline() -> None:
    content_id = a_draft()
    for name, content, expected in (
        ("a.pdf", samples.pdf(), "inline"),
        ("a.md", b"<b>bold</b>", "attachment"),
        ("a.csv", b"a,b", "attachment"),
        ("a.zip", samples.zipped("a"), "attachment"),
    ):
        file_id = add(content_id, name, content).files[-1].file_id
        answer = as_(CARL).get(reverse("content:file", args=[content_id, file_id]), {"inline": "1"})
        asked = parse_qs(urlsplit(answer.headers["Location"]).query)
        assert asked["response-content-disposition"][0].startswith(expected)
        if name in ("a.md", "a.csv"):
            assert asked["response-content-type"] == ["text/plain"]


def test_a_link_is_given_only_to_who_may_read_that_very_version() -> None:
    content_id, file_id = an_approved_item()
    address = reverse("content:file", args=[content_id, file_id])
    from content.services import drafts

    drafts.open_work(content_id=content_id, by=CARL)
    newer = add(content_id, "newer.pdf", samples.pdf("newer")).files[-1].file_id
    newer_address = reverse("content:file", args=[content_id, newer])
    assert as_(VERA).get(address).status_code == 302
    assert as_(VERA).get(newer_address).status_code == 404
    assert as_(VERA).get(newer_address, {"version": 2}).status_code == 404
    assert as_(RITA).get(newer_address, {"version": 2}).status_code == 404
    assert as_(CARL).get(newer_address, {"version": 2}).status_code == 302
    assert as_(CARL).get(address, {"version": "x"}).status_code == 404
    assert as_(CARL).get(address, {"version": 99}).status_code == 404
    lifecycle.expire(content_id=content_id, reason="Old", by=ANA)
    assert as_(VERA).get(address).status_code == 404
    assert as_(CARL).get(address).status_code == 302
    assert Client().get(address).status_code == 302  # to the sign-in page
    assert "X-Amz-Signature" not in Client().get(address).headers["Location"]


def test_a_download_is_an_event_and_a_preview_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Event] = []
    monkeypatch.setattr("core.events._listeners", [])
    listens_to("content.downloaded")(heard.append)
    content_id, file_id = an_approved_item()
    address = reverse("content:file", args=[content_id, file_id])
    as_(VERA).get(address, {"inline": "1"})
    assert heard == []
    as_(VERA).get(address)
    assert [(event.object_id, event.actor_id) for event in heard] == [(content_id, VERA.user_id)]


def test_order_and_removal_work_with_and_without_htmx() -> None:
    content_id, client = a_draft(), as_(CARL)
    add(content_id, "a.pdf", samples.pdf())
    second = add(content_id, "b.pdf", samples.pdf()).files[1].file_id
    fragment = client.post(reverse("content:file-up", args=[content_id, second]), headers=as_htmx())
    assert fragment.status_code == 200
    assert fragment.content.index(b"b.pdf") < fragment.content.index(b"a.pdf")
    plain = client.post(reverse("content:file-down", args=[content_id, second]))
    assert plain.status_code == 303
    assert plain.headers["Location"] == reverse("content:edit", args=[content_id])
    client.post(reverse("content:file-remove", args=[content_id, second]))
    assert [file.name for file in store.version_of(content_id, 1).files] == ["a.pdf"]
    assert client.post(reverse("content:file-remove", args=[content_id, second])).status_code == 404


def test_the_editor_shows_limits_before_choosing_and_a_form_that_needs_no_script() -> None:
    content_id = a_draft()
    body = as_(CARL).get(reverse("content:edit", args=[content_id])).content.decode()
    assert "up to 2 GB" in body
    assert "success_action_redirect" in body
    assert json.dumps(".pdf").strip('"') in body


def _sent_by_plain_form(content_id: str, name: str, content: bytes) -> dict[str, str]:
    """What S3 adds to the address it sends the browser back to."""
    version = store.version_of(content_id, 1)
    form = uploads.plain_form(version=version, return_to="http://portal/back/", by=CARL)
    key = form.fields["key"].replace("${filename}", name)
    clients.client("s3").put_object(Bucket=settings.ENABLEMENT_CONTENT_BUCKET, Key=key, Body=content)
    token = parse_qs(urlsplit(form.fields["success_action_redirect"]).query)["token"][0]
    return {"token": token, "key": key}


def test_a_file_sent_by_the_plain_form_is_attached_under_a_clean_name() -> None:
    content_id, client = a_draft(), as_(CARL)
    address = reverse("content:file-returned", args=[content_id])
    answer = client.get(address, _sent_by_plain_form(content_id, "a\u202efdp?.pdf", samples.pdf()))
    assert answer.headers["Location"] == reverse("content:edit", args=[content_id])
    (file,) = store.version_of(content_id, 1).files
    assert (file.name, file.key) == ("afdp-.pdf", f"content/{content_id}/source/afdp-.pdf")
    assert stored(content_id, "a\u202e") == []


def test_a_plain_form_cannot_bring_in_what_is_not_taken_or_another_items_file() -> None:
    content_id, other, client = a_draft(), a_draft(), as_(CARL)
    add(other, "theirs.pdf", samples.pdf())
    address = reverse("content:file-returned", args=[content_id])
    client.get(address, _sent_by_plain_form(content_id, "run.exe", b"MZ"))
    client.get(address, _sent_by_plain_form(content_id, "fake.pdf", b"MZ" * 9))
    sent = _sent_by_plain_form(content_id, "a.pdf", samples.pdf())
    assert client.get(address, sent | {"key": f"content/{other}/source/theirs.pdf"}).status_code == 403
    assert as_(CORA).get(address, sent).status_code == 403
    assert store.version_of(content_id, 1).files == []
    assert stored(content_id, "run.exe") == stored(content_id, "fake.pdf") == []
    assert len(stored(other, "theirs.pdf")) == 1


def test_what_is_approved_keeps_its_bytes_whatever_is_sent_later() -> None:
    content_id, file_id = an_approved_item()
    file = store.version_of(content_id, 1).files[0]
    clients.client("s3").put_object(Bucket=settings.ENABLEMENT_CONTENT_BUCKET, Key=file.key, Body=b"replaced")
    link = files.download_link(content_id=content_id, file_id=file_id, by=VERA)
    assert f"versionId={file.s3_version}" in link
