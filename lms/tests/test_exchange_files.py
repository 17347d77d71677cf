from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from content.demo import makers
from content.demo.makers.brand import Brief
from core.testing import ANA, CARL, CORA, RITA, VERA, sign_in
from lms import store
from lms.exchange.bringing import Outcome, bring, course_id_of
from lms.exchange.labels import How
from lms.models import Course
from lms.services import lessons
from lms.store import transcripts
from lms.tests import exchange_factories as made

pytestmark = pytest.mark.usefixtures("cloud")
_CLIP = Brief("A clip", "Of nothing.", "Suite", "", "teal", {"scenes": ["One"]})
_VTT = "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nHello there\n"


def _course(tmp_path: Path, *, publish: bool = True, files=made.FOLDER) -> Course:
    parcel = made.read_one(made.folder(tmp_path / "renewals", files), tmp_path / "scratch")
    told = list(bring(parcel, How(ANA, publish=publish)))
    assert not [one for one in told if one.outcome is Outcome.REFUSED], told
    return store.course_by_id(course_id_of(parcel, ANA))


def _address(course: Course, name: str = "dot.png", *, manage: bool = False, place: int = 0) -> str:
    lesson = store.lessons_of(course.course_id)[place]
    return f"/learn/{'manage' if manage else 'courses'}/{course.course_id}/lessons/{lesson.lesson_id}/files/{name}"


def test_a_picture_is_fetched_from_the_bucket_by_who_may_read_the_lesson(client: Client, tmp_path: Path) -> None:
    course = _course(tmp_path)
    answer = sign_in(client, VERA).get(_address(course))
    assert answer.status_code == 302
    assert settings.LMS_MEDIA_BUCKET in answer.headers["Location"]
    assert "inline" in answer.headers["Location"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert client.get(_address(course, "other.png")).status_code == 404
    assert client.get(_address(course, place=1)).status_code == 404


def test_a_draft_shows_its_pictures_to_its_authors_alone(client: Client, tmp_path: Path) -> None:
    course = _course(tmp_path, publish=False)
    for person, learners, authors in ((VERA, 404, 404), (CARL, 404, 404), (RITA, 404, 302), (ANA, 404, 302)):
        sign_in(client, person)
        assert client.get(_address(course)).status_code == learners, person
        assert client.get(_address(course, manage=True)).status_code == authors, person


def test_an_author_of_other_courses_is_refused_the_draft_of_a_published_one(client: Client, tmp_path: Path) -> None:
    assert sign_in(client, CORA).get(_address(_course(tmp_path), manage=True)).status_code == 403


def test_pictures_of_questions_are_found_from_the_pages_of_the_quiz(client: Client, tmp_path: Path) -> None:
    course = _course(tmp_path)
    learners, authors = _address(course, place=2), _address(course, place=2, manage=True)
    sign_in(client, ANA)
    for address in (
        learners,
        learners.replace("/files/", "/quiz/1/submit/files/"),
        authors.replace("/files/", "/quiz/files/"),
    ):
        assert client.get(address).status_code == 302, address


def test_learners_keep_the_picture_that_was_published(client: Client, tmp_path: Path) -> None:
    course = _course(tmp_path)
    lesson = store.lessons_of(course.course_id)[0]
    lessons.edit(
        course_id=course.course_id,
        lesson_id=lesson.lesson_id,
        fields=lessons.Fields(title="No more", content={"body": "No picture."}),
        seen_rev=lesson.text_rev,
        by=ANA,
    )
    assert sign_in(client, VERA).get(_address(course)).status_code == 302
    assert sign_in(client, ANA).get(_address(course, manage=True)).status_code == 404


@pytest.fixture
def with_video(tmp_path: Path) -> dict[str, str | bytes]:
    makers.make(_CLIP, "clip.mp4", tmp_path)
    lesson = (
        "      - {kind: video, title: Watch, file: clip.mp4, chapters: [[0, Start]], "
        "captions: [{language: en, file: clip.vtt}]}\n"
    )
    return {
        **made.FOLDER,
        "course.yaml": made.MANIFEST + lesson,
        "clip.mp4": (tmp_path / "clip.mp4").read_bytes(),
        "clip.vtt": _VTT,
    }


def test_a_video_comes_with_its_captions_and_goes_again(tmp_path: Path, with_video: dict[str, str | bytes]) -> None:
    course = _course(tmp_path, files=with_video)
    video = store.lessons_of(course.course_id)[-1]
    assert video.video_s3_key.startswith("media/")
    assert [one.language for one in transcripts.of_lesson(video.lesson_id)] == ["en"]
    code, said = made.run("export_course", course.course_id, str(tmp_path / "out"))
    assert code == 0, said
    exported = made.read_one(tmp_path / "out", tmp_path / "scratch")
    again = exported.lessons[-1]
    assert again.video.read_bytes() == with_video["clip.mp4"]
    assert again.captions[0].path.read_text().strip() == _VTT.strip()
    told = list(bring(exported, How(CORA)))
    assert {one.outcome for one in told} == {Outcome.NEW}
    copy = store.course_by_id(course_id_of(exported, CORA))
    made.run("export_course", copy.course_id, str(tmp_path / "again"))
    assert made.read_one(tmp_path / "again", tmp_path / "scratch").facts() == exported.facts()


def test_what_is_no_video_is_refused_and_the_rest_comes(tmp_path: Path, with_video: dict[str, str | bytes]) -> None:
    parcel = made.read_one(
        made.folder(tmp_path / "renewals", {**with_video, "clip.mp4": b"not a film"}), tmp_path / "scratch"
    )
    told = [one for one in bring(parcel, How(CARL)) if one.outcome is Outcome.REFUSED]
    assert [one.title for one in told] == ["Watch"]
