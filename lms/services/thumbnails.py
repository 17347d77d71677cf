"""The picture of a course: whatever is sent is drawn anew, small, so that nothing else in the file reaches a reader."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterable

from django.conf import settings
from PIL import Image, ImageOps, UnidentifiedImageError

from accounts.person import Person
from content.services import sending, tickets
from content.services.sending import Arrived, Destination, PlainForm, UploadPlan
from core.aws import s3
from core.errors import Invalid, NotFound, Stale
from core.ids import new_id
from lms import permissions, store
from lms.models import Course
from lms.rules.media import PICTURES
from lms.services import courses, learning
from lms.store import learning as rows

LARGEST = (1280, 720)
_MOST_PIXELS = 50_000_000
_QUALITY = 82
_MIME = "image/webp"
_TRIES = 5
CACHED_SECONDS = 240
"""How long a browser may keep the way to the picture: less than its link lives."""


def start_upload(*, course_id: str, name: str, size: int, by: Person) -> UploadPlan:
    return sending.start(_destination(courses.authored(course_id, by)), name=name, size=size, by=by)


def sign_parts(*, course_id: str, token: str, numbers: Iterable[int], by: Person) -> dict[int, str]:
    course = courses.authored(course_id, by)
    return sending.sign_parts(_destination(course), tickets.unseal(token, _place(course_id), by), numbers)


def finish(*, course_id: str, token: str, by: Person, s3_version: str = "") -> Course:
    """Checks what has arrived and makes the picture of it."""
    course = courses.authored(course_id, by)
    ticket = tickets.unseal(token, _place(course_id), by)
    return _put(course_id, sending.arrived(_destination(course), ticket, s3_version), by)


def abort(*, course_id: str, token: str, by: Person) -> None:
    course = courses.authored(course_id, by)
    sending.abort(_destination(course), tickets.unseal(token, _place(course_id), by))


def plain_form(*, course: Course, return_to: str, by: Person) -> PlainForm:
    return sending.plain_form(_destination(course), return_to=return_to, by=by)


def finish_plain(*, course_id: str, token: str, key: str, by: Person) -> Course:
    course = courses.authored(course_id, by)
    ticket = tickets.unseal(token, _place(course_id), by)
    return _put(course_id, sending.arrived_plain(_destination(course), ticket, key), by)


def remove(*, course_id: str, by: Person) -> Course:
    """A drawing takes its place. Removing it twice is harmless."""

    def change(course: Course) -> None:
        course.thumbnail_s3_bucket = course.thumbnail_s3_key = None

    return _changed(course_id, "course.thumbnail_removed", change, by)


def link(*, course_id: str, by: Person) -> str:
    """Raises NotFound where there is none, and where she may not see the course."""
    course = store.course_by_id(course_id)
    if not course.thumbnail_s3_key or not _may_see(by, course):
        raise NotFound()
    return s3.get_url(
        str(course.thumbnail_s3_bucket or settings.LMS_MEDIA_BUCKET),
        str(course.thumbnail_s3_key),
        version=None,
        mime=_mime_of(str(course.thumbnail_s3_key)),
        filename="thumbnail",
        inline=True,
        cached_seconds=CACHED_SECONDS,
    )


def _may_see(by: Person, course: Course) -> bool:
    """What was withdrawn stays open to those who had begun it, and so does its picture."""
    return permissions.can_read(by, course) or learning.may_take(
        by, course, rows.course_progress(by.user_id, str(course.course_id))
    )


def drawn_anew(name: str, data: bytes) -> bytes:
    """As WebP of at most `LARGEST`, upright, without where and with what it was taken. Raises Invalid."""
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as opened:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            if opened.width * opened.height > _MOST_PIXELS:
                raise Invalid(f"“{name}” has more than 50 million points. Make it smaller, then add it again.")
            picture = ImageOps.exif_transpose(opened).convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Invalid(f"“{name}” cannot be opened as a picture. Save it again as PNG or JPEG.") from None
    except (OSError, SyntaxError, ValueError):
        raise Invalid(f"“{name}” is damaged. Save it again as PNG or JPEG, then add that.") from None
    picture.thumbnail(LARGEST)
    made = io.BytesIO()
    Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB").save(
        made, "WEBP", quality=_QUALITY
    )
    return made.getvalue()


def _put(course_id: str, arrived: Arrived, by: Person) -> Course:
    bucket, version = str(settings.LMS_MEDIA_BUCKET), arrived.facts.version
    data = s3.read_range(bucket, arrived.key, version, 0, arrived.facts.size)
    try:
        picture = drawn_anew(arrived.name, data)
    finally:
        s3.delete(bucket, arrived.key, version)
    key = f"courses/{course_id}/thumbnail.webp"
    s3.put_bytes(bucket, key, picture, mime=_MIME)

    def change(course: Course) -> None:
        course.thumbnail_s3_bucket, course.thumbnail_s3_key = bucket, key

    return _changed(course_id, "course.thumbnail_changed", change, by)


def _changed(course_id: str, action: str, change: Callable[[Course], None], by: Person) -> Course:
    """The picture is no part of a version: learners see it at once."""
    for _ in range(_TRIES):
        course = courses.authored(course_id, by)
        change(course)
        try:
            courses.save(course, action, by, draft=False)
        except Stale:
            continue
        return course
    raise Stale()


def _place(course_id: str) -> str:
    return f"thumbnail:{course_id}"


def _destination(course: Course) -> Destination:
    return Destination(
        place=_place(str(course.course_id)),
        bucket=str(settings.LMS_MEDIA_BUCKET),
        folder=f"media/{new_id()}/source/",
        in_use=lambda _key, _version: False,
        types=PICTURES,
        taker="A course",
    )


def _mime_of(key: str) -> str:
    return next((one.mime for one in PICTURES if key.lower().endswith(one.extensions)), _MIME)
