"""The video of a lesson: how it is sent, what it is, and the link by which learners play it.

Each upload has a key of its own, `media/<media_id>/source/<name>`. So what learners play and what the author is just
replacing never share a key, and neither does a transcription that is still listening to the one before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.utils.text import slugify

from accounts.person import Person
from content.services import local_files, sending, tickets
from content.services.sending import Arrived, Destination, PlainForm, UploadPlan
from core.aws import s3
from core.errors import Invalid, NotFound, Stale
from core.events import Event, publish
from core.ids import new_id
from lms import store
from lms.enums import LessonType
from lms.models import Lesson
from lms.rules import media as rules
from lms.services import courses, learning, lessons, probing, publishing

_TRIES = 5


def play_url(lesson: Mapping[str, Any]) -> str:
    """A short-lived link to the video of a lesson as `store.published_lesson` gives it.

    To be called only where the right to the lesson has just been checked. A page shows the address `lms:play` instead,
    which checks and leads here: a link lives minutes, and whoever watches for longer needs a new one.
    """
    key = rules.media_key_of(lesson)
    if not key:
        raise NotFound()
    content = lesson["content"]
    return s3.get_url(
        str(lesson.get("video_s3_bucket") or settings.LMS_MEDIA_BUCKET),
        key,
        version=content.get("s3_version"),
        mime=str(content.get("mime") or "video/mp4"),
        filename=str(content.get("name") or "video"),
        inline=True,
    )


def learners_link(*, course_id: str, lesson_id: str, by: Person) -> str:
    """Of what learners see. Raises NotFound, too, where she may not take the course."""
    return play_url(published_video(course_id=course_id, lesson_id=lesson_id, by=by))


def published_video(*, course_id: str, lesson_id: str, by: Person) -> Mapping[str, Any]:
    taken = learning.load(by, course_id, fresh=True)
    if taken.entry(lesson_id).lesson_type is not LessonType.VIDEO:
        raise NotFound()
    return store.published_lesson(course_id, taken.outline.version, lesson_id)


def authors_link(*, course_id: str, lesson_id: str, by: Person) -> str:
    """Of the draft, for those who see it."""
    return play_url(publishing.lesson_data(seen_video(course_id=course_id, lesson_id=lesson_id, by=by)))


def video_lesson(course_id: str, lesson_id: str) -> Lesson:
    """Raises NotFound for a lesson of another kind."""
    lesson = store.lesson_by_id(course_id, lesson_id, fresh=True)
    if lesson.lesson_type != LessonType.VIDEO:
        raise NotFound()
    return lesson


def seen_video(*, course_id: str, lesson_id: str, by: Person) -> Lesson:
    """For those who may see the draft, archived or not. Raises NotFound, Refused."""
    courses.check_sees_draft(courses.readable(course_id, by), by)
    return video_lesson(course_id, lesson_id)


def authored_video(*, course_id: str, lesson_id: str, by: Person) -> Lesson:
    """Read afresh, for changing. Raises NotFound, Refused."""
    courses.authored(course_id, by)
    return video_lesson(course_id, lesson_id)


def start_upload(*, course_id: str, lesson_id: str, name: str, size: int, by: Person) -> UploadPlan:
    """Raises Invalid, with a sentence for the person, for what is no video that browsers play."""
    return sending.start(
        _destination(authored_video(course_id=course_id, lesson_id=lesson_id, by=by)), name=name, size=size, by=by
    )


def sign_parts(*, course_id: str, lesson_id: str, token: str, numbers: Iterable[int], by: Person) -> dict[int, str]:
    lesson = authored_video(course_id=course_id, lesson_id=lesson_id, by=by)
    return sending.sign_parts(_destination(lesson), tickets.unseal(token, _place(lesson), by), numbers)


def finish(*, course_id: str, lesson_id: str, token: str, by: Person, s3_version: str = "") -> Lesson:
    """Checks what has arrived and makes it the lesson's video; doing it twice comes to the same."""
    lesson = authored_video(course_id=course_id, lesson_id=lesson_id, by=by)
    ticket = tickets.unseal(token, _place(lesson), by)
    return _attach(course_id, lesson_id, sending.arrived(_destination(lesson), ticket, s3_version), by)


def abort(*, course_id: str, lesson_id: str, token: str, by: Person) -> None:
    lesson = authored_video(course_id=course_id, lesson_id=lesson_id, by=by)
    sending.abort(_destination(lesson), tickets.unseal(token, _place(lesson), by))


def plain_form(*, lesson: Lesson, return_to: str, by: Person) -> PlainForm:
    return sending.plain_form(_destination(lesson), return_to=return_to, by=by)


def finish_plain(*, course_id: str, lesson_id: str, token: str, key: str, by: Person) -> Lesson:
    lesson = authored_video(course_id=course_id, lesson_id=lesson_id, by=by)
    ticket = tickets.unseal(token, _place(lesson), by)
    return _attach(course_id, lesson_id, sending.arrived_plain(_destination(lesson), ticket, key), by)


def attach_local(*, course_id: str, lesson_id: str, path: Path, name: str, by: Person) -> Lesson:
    """For commands that bring videos along. Raises Invalid for what is no video that browsers play."""
    to = _destination(authored_video(course_id=course_id, lesson_id=lesson_id, by=by))
    kind = next((one for one in to.types if path.suffix.lower() in one.extensions), None)
    if kind is None:
        raise Invalid(f"“{name}” is no video that browsers play. Convert it to MP4 or WebM.")
    local_files.check(path, name)
    key = to.folder + _plain_name(name)
    facts = s3.put_file(to.bucket, key, path, mime=kind.mime)
    return _attach(course_id, lesson_id, Arrived(name, kind, key, facts), by)


def _place(lesson: Lesson) -> str:
    return f"video:{lesson.course_id}/{lesson.lesson_id}"


def _destination(lesson: Lesson) -> Destination:
    def is_shown(key: str, _version: str | None) -> bool:
        return key == store.lesson_by_id(lesson.course_id, lesson.lesson_id, fresh=True).video_s3_key

    return Destination(
        place=_place(lesson),
        bucket=str(settings.LMS_MEDIA_BUCKET),
        folder=f"media/{new_id()}/source/",
        in_use=is_shown,
        types=rules.VIDEOS,
        taker="A lesson",
        stored_as=_plain_name,
    )


def _plain_name(name: str) -> str:
    """Transcribe is told the key as an address, and not every address survives other letters."""
    path = PurePosixPath(name)
    return (slugify(path.stem)[:80] or "video") + path.suffix.lower()


def _attach(course_id: str, lesson_id: str, arrived: Arrived, by: Person) -> Lesson:
    video = _probed(arrived)
    for _ in range(_TRIES):
        lesson = authored_video(course_id=course_id, lesson_id=lesson_id, by=by)
        if lesson.video_s3_key == arrived.key:
            return lesson
        fields = lessons.fields_of(lesson)
        try:
            lesson = lessons.edit(
                course_id=course_id,
                lesson_id=lesson_id,
                fields=replace(fields, content=fields.content | _facts(arrived, video)),
                seen_rev=lesson.text_rev,
                by=by,
                files=_places(lesson_id, arrived.key),
            )
        except Stale:  # somebody changed its title meanwhile; the video is not hers to lose for that
            continue
        publish(Event("lesson.video_attached", lesson_id, by.user_id, {"course_id": course_id}))
        return lesson
    raise Stale()


def _probed(arrived: Arrived) -> probing.Video:
    bucket, version = str(settings.LMS_MEDIA_BUCKET), arrived.facts.version

    def read(start: int, length: int) -> bytes:
        return s3.read_range(bucket, arrived.key, version, start, length)

    try:
        return probing.probe(arrived.name, arrived.facts.size, read)
    except Invalid:
        s3.delete(bucket, arrived.key, version)
        raise


def _facts(arrived: Arrived, video: probing.Video) -> dict[str, Any]:
    """Chapters of the video before stay: they are often right, and their author is told to look."""
    return {
        "name": arrived.name,
        "mime": arrived.kind.mime,
        "size": arrived.facts.size,
        "s3_version": arrived.facts.version,
        "duration_seconds": video.duration_seconds,
        "width": video.width,
        "height": video.height,
        "sound": video.sound,
    }


def _places(lesson_id: str, key: str) -> dict[str, str | None]:
    bucket = str(settings.LMS_MEDIA_BUCKET)
    return {
        "video_s3_bucket": bucket,
        "video_s3_key": key,
        "transcript_s3_bucket": bucket,
        "transcript_s3_key": transcript_key(lesson_id),
    }


def transcript_key(lesson_id: str) -> str:
    """Where a transcription leaves what it heard."""
    return f"lessons/{lesson_id}/transcript.json"


def set_chapters(*, course_id: str, lesson_id: str, text: str, seen_rev: int, by: Person) -> Lesson:
    """`00:00 Title` lines. Raises Invalid, naming the line; Stale when somebody else saved after `seen_rev`."""
    lesson = authored_video(course_id=course_id, lesson_id=lesson_id, by=by)
    fields = lessons.fields_of(lesson)
    chapters = rules.read_chapters(text, int(lesson.content.get("duration_seconds") or 0))
    return lessons.edit(
        course_id=course_id,
        lesson_id=lesson_id,
        fields=replace(fields, content=fields.content | {"chapters": chapters}),
        seen_rev=seen_rev,
        by=by,
    )
