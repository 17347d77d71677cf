"""The page on which an author adds the video of a lesson, and what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from accounts.person import Person
from content.rules.files import human_size
from content.services import sending
from content.upload_panel import UploadPanel
from lms.enums import TranscriptOrigin, TranscriptState
from lms.models import Lesson, Transcript
from lms.rules import captions
from lms.rules.media import VIDEOS
from lms.services import media, transcripts
from lms.store import transcripts as store


@dataclass(frozen=True)
class CaptionRow:
    """`earlier` is of a video that was replaced; it may fit the present one, too."""

    language: str
    label: str
    origin: str
    lines: int
    state: str
    failed_because: str
    earlier: bool
    edit_url: str
    download_url: str
    remove_url: str
    keep_url: str

    @property
    def shown(self) -> bool:
        return bool(self.lines) and not self.earlier

    @property
    def pending(self) -> bool:
        return self.state == TranscriptState.PENDING


@dataclass(frozen=True)
class Video:
    name: str
    size: str
    length: str
    picture: str
    sound: bool
    src: str
    mime: str
    link_seconds: int = settings.PRESIGNED_DOWNLOAD_EXPIRY_SECONDS


class VideoPanel(UploadPanel):
    """Of a lesson that this person has just been allowed to edit."""

    def __init__(self, request: HttpRequest, person: Person, lesson: Lesson) -> None:
        super().__init__(VIDEOS)
        self._request, self._person, self._lesson = request, person, lesson

    @property
    def video(self) -> Video | None:
        content = self._lesson.content
        if not self._lesson.video_s3_key:
            return None
        seconds = int(content.get("duration_seconds") or 0)
        return Video(
            name=str(content.get("name", "")),
            size=human_size(int(content.get("size") or 0)),
            length=captions.clock(seconds * 1000) if seconds else "",
            picture=f"{content.get('width')} × {content.get('height')}" if content.get("width") else "",
            sound=bool(content.get("sound", True)),
            src=self.url("video-play"),
            mime=str(content.get("mime", "video/mp4")),
        )

    @cached_property
    def captions(self) -> Sequence[CaptionRow]:
        if not self._lesson.video_s3_key:
            return ()
        every = store.of_lesson(str(self._lesson.lesson_id), fresh=True)
        return [self._row(one) for one in every if "#" not in str(one.language)]

    @property
    def pending(self) -> bool:
        return any(row.pending for row in self.captions)

    @property
    def rules(self) -> str:
        return gettext("MP4 or WebM, up to %s.") % human_size(VIDEOS[0].limit)

    @cached_property
    def plain_form(self) -> sending.PlainForm:
        back = self._request.build_absolute_uri(self._step("returned"))
        return media.plain_form(lesson=self._lesson, return_to=back, by=self._person)

    def _step(self, name: str) -> str:
        return self.url(f"video-{name}")

    def url(self, name: str, *more: str) -> str:
        return reverse(f"lms:{name}", args=[self._lesson.course_id, self._lesson.lesson_id, *more])

    def _row(self, transcript: Transcript) -> CaptionRow:
        language = transcripts.language_of(transcript)
        machine = transcript.origin == TranscriptOrigin.MACHINE
        return CaptionRow(
            language=language,
            label=transcripts.label_of(transcript),
            origin=gettext("made by a machine") if machine else gettext("uploaded"),
            lines=len(transcript.segments or ()),
            state=str(transcript.state),
            failed_because=str(transcript.failed_because or ""),
            earlier=transcript.media_key != self._lesson.video_s3_key,
            edit_url=self.url("transcript-edit", language),
            download_url=self.url("captions-draft", language) + "?download=1",
            remove_url=self.url("captions-remove", language),
            keep_url=self.url("captions-keep", language),
        )
