"""Captions and transcripts of videos: sent by authors or heard by Amazon Transcribe, mended by hand, shown to learners.

A transcript belongs to one video (`media_key`). While its author replaces a video, learners go on with the one that
is published, so what that one had is kept beside until a later video is published.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.person import Person
from accounts.store import audit_entry
from core import clock
from core.aws.records import Put
from core.errors import Invalid, NotFound, Stale
from core.events import Event, publish
from lms.enums import TranscriptOrigin, TranscriptState
from lms.models import Lesson, Transcript
from lms.rules import captions
from lms.rules.captions import Segment
from lms.rules.media import LANGUAGES, media_id_of, media_key_of
from lms.services import media
from lms.store import transcripts as store

MOST_LABEL = 60
_TRIES = 5


@dataclass(frozen=True)
class Shown:
    """A transcript that can be shown."""

    language: str
    label: str
    segments: list[Segment]
    rev: int = 0


def ready(lesson_id: str, media_key: str) -> list[Shown]:
    """Of that video, by language; one read."""
    found = {
        language_of(one): Shown(language_of(one), label_of(one), captions.from_data(one.segments), int(one.rev))
        for one in store.of_lesson(lesson_id)
        if media_key and one.media_key == media_key and one.segments
    }
    return [found[language] for language in sorted(found)]


def find_ready(lesson_id: str, media_key: str, language: str) -> Shown:
    """Raises NotFound."""
    for found in ready(lesson_id, media_key):
        if found.language == language:
            return found
    raise NotFound()


def text_of(lesson_id: str, media_key: str) -> str:
    """All that is said in the video, in every language it is written down in: for the index."""
    return "\n".join(captions.to_text(one.segments) for one in ready(lesson_id, media_key))


def language_of(transcript: Transcript) -> str:
    """Without the mark of a video that was replaced since."""
    return str(transcript.language).partition("#")[0]


def label_of(transcript: Transcript) -> str:
    language = language_of(transcript)
    return str(transcript.label or LANGUAGES.get(language, language))


def add_captions(
    *, course_id: str, lesson_id: str, language: str, label: str, name: str, data: bytes, by: Person
) -> Transcript:
    """Takes the place of what there was in that language. Raises Invalid with what is wrong with the file."""
    segments = captions.read(name, data)

    def change(transcript: Transcript) -> None:
        transcript.segments = captions.to_data(segments)
        transcript.origin = TranscriptOrigin.UPLOAD.value
        settled(transcript)
        name_it(transcript, label)

    return put(
        course_id=course_id,
        lesson_id=lesson_id,
        language=language,
        change=change,
        action="course.captions_added",
        by=by,
    )


def edit(
    *, course_id: str, lesson_id: str, language: str, segments: Sequence[Segment], seen_rev: int, by: Person
) -> Transcript:
    """Raises Stale when somebody else saved after `seen_rev` was read."""
    kept = captions.to_data(captions.checked(segments))
    lesson = media.authored_video(course_id=course_id, lesson_id=lesson_id, by=by)
    transcript = of_draft(lesson, language)
    if int(transcript.rev) != seen_rev:
        raise Stale(
            "Somebody else changed this transcript while you were writing. Compare the two before you save again."
        )
    if transcript.segments == kept:
        return transcript
    transcript.segments, transcript.updated_at = kept, clock.now()
    transcript.edited_by = by.user_id
    store.save(Put(transcript), audit=[entry_for("course.transcript_edited", transcript, by)])
    tell(transcript, by.user_id)
    return transcript


def remove(*, course_id: str, lesson_id: str, language: str, by: Person) -> None:
    """Of every video that this lesson has had."""
    media.authored_video(course_id=course_id, lesson_id=lesson_id, by=by)
    every = [one for one in store.of_lesson(lesson_id, fresh=True) if language_of(one) == language]
    if not every:
        raise NotFound()
    store.delete(every, audit=[entry_for("course.captions_removed", every[0], by)])
    tell(every[0], by.user_id)


def keep_for_new_video(*, course_id: str, lesson_id: str, language: str, by: Person) -> Transcript:
    """The author says that what was written for the video before fits the present one, too."""
    lesson = media.authored_video(course_id=course_id, lesson_id=lesson_id, by=by)
    old = store.find_transcript(lesson_id, language, fresh=True)
    if old is None or not old.segments:
        raise NotFound()
    if old.media_key == lesson.video_s3_key:
        return old
    segments, label = old.segments, label_of(old)

    def change(transcript: Transcript) -> None:
        transcript.segments = segments
        settled(transcript)
        name_it(transcript, label)

    return put(
        course_id=course_id, lesson_id=lesson_id, language=language, change=change, action="course.captions_kept", by=by
    )


def of_draft(lesson: Lesson, language: str) -> Transcript:
    """Of the video that the author sees now. Raises NotFound."""
    found = store.find_transcript(str(lesson.lesson_id), language, fresh=True)
    if found is None or found.media_key != lesson.video_s3_key or not found.segments:
        raise NotFound()
    return found


def put(
    *,
    course_id: str,
    lesson_id: str,
    language: str,
    change: Callable[[Transcript], None],
    action: str,
    by: Person,
    also: Callable[[Transcript], Sequence[Any]] = lambda _: (),
) -> Transcript:
    """Writes the present video's transcript in that language; what an earlier video had is kept beside it."""
    if language not in LANGUAGES:
        raise Invalid(fields={"language": "Choose a language of the list."})
    for _ in range(_TRIES):
        lesson = media.authored_video(course_id=course_id, lesson_id=lesson_id, by=by)
        if not lesson.video_s3_key:
            raise Invalid("Add the video first; captions belong to it.")
        transcript, kept = _to_write(lesson, language)
        change(transcript)
        transcript.updated_at, transcript.edited_by = clock.now(), by.user_id
        try:
            entry = entry_for(action, transcript, by)
            store.save(Put(transcript), *map(Put, kept), *also(transcript), audit=[entry])
        except Stale:
            continue
        tell(transcript, by.user_id)
        return transcript
    raise Stale()


def _to_write(lesson: Lesson, language: str) -> tuple[Transcript, list[Transcript]]:
    found = store.find_transcript(str(lesson.lesson_id), language, fresh=True)
    if found is not None and found.media_key == lesson.video_s3_key:
        return found, []
    now = clock.now()
    made = Transcript(
        lesson_id=lesson.lesson_id,
        language=language,
        course_id=lesson.course_id,
        state=TranscriptState.DONE.value,
        origin=TranscriptOrigin.UPLOAD.value,
        media_key=lesson.video_s3_key,
        created_at=now,
        updated_at=now,
    )
    if found is None:
        return made, []
    made.rev = found.rev
    if not found.segments:
        return made, []
    kept = Transcript(**{name: value for name, value in found.attribute_values.items() if name != "rev"})
    kept.language = f"{language}#{media_id_of(str(found.media_key))}"
    return made, [kept]


def settled(transcript: Transcript) -> None:
    transcript.state, transcript.job = TranscriptState.DONE.value, None
    transcript.failed_because, transcript.finished_at = None, clock.now()


def name_it(transcript: Transcript, label: str) -> None:
    label = " ".join(label.split())
    if len(label) > MOST_LABEL:
        raise Invalid(fields={"label": f"Keep the label under {MOST_LABEL} characters."})
    transcript.label = label or None


def tell(transcript: Transcript, actor_id: str) -> None:
    props = {"course_id": str(transcript.course_id), "language": language_of(transcript)}
    publish(Event("transcript.changed", str(transcript.lesson_id), actor_id, props))


def entry_for(action: str, transcript: Transcript, by: Person) -> Any:
    return audit_entry(
        by=by,
        action=action,
        object_type="course",
        object_id=str(transcript.course_id),
        changes={
            "lesson": str(transcript.lesson_id),
            "language": {"before": None, "after": language_of(transcript)},
        },
    )


def for_learner(*, course_id: str, lesson_id: str, language: str, by: Person) -> Shown:
    """Raises NotFound, too, where she may not take the course."""
    lesson = media.published_video(course_id=course_id, lesson_id=lesson_id, by=by)
    return find_ready(lesson_id, media_key_of(lesson), language)


def for_author(*, course_id: str, lesson_id: str, language: str, by: Person) -> Shown:
    """Raises NotFound, Refused."""
    lesson = media.seen_video(course_id=course_id, lesson_id=lesson_id, by=by)
    return find_ready(lesson_id, str(lesson.video_s3_key or ""), language)
