"""Captions and transcripts of a lesson's video, for its authors."""

from __future__ import annotations

from typing import Annotated

from ninja import Router, Status
from pydantic import Field

from accounts.http import Request
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core.api import etags
from core.api.schemas import IfMatch, Input, Number, Output
from lms.enums import TranscriptOrigin, TranscriptState
from lms.models import Transcript
from lms.rules import captions
from lms.rules.captions import MOST_BYTES, MOST_SEGMENTS, MOST_TEXT
from lms.rules.media import LANGUAGES
from lms.services import media, transcribing, transcripts
from lms.services.transcripts import MOST_LABEL
from lms.store.transcripts import of_lesson

router = Router(tags=["Authoring: media"], auth=Bearer(Area.LEARNING))
_CAPTIONS = "/{course_id}/draft/lessons/{lesson_id}/video/captions"
_ONE = f"{_CAPTIONS}/{{language}}"
Language = Annotated[str, Field(pattern=f"^({'|'.join(LANGUAGES)})$", examples=["en"])]
Milliseconds = Annotated[Number, Field(ge=0, le=24 * 60 * 60 * 1000)]


class CaptionsRow(Output):
    language: str
    label: str
    state: TranscriptState = Field(description="`pending` while a machine is listening.")
    origin: TranscriptOrigin
    lines: int
    failed_because: str
    earlier: bool = Field(description="Of a video that was replaced; `keep` says that it fits the present one, too.")

    @classmethod
    def of(cls, one: Transcript, media_key: str) -> CaptionsRow:
        return cls(
            language=transcripts.language_of(one),
            label=transcripts.label_of(one),
            state=TranscriptState(one.state),
            origin=TranscriptOrigin(one.origin),
            lines=len(one.segments or ()),
            failed_because=one.failed_because or "",
            earlier=one.media_key != media_key,
        )


class CaptionsRows(Output):
    items: list[CaptionsRow]


class CaptionLine(Output):
    start: int = Field(description="Milliseconds, as is `end`.")
    end: int
    text: str


class CaptionsDraft(Output):
    language: str
    label: str
    lines: list[CaptionLine]

    @classmethod
    def of(cls, request: Request, one: Transcript) -> CaptionsDraft:
        etags.revision(request, int(one.rev))
        lines = [CaptionLine.model_validate(line) for line in captions.from_data(one.segments)]
        return cls(language=transcripts.language_of(one), label=transcripts.label_of(one), lines=lines)


class NewCaptions(Input):
    """The text of a file, WebVTT or SubRip."""

    text: str = Field(max_length=MOST_BYTES)
    name: str = Field(max_length=200, description="Its ending says which of the two it is.", examples=["talk.vtt"])
    label: str = Field("", max_length=MOST_LABEL, description="What learners choose in the player.")


class NewLine(Input):
    start: Milliseconds
    end: Milliseconds
    text: str = Field(max_length=MOST_TEXT)


class CaptionsEdit(Input):
    lines: list[NewLine] = Field(max_length=MOST_SEGMENTS)


@router.get(_CAPTIONS, response=CaptionsRows, operation_id="listCaptions", summary="Captions of the draft's video")
def captions_list(request: Request, course_id: str, lesson_id: str) -> CaptionsRows:
    lesson = media.seen_video(course_id=course_id, lesson_id=lesson_id, by=request.user)
    found = [one for one in of_lesson(lesson_id) if "#" not in one.language]
    return CaptionsRows(items=[CaptionsRow.of(one, str(lesson.video_s3_key or "")) for one in found])


@router.get(_ONE, response=CaptionsDraft, operation_id="getCaptionsDraft", summary="Captions, line by line")
def captions_draft(request: Request, course_id: str, lesson_id: str, language: str) -> CaptionsDraft:
    lesson = media.seen_video(course_id=course_id, lesson_id=lesson_id, by=request.user)
    return CaptionsDraft.of(request, transcripts.of_draft(lesson, language))


@router.put(
    _ONE, response=CaptionsDraft, operation_id="putCaptions", summary="Send captions; they replace what was there"
)
def captions_put(
    request: Request, course_id: str, lesson_id: str, language: Language, body: NewCaptions
) -> CaptionsDraft:
    made = transcripts.add_captions(
        course_id=course_id,
        lesson_id=lesson_id,
        language=language,
        label=body.label,
        name=body.name,
        data=body.text.encode(),
        by=request.user,
    )
    return CaptionsDraft.of(request, made)


@router.patch(_ONE, response=CaptionsDraft, operation_id="editCaptions", summary="Write its lines anew")
def captions_edit(
    request: Request, course_id: str, lesson_id: str, language: str, change: CaptionsEdit, if_match: IfMatch
) -> CaptionsDraft:
    seen = etags.seen(if_match)
    segments = [captions.Segment(line.start, line.end, line.text) for line in change.lines]
    with etags.matching():
        made = transcripts.edit(
            course_id=course_id,
            lesson_id=lesson_id,
            language=language,
            segments=segments,
            seen_rev=seen,
            by=request.user,
        )
    return CaptionsDraft.of(request, made)


@router.delete(_ONE, response={204: None}, operation_id="removeCaptions", summary="Remove captions in a language")
def captions_remove(request: Request, course_id: str, lesson_id: str, language: str) -> Status[None]:
    transcripts.remove(course_id=course_id, lesson_id=lesson_id, language=language, by=request.user)
    return Status(204, None)


@router.post(f"{_ONE}/keep", response=CaptionsDraft, operation_id="keepCaptions", summary="They fit the new video, too")
def captions_keep(request: Request, course_id: str, lesson_id: str, language: str) -> CaptionsDraft:
    kept = transcripts.keep_for_new_video(course_id=course_id, lesson_id=lesson_id, language=language, by=request.user)
    return CaptionsDraft.of(request, kept)


@router.post(f"{_ONE}/transcribe", response={202: None}, operation_id="transcribe", summary="Have a machine listen")
def captions_transcribe(request: Request, course_id: str, lesson_id: str, language: Language) -> Status[None]:
    """What there is in that language stays until the new one is there. Asking twice starts one."""
    transcribing.start(course_id=course_id, lesson_id=lesson_id, language=language, by=request.user)
    return Status(202, None)
