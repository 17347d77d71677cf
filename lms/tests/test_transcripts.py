from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.store import audit_of_target
from core.aws import metering
from core.errors import Invalid, NotFound, Refused, Stale
from core.testing import CARL, CORA, RITA, VERA, sign_in
from lms.parts.transcript import transcript_part
from lms.rules.captions import Segment
from lms.rules.media import media_key_of
from lms.services import learning, media, publishing, transcribing, transcripts
from lms.store import courses as courses_store
from lms.tests.media_factories import (
    VTT,
    add_video,
    again,
    args,
    caption,
    film,
    lesson_with_video,
    said,
    video_lesson,
    where,
)

pytestmark = pytest.mark.usefixtures("cloud")


def test_captions_come_in_several_languages_each_with_its_label() -> None:
    lesson = lesson_with_video()
    caption(lesson)
    caption(lesson, "es", VTT.replace(b"Good morning", b"Buenos d\xc3\xadas"), label=" Español  (sencillo) ")
    found = transcripts.ready(str(lesson.lesson_id), str(lesson.video_s3_key))
    assert [(one.language, one.label) for one in found] == [("en", "English"), ("es", "Español (sencillo)")]
    caption(lesson, "en", b"WEBVTT\n\n00:00.000 --> 00:01.000\nBetter\n")
    assert said(lesson) == ["Better"]
    transcripts.remove(**where(lesson), language="es", by=CARL)
    with pytest.raises(NotFound):
        said(lesson, "es")
    actions = [entry.action for entry in audit_of_target(f"course:{lesson.course_id}").items]
    assert actions.count("course.captions_added") == 3
    assert "course.captions_removed" in actions


def test_captions_wait_for_a_video_and_for_a_language_of_the_list() -> None:
    with pytest.raises(Invalid, match="Add the video first"):
        caption(video_lesson())
    with pytest.raises(Invalid):
        caption(lesson_with_video(), "xx")


def test_captions_belong_to_the_video_they_were_made_for() -> None:
    lesson = lesson_with_video()
    caption(lesson)
    publishing.publish(course_id=str(lesson.course_id), by=RITA)
    newer = add_video(lesson, "newer.webm", film("webm", 3))
    assert transcripts.ready(str(lesson.lesson_id), str(newer.video_s3_key)) == []
    caption(newer, "en", b"WEBVTT\n\n00:00.000 --> 00:01.000\nOf the new one\n")
    assert said(newer) == ["Of the new one"]
    shown = transcripts.for_learner(**where(lesson), language="en", by=VERA)
    assert [segment.text for segment in shown.segments] == ["Good morning", "Renew early"]


def test_captions_that_still_fit_are_kept_for_the_new_video() -> None:
    lesson = lesson_with_video()
    caption(lesson, label="Simple")
    newer = add_video(lesson, "newer.webm", film("webm", 3))
    for _ in range(2):
        transcripts.keep_for_new_video(**where(lesson), language="en", by=CARL)
    assert said(newer) == said(lesson) == ["Good morning", "Renew early"]
    assert transcripts.ready(str(lesson.lesson_id), str(newer.video_s3_key))[0].label == "Simple"


def test_a_transcript_is_mended_and_the_second_who_saves_is_told() -> None:
    lesson = lesson_with_video()
    caption(lesson)
    rev = transcripts.of_draft(again(lesson), "en").rev
    better = [Segment(0, 900, "Good evening"), Segment(900, 2000, "Renew early")]
    transcripts.edit(**where(lesson), language="en", segments=better, seen_rev=int(rev), by=CARL)
    with pytest.raises(Stale):
        transcripts.edit(**where(lesson), language="en", segments=better[:1], seen_rev=int(rev), by=RITA)
    assert said(lesson) == ["Good evening", "Renew early"]


def test_only_authors_change_transcripts() -> None:
    lesson = lesson_with_video()
    caption(lesson)
    publishing.publish(course_id=str(lesson.course_id), by=RITA)
    for act in (transcribing.start, transcripts.remove, transcripts.keep_for_new_video):
        with pytest.raises(Refused):
            act(**where(lesson), language="en", by=CORA)  # type: ignore[operator]


def test_the_page_takes_captions_and_says_what_is_wrong_with_them() -> None:
    lesson = lesson_with_video()
    carl = sign_in(Client(), CARL)
    address = reverse("lms:captions-add", args=args(lesson))

    def send(name: str, data: bytes, **more: str) -> Any:
        return carl.post(address, {"file": SimpleUploadedFile(name, data), "language": "en"} | more)

    assert send("a.vtt", VTT, label="Easy").status_code == 303
    refused = send("a.pdf", b"%PDF")
    assert refused.status_code == 400
    assert "WebVTT" in refused.content.decode()
    large = send("a.vtt", b"WEBVTT\n\n" + b"x" * 10_000_000)
    assert large.status_code == 400
    assert "larger than 1 MB" in large.content.decode()
    assert carl.post(address, {"language": "en"}).status_code == 400
    assert "Easy" in carl.get(reverse("lms:manage-video", args=args(lesson))).content.decode()


def test_the_editor_changes_removes_and_adds_lines() -> None:
    lesson = lesson_with_video()
    caption(lesson)
    carl, address = sign_in(Client(), CARL), reverse("lms:transcript-edit", args=args(lesson, "en"))
    rev = transcripts.of_draft(again(lesson), "en").rev
    sent = {
        "seen_rev": rev,
        "start-0": "0:00.000",
        "end-0": "0:01.000",
        "text-0": "",
        "start-1": "0:01",
        "end-1": "0:01.400",
        "text-1": "Renew",
        "start-2": "0:01.4",
        "end-2": "0:02",
        "text-2": "early enough",
        "start-3": "",
        "end-3": "",
        "text-3": "",
    }
    wrong = carl.post(address, sent | {"end-2": "soon"})
    assert wrong.status_code == 400
    assert "early enough" in wrong.content.decode()
    assert carl.post(address, sent | {"end-2": "0:01"}).status_code == 400
    assert carl.post(address, sent).status_code == 302
    assert said(lesson) == ["Renew", "early enough"]
    assert carl.post(address, sent).status_code == 409


def test_a_long_transcript_is_edited_by_the_page() -> None:
    lesson = lesson_with_video()
    lines = "".join(
        f"\n00:00:{n // 10:02}.{n % 10}00 --> 00:00:{n // 10:02}.{n % 10}90\nLine {n}\n" for n in range(250)
    )
    caption(lesson, "en", b"WEBVTT\n" + lines.encode())
    carl, address = sign_in(Client(), CARL), reverse("lms:transcript-edit", args=args(lesson, "en")) + "?page=3"
    page = carl.get(address).content.decode()
    assert "Line 200" in page
    assert "Line 199" not in page
    sent = {"seen_rev": transcripts.of_draft(again(lesson), "en").rev}
    for place in range(50):
        second = f"0:{20 + place // 10:02}.{place % 10}"
        sent |= {f"start-{place}": second + "00", f"end-{place}": second + "90", f"text-{place}": f"Line {200 + place}"}
    assert carl.post(address, sent | {"text-0": "Mended"}).status_code == 302
    assert len(said(lesson)) == 250
    assert said(lesson)[199:202] == ["Line 199", "Mended", "Line 201"]


def test_learners_read_it_beside_the_video_as_text_and_by_its_address() -> None:
    lesson = lesson_with_video()
    caption(lesson)
    publishing.publish(course_id=str(lesson.course_id), by=RITA)
    vera = sign_in(Client(), VERA)
    text = vera.get(reverse("lms:transcript-text", args=args(lesson, "en")))
    assert text.content == b"Good morning\nRenew early\n"
    assert "attachment" in text.headers["Content-Disposition"]
    saved = vera.get(reverse("lms:captions", args=args(lesson, "en")) + "?download=1")
    assert "attachment" in saved.headers["Content-Disposition"]
    assert vera.get(reverse("lms:captions", args=args(lesson, "de"))).status_code == 404


def test_what_is_not_hers_to_see_has_no_captions_and_no_video() -> None:
    lesson = lesson_with_video()
    caption(lesson)
    for person in (VERA, CORA):
        client = sign_in(Client(), person)
        for name, more in (
            ("play", ()),
            ("captions", ("en",)),
            ("transcript-text", ("en",)),
            ("captions-draft", ("en",)),
        ):
            assert client.get(reverse(f"lms:{name}", args=args(lesson, *more))).status_code == 404
        assert client.get(reverse("lms:manage-video", args=args(lesson))).status_code == 404
    publishing.publish(course_id=str(lesson.course_id), by=RITA)
    for name, more in (
        ("manage-video", ()),
        ("video-play", ()),
        ("captions-draft", ("en",)),
        ("transcript-edit", ("en",)),
    ):
        assert sign_in(Client(), VERA).get(reverse(f"lms:{name}", args=args(lesson, *more))).status_code == 403


def test_the_index_is_given_all_that_is_said_of_what_is_published() -> None:
    lesson = lesson_with_video()
    caption(lesson)
    caption(lesson, "es", VTT.replace(b"Good morning", b"Buenos"))
    publishing.publish(course_id=str(lesson.course_id), by=RITA)
    taken = learning.load(VERA, str(lesson.course_id))
    assert taken.entry(str(lesson.lesson_id))
    text = transcripts.text_of(str(lesson.lesson_id), media_key_of({"video_s3_key": lesson.video_s3_key}))
    assert "Good morning" in text
    assert "Buenos" in text


def beside(lesson: Any, **asked: str) -> Any:
    taken = learning.load(VERA, str(lesson.course_id))
    published = courses_store.published_lesson(str(lesson.course_id), taken.outline.version, str(lesson.lesson_id))
    request = RequestFactory().get("/", asked)
    return transcript_part(request, taken, taken.entry(str(lesson.lesson_id)), published)


def test_beside_the_video_stand_tracks_chapters_and_lines_for_one_read() -> None:
    lesson = lesson_with_video()
    caption(lesson)
    caption(lesson, "es", VTT.replace(b"Good morning", b"Buenos"))
    rev = again(lesson).text_rev
    media.set_chapters(**where(lesson), text="0:00 Why\n0:01 How", seen_rev=rev, by=CARL)
    publishing.publish(course_id=str(lesson.course_id), by=RITA)
    beside(lesson)
    taken = learning.load(VERA, str(lesson.course_id))
    published = courses_store.published_lesson(str(lesson.course_id), 1, str(lesson.lesson_id))
    spent = metering.start()
    part = transcript_part(RequestFactory().get("/"), taken, taken.entry(str(lesson.lesson_id)), published)
    assert spent.calls == 1
    assert [track.language for track in part.tracks] == ["en", "es"]
    assert [(chapter.clock, chapter.title) for chapter in part.chapters] == [("0:00", "Why"), ("0:01", "How")]
    assert [(line.clock, line.text, line.url) for line in part.lines] == [
        ("0:00", "Good morning", "?t=0"),
        ("0:01", "Renew early", "?t=1"),
    ]


@pytest.mark.parametrize(
    ("asked", "begin", "marked"),
    [
        ({}, None, None),
        ({"t": "1"}, 1, "Renew early"),
        ({"t": "0"}, 0, "Good morning"),
        ({"t": "-1"}, None, None),
        ({"t": "1e9"}, None, None),
        ({"t": "99999999"}, None, None),
        ({"find": "EARLY renewal"}, 1, "Renew early"),
        ({"find": "never said"}, None, None),
        ({"language": "es", "t": "0"}, 0, "Buenos"),
    ],
)
def test_an_address_leads_to_its_second_or_to_where_words_are_spoken(
    asked: dict[str, str], begin: int | None, marked: str | None
) -> None:
    lesson = lesson_with_video()
    caption(lesson)
    caption(lesson, "es", VTT.replace(b"Good morning", b"Buenos"))
    publishing.publish(course_id=str(lesson.course_id), by=RITA)
    part = beside(lesson, **asked)
    assert part.begin == begin
    assert next((line.text for line in part.lines if line.asked_for), None) == marked
