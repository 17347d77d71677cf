"""Videos, captions and pictures as programs of authors send them."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from content.services.sending import UploadPlan
from core.api.testing import ApiClient
from core.testing import ANA, CARL, CORA, RITA, VERA
from lms.services import publishing
from lms.tests.factories import make_draft
from lms.tests.media_factories import VTT, film, lesson_with_video, send, video_lesson

pytestmark = pytest.mark.usefixtures("cloud", "api_keys")


def etag(answer):
    assert answer.status_code in (200, 201), answer.content
    return answer.headers["ETag"]


def arrived(api, address, name, content):
    """As a program sends it: asked where to, sent there, and what S3 answered."""
    plan = api.post(f"{address}/upload-url", {"name": name, "size": len(content)})
    assert plan.status_code == 200, plan.content
    return {"token": plan.json()["token"], "s3_version": send(UploadPlan(**plan.json()), content)}


def address_of(lesson, below="video"):
    return f"courses/{lesson.course_id}/draft/lessons/{lesson.lesson_id}/{below}"


def test_a_video_is_sent_attached_captioned_and_watched_by_programs_alone():
    lesson, api = video_lesson(), ApiClient(CARL)
    video = address_of(lesson)
    assert api.get(video).json()["name"] == ""
    assert api.get(f"{video}/play-url").status_code == 404
    sent = arrived(api, video, "First call.webm", film())
    attached = api.post(f"{video}/attach", sent)
    assert (attached.json()["name"], attached.json()["duration_seconds"]) == ("First call.webm", 2)
    assert api.post(f"{video}/attach", sent).json() == attached.json()
    chapters = api.put(f"{video}/chapters", {"chapters": "00:00 Hello\n00:01 Renew"}, if_match=etag(attached))
    assert chapters.json()["chapters"].splitlines()[1].endswith("Renew")
    assert api.put(f"{video}/chapters", {"chapters": ""}, if_match=etag(attached)).status_code == 412
    put = api.put(f"{video}/captions/en", {"name": "call.vtt", "text": VTT.decode(), "label": "English (simple)"})
    assert [line["text"] for line in put.json()["lines"]] == ["Good morning", "Renew early"]
    lines = [line | {"text": line["text"].upper()} for line in put.json()["lines"]]
    edited = api.patch(f"{video}/captions/en", {"lines": lines}, if_match=etag(put))
    assert edited.json()["lines"][0]["text"] == "GOOD MORNING"
    assert api.patch(f"{video}/captions/en", {"lines": []}, if_match=etag(put)).status_code in (400, 412)
    assert [one["language"] for one in api.get(f"{video}/captions").json()["items"]] == ["en"]
    api.patch(
        f"courses/{lesson.course_id}/draft",
        {"description": "Watch it."},
        if_match=etag(api.get(f"courses/{lesson.course_id}/draft")),
    )
    publishing.publish(course_id=lesson.course_id, by=RITA)
    vera, read = ApiClient(VERA), f"courses/{lesson.course_id}/lessons/{lesson.lesson_id}"
    shown = vera.get(read).json()["content"]
    assert (shown["kind"], shown["tracks"][0]["label"]) == ("video", "English (simple)")
    assert [one["title"] for one in shown["chapters"]] == ["Hello", "Renew"]
    assert "Signature" in vera.get(f"{read}/play-url").json()["url"]
    assert vera.get(f"{read}/captions/en").json()["segments"][0]["text"] == "GOOD MORNING"
    assert vera.get(f"{read}/captions/de").status_code == 404


def test_what_is_no_video_is_refused():
    lesson, api = video_lesson(), ApiClient(CARL)
    video = address_of(lesson)
    assert api.post(f"{video}/upload-url", {"name": "notes.txt", "size": 5}).status_code == 400
    assert api.post(f"{video}/attach", arrived(api, video, "fake.webm", b"no video at all")).status_code == 400
    assert api.post(f"{video}/attach", {"token": "made up"}).status_code == 400
    for wrong in ({"name": "a.webm"}, {"name": "a.webm", "size": -1}, {"name": "a.webm", "size": 9, "key": "x"}):
        assert api.post(f"{video}/upload-url", wrong).status_code == 422, wrong
    assert api.get(video).json()["name"] == ""


def test_captions_that_cannot_be_read_are_refused():
    api, video = ApiClient(CARL), address_of(lesson_with_video())
    assert api.put(f"{video}/captions/en", {"name": "a.vtt", "text": "nothing"}).status_code == 400
    assert api.put(f"{video}/captions/xx", {"name": "a.vtt", "text": VTT.decode()}).status_code == 422
    assert api.get(f"{video}/captions/en").status_code == 404
    assert api.delete(f"{video}/captions/en").status_code == 404
    put = api.put(f"{video}/captions/en", {"name": "a.vtt", "text": VTT.decode()})
    for wrong in ([{"start": 5, "end": 1, "text": "x"}], [{"start": -5, "end": 1, "text": "x"}]):
        assert api.patch(f"{video}/captions/en", {"lines": wrong}, if_match=etag(put)).status_code in (400, 422)
    assert api.delete(f"{video}/captions/en").status_code == 204


@pytest.mark.parametrize(("person", "status"), [(VERA, 404), (CORA, 404), (CARL, 200), (RITA, 200), (ANA, 200)])
def test_a_drafts_video_is_for_those_who_may_edit_it(person, status):
    video, api = address_of(lesson_with_video()), ApiClient(person)
    assert api.get(video).status_code == status
    assert api.get(f"{video}/play-url").status_code == status
    assert api.get(f"{video}/captions").status_code == status
    assert api.post(f"{video}/upload-url", {"name": "a.webm", "size": 9}).status_code == status


def test_a_ticket_serves_its_lesson_and_person_alone():
    first, second = video_lesson(), video_lesson()
    api = ApiClient(CARL)
    sent = arrived(api, address_of(first), "call.webm", film())
    assert api.post(f"{address_of(second)}/attach", sent).status_code == 403
    assert ApiClient(ANA).post(f"{address_of(first)}/attach", sent).status_code == 403


def test_a_course_has_a_picture_until_it_is_removed():
    draft, api, made = make_draft(), ApiClient(CARL), BytesIO()
    Image.new("RGB", (640, 360), (90, 40, 160)).save(made, "PNG")
    address, seen = f"courses/{draft.course_id}/draft/picture", f"courses/{draft.course_id}/picture-url"
    assert api.get(seen).status_code == 404
    assert api.post(f"{address}/attach", arrived(api, address, "cover.png", made.getvalue())).status_code == 200
    assert "Signature" in api.get(seen).json()["url"]
    assert ApiClient(VERA).get(seen).status_code == 404
    for _twice in range(2):
        assert api.delete(address).status_code == 200
    assert api.get(seen).status_code == 404
