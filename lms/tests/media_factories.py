"""Videos for tests: real ones, as short as a video can be."""

from __future__ import annotations

import functools
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import av
from django.conf import settings
from PIL import Image

from accounts.person import Person
from content.services.sending import UploadPlan
from core.aws import clients
from core.testing import CARL
from lms import store
from lms.enums import LessonType
from lms.models import Lesson
from lms.services import media, transcripts
from lms.services.lessons import Fields, add
from lms.tests.factories import make_draft

_CODECS = {"webm": ("libvpx", {"deadline": "realtime", "cpu-used": "8"}), "mp4": ("libx264", {"preset": "ultrafast"})}
VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nGood morning\n\n00:01.000 --> 00:02.000\nRenew early\n"


@functools.cache
def film(kind: str = "webm", seconds: int = 2, **options: str) -> bytes:
    codec, encoding = _CODECS[kind]
    with NamedTemporaryFile(
        suffix=f".{kind}"
    ) as made:  # a table of contents at the beginning is moved there afterwards
        with av.open(made.name, "w", container_options=dict(options)) as container:
            stream: Any = container.add_stream(codec, rate=4, options=encoding)
            stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
            for number in range(4 * seconds):
                image = Image.new("RGB", (64, 36), (number * 10 % 255, 40, 90))
                container.mux(stream.encode(av.VideoFrame.from_image(image)))
            container.mux(stream.encode(None))
        return Path(made.name).read_bytes()


def video_lesson(course_id: str | None = None, *, title: str = "The first call", by: Person = CARL) -> Lesson:
    """Without a video yet; in a course of its own unless it is said which."""
    course_id = course_id or make_draft(owner=by, lesson_count=0).course_id
    return add(course_id=course_id, lesson_type=LessonType.VIDEO, fields=Fields(title=title), by=by)


def send(plan: UploadPlan, content: bytes, mime: str | None = None) -> str:
    """What the browser does with the plan; gives the version that S3 answers."""
    from django.core import signing

    ticket = signing.loads(plan.token, salt="content.upload")
    put = clients.client("s3").put_object(
        Bucket=settings.LMS_MEDIA_BUCKET, Key=ticket["key"], Body=content, ContentType=mime or plan.mime
    )
    return str(put["VersionId"])


def add_video(lesson: Lesson, name: str = "Call.webm", content: bytes | None = None, *, by: Person = CARL) -> Lesson:
    content = film() if content is None else content
    where = {"course_id": str(lesson.course_id), "lesson_id": str(lesson.lesson_id)}
    plan = media.start_upload(**where, name=name, size=len(content), by=by)
    arrived = send(plan, content)
    return media.finish(**where, token=plan.token, s3_version=arrived, by=by)


def lesson_with_video(*, by: Person = CARL) -> Lesson:
    return add_video(video_lesson(by=by), by=by)


def again(lesson: Lesson) -> Lesson:
    return store.lesson_by_id(str(lesson.course_id), str(lesson.lesson_id), fresh=True)


def where(lesson: Any) -> dict[str, str]:
    return {"course_id": str(lesson.course_id), "lesson_id": str(lesson.lesson_id)}


def args(lesson: Any, *more: str) -> list[str]:
    return [str(lesson.course_id), str(lesson.lesson_id), *more]


def caption(lesson: Any, language: str = "en", text: bytes = VTT, label: str = "") -> None:
    transcripts.add_captions(**where(lesson), language=language, label=label, name="a.vtt", data=text, by=CARL)


def said(lesson: Any, language: str = "en") -> list[str]:
    """The lines of the transcript of the video that the lesson object has."""
    shown = transcripts.find_ready(str(lesson.lesson_id), str(lesson.video_s3_key), language)
    return [segment.text for segment in shown.segments]
