from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from core.aws import clients
from core.errors import Invalid, NotFound, Refused
from core.testing import CARL, CORA, RITA, VERA, sign_in
from lms import store
from lms.services import media, publishing, transcripts
from lms.tests.media_factories import VTT, add_video, again, args, film, lesson_with_video, send, video_lesson, where

pytestmark = pytest.mark.usefixtures("cloud")


def left_in_bucket() -> list[str]:
    found = clients.client("s3").list_object_versions(Bucket=settings.LMS_MEDIA_BUCKET)
    return [one["Key"] for one in found.get("Versions", [])]


@pytest.mark.parametrize(("kind", "codec_options"), [("webm", {}), ("mp4", {}), ("mp4", {"movflags": "faststart"})])
def test_a_video_is_kept_with_what_it_really_is(kind: str, codec_options: dict[str, str]) -> None:
    lesson = add_video(video_lesson(), f"Zoë’s call.{kind}", film(kind, 3, **codec_options))
    assert lesson.video_s3_key.startswith("media/")
    assert lesson.video_s3_key.endswith(f"/source/zoes-call.{kind}")
    assert lesson.transcript_s3_key == f"lessons/{lesson.lesson_id}/transcript.json"
    assert lesson.duration_seconds == 3
    facts = lesson.content
    assert (facts["name"], facts["width"], facts["height"], facts["sound"]) == (f"Zoë’s call.{kind}", 64, 36, False)


def test_a_recording_that_does_not_say_how_long_it_is_comes_in_with_no_length() -> None:
    lesson = add_video(video_lesson(), "live.webm", film("webm", 2, live="1"))
    assert lesson.content["duration_seconds"] == 0


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("clip.webm", b"MZ" + bytes(200), "a Windows program"),
        ("clip.mp4", b"%PDF-1.7" + bytes(99), "a PDF"),
        ("cut.mp4", film("mp4")[:900], "end is missing"),
        ("sound.webm", film("webm")[:60], "no picture"),
    ],
)
def test_what_is_no_video_is_refused_and_removed(name: str, content: bytes, said: str) -> None:
    lesson = video_lesson()
    with pytest.raises(Invalid, match=said):
        add_video(lesson, name, content)
    assert left_in_bucket() == []
    assert again(lesson).video_s3_key is None


@pytest.mark.parametrize("name", ["deck.pptx", "song.mp3", "film.mov", "captions.vtt"])
def test_other_files_are_refused_before_they_are_sent(name: str) -> None:
    lesson = video_lesson()
    with pytest.raises(Invalid, match="A lesson takes mp4, m4v, webm"):
        media.start_upload(**where(lesson), name=name, size=10, by=CARL)


def test_finishing_twice_changes_once() -> None:
    lesson = video_lesson()
    plan = media.start_upload(**where(lesson), name="a.webm", size=len(film()), by=CARL)
    send(plan, film())
    first = media.finish(**where(lesson), token=plan.token, by=CARL)
    assert media.finish(**where(lesson), token=plan.token, by=CARL).rev == first.rev


def test_a_ticket_serves_its_lesson_alone() -> None:
    mine, other = video_lesson(), video_lesson()
    plan = media.start_upload(**where(mine), name="a.webm", size=len(film()), by=CARL)
    send(plan, film())
    with pytest.raises(Refused, match="another"):
        media.finish(**where(other), token=plan.token, by=CARL)
    with pytest.raises(NotFound):
        media.finish(**where(mine), token=plan.token, by=CORA)


def test_learners_watch_the_published_video_while_another_is_being_added() -> None:
    lesson = lesson_with_video()
    publishing.publish(course_id=str(lesson.course_id), by=RITA)
    before = lesson.video_s3_key
    add_video(lesson, "newer.webm", film("webm", 3))
    assert before in media.learners_link(**where(lesson), by=VERA)
    assert before not in media.authors_link(**where(lesson), by=CARL)


def test_from_upload_to_captions_under_the_player() -> None:
    lesson = lesson_with_video()
    transcripts.add_captions(**where(lesson), language="en", label="", name="a.vtt", data=VTT, by=CARL)
    publishing.publish(course_id=str(lesson.course_id), by=RITA)
    vera = sign_in(Client(), VERA)
    played = vera.get(reverse("lms:play", args=args(lesson)))
    assert played.status_code == 302
    assert "no-store" in played.headers["Cache-Control"]
    shown = vera.get(reverse("lms:captions", args=args(lesson, "en")))
    assert shown.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert b"00:00:01.000 --> 00:00:02.000\nRenew early" in shown.content
    assert store.published_lesson(str(lesson.course_id), 1, str(lesson.lesson_id))["video_s3_key"]


def test_the_author_s_page_shows_the_video_and_takes_chapters() -> None:
    lesson = lesson_with_video()
    carl = sign_in(Client(), CARL)
    page = carl.get(reverse("lms:manage-video", args=args(lesson)))
    assert b"Call.webm" in page.content
    assert page.status_code == 200
    sent = {"chapters": "00:00 Why\n0:01 - How", "seen_rev": again(lesson).text_rev}
    assert carl.post(reverse("lms:video-chapters", args=args(lesson)), sent).status_code == 303
    assert again(lesson).content["chapters"] == [[0, "Why"], [1, "How"]]
    assert carl.post(reverse("lms:video-chapters", args=args(lesson)), sent).status_code == 409
