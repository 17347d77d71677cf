"""The video of a lesson and the picture of a course: sent straight to S3, checked and attached here."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Query, Router, Status
from pydantic import Field

from accounts.http import Request
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from content.api.files import Announced, Arrival, Link, PartsWanted, PartUrl, PartUrls, Token, Upload
from core.api import etags
from core.api.schemas import IfMatch, Input, Output
from lms.api.draft_schemas import CourseDraft
from lms.models import Lesson
from lms.rules.media import write_chapters
from lms.services import media, thumbnails

router = Router(tags=["Authoring: media"], auth=Bearer(Area.LEARNING))
_VIDEO = "/{course_id}/draft/lessons/{lesson_id}/video"
_PICTURE = "/{course_id}/draft/picture"
_FRESH = Bearer(Area.LEARNING, fresh=True)
Chapters = Annotated[str, Field(max_length=20_000, examples=["00:00 Why it matters\n01:30 How"])]


class VideoDraft(Output):
    """What is known of the file, as it says of itself."""

    course_id: str
    lesson_id: str
    name: str = Field(description="Empty where there is no video yet.")
    mime: str
    size: int
    duration_seconds: int | None
    width: int | None
    height: int | None
    sound: bool | None
    chapters: str = Field(description="One a line: the time it begins, then its title.")
    updated_at: datetime

    @classmethod
    def of(cls, request: Request, lesson: Lesson) -> VideoDraft:
        etags.revision(request, lesson.text_rev)
        told = lesson.content if lesson.video_s3_key else {}
        seconds = told.get("duration_seconds")
        return cls(
            course_id=lesson.course_id,
            lesson_id=lesson.lesson_id,
            name=str(told.get("name") or ""),
            mime=str(told.get("mime") or ""),
            size=int(told.get("size") or 0),
            duration_seconds=int(seconds) if seconds else None,
            width=told.get("width"),
            height=told.get("height"),
            sound=told.get("sound"),
            chapters=write_chapters(lesson.content.get("chapters") or ()),
            updated_at=lesson.updated_at,
        )


class ChaptersEdit(Input):
    chapters: Chapters


@router.get(_VIDEO, response=VideoDraft, operation_id="getVideoDraft", summary="The video of the draft")
def video_draft(request: Request, course_id: str, lesson_id: str) -> VideoDraft:
    return VideoDraft.of(request, media.seen_video(course_id=course_id, lesson_id=lesson_id, by=request.user))


@router.get(
    f"{_VIDEO}/play-url",
    response=Link,
    auth=_FRESH,
    operation_id="getDraftPlayUrl",
    summary="A link to the draft's video",
)
def video_draft_play_url(request: Request, course_id: str, lesson_id: str) -> Link:
    return Link(url=media.authors_link(course_id=course_id, lesson_id=lesson_id, by=request.user))


@router.post(f"{_VIDEO}/upload-url", response=Upload, operation_id="startVideoUpload", summary="Where to send a video")
def video_upload_url(request: Request, course_id: str, lesson_id: str, body: Announced) -> Upload:
    """MP4 or WebM. From 50 MB on it is sent in parts."""
    plan = media.start_upload(course_id=course_id, lesson_id=lesson_id, name=body.name, size=body.size, by=request.user)
    return Upload.model_validate(plan)


@router.post(
    f"{_VIDEO}/upload-url/parts", response=PartUrls, operation_id="signVideoParts", summary="Where to send these parts"
)
def video_upload_parts(request: Request, course_id: str, lesson_id: str, body: PartsWanted) -> PartUrls:
    urls = media.sign_parts(
        course_id=course_id, lesson_id=lesson_id, token=body.token, numbers=body.numbers, by=request.user
    )
    return _parts(urls)


@router.delete(
    f"{_VIDEO}/upload-url", response={204: None}, operation_id="abortVideoUpload", summary="Give up a video in parts"
)
def video_upload_abort(request: Request, course_id: str, lesson_id: str, token: Query[Token]) -> Status[None]:
    media.abort(course_id=course_id, lesson_id=lesson_id, token=token, by=request.user)
    return Status(204, None)


@router.post(f"{_VIDEO}/attach", response=VideoDraft, operation_id="attachVideo", summary="Attach what has arrived")
def video_attach(request: Request, course_id: str, lesson_id: str, body: Arrival) -> VideoDraft:
    """Looks into what lies in S3; it takes the place of the video before. Doing it twice comes to the same."""
    lesson = media.finish(course_id=course_id, lesson_id=lesson_id, by=request.user, **body.model_dump())
    return VideoDraft.of(request, lesson)


@router.put(f"{_VIDEO}/chapters", response=VideoDraft, operation_id="setChapters", summary="Name its chapters")
def video_chapters(
    request: Request, course_id: str, lesson_id: str, body: ChaptersEdit, if_match: IfMatch
) -> VideoDraft:
    seen = etags.seen(if_match)
    with etags.matching():
        lesson = media.set_chapters(
            course_id=course_id, lesson_id=lesson_id, text=body.chapters, seen_rev=seen, by=request.user
        )
    return VideoDraft.of(request, lesson)


@router.get(
    "/{course_id}/picture-url", response=Link, operation_id="getPictureUrl", summary="A link to the picture of a course"
)
def course_picture_url(request: Request, course_id: str) -> Link:
    """Missing where none was sent: pages draw one."""
    return Link(url=thumbnails.link(course_id=course_id, by=request.user))


@router.post(f"{_PICTURE}/upload-url", response=Upload, operation_id="startPictureUpload", summary="Where to send one")
def picture_upload_url(request: Request, course_id: str, body: Announced) -> Upload:
    """PNG, JPEG or WebP."""
    plan = thumbnails.start_upload(course_id=course_id, name=body.name, size=body.size, by=request.user)
    return Upload.model_validate(plan)


@router.post(
    f"{_PICTURE}/upload-url/parts",
    response=PartUrls,
    operation_id="signPictureParts",
    summary="Where to send its parts",
)
def picture_upload_parts(request: Request, course_id: str, body: PartsWanted) -> PartUrls:
    urls = thumbnails.sign_parts(course_id=course_id, token=body.token, numbers=body.numbers, by=request.user)
    return _parts(urls)


@router.delete(
    f"{_PICTURE}/upload-url", response={204: None}, operation_id="abortPictureUpload", summary="Give up one in parts"
)
def picture_upload_abort(request: Request, course_id: str, token: Query[Token]) -> Status[None]:
    thumbnails.abort(course_id=course_id, token=token, by=request.user)
    return Status(204, None)


@router.post(f"{_PICTURE}/attach", response=CourseDraft, operation_id="attachPicture", summary="Take what has arrived")
def picture_attach(request: Request, course_id: str, body: Arrival) -> CourseDraft:
    """It is drawn anew: smaller, upright, and without where it was taken."""
    thumbnails.finish(course_id=course_id, by=request.user, **body.model_dump())
    return CourseDraft.now(request, course_id)


@router.delete(_PICTURE, response=CourseDraft, operation_id="removePicture", summary="Remove the picture")
def picture_remove(request: Request, course_id: str) -> CourseDraft:
    thumbnails.remove(course_id=course_id, by=request.user)
    return CourseDraft.now(request, course_id)


def _parts(urls: dict[int, str]) -> PartUrls:
    return PartUrls(items=[PartUrl(number=number, url=url) for number, url in urls.items()])
