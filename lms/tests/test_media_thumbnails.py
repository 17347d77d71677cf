from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from PIL import Image

from core.aws import metering, s3
from core.errors import Invalid, NotFound, Refused
from core.testing import CARL, CORA, RITA, VERA, sign_in
from lms import store
from lms.services import publishing, thumbnails
from lms.tests.factories import make_course, make_draft
from lms.tests.media_factories import send
from lms.thumbnails import thumbnail_url

pytestmark = pytest.mark.usefixtures("cloud")


def picture(kind: str = "PNG", size: tuple[int, int] = (1600, 900), **options: Any) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, (40, 90, 200)).save(made, kind, **options)
    return made.getvalue()


def add(course_id: str, name: str = "cover.png", content: bytes | None = None) -> None:
    content = picture() if content is None else content
    plan = thumbnails.start_upload(course_id=course_id, name=name, size=len(content), by=CARL)
    thumbnails.finish(course_id=course_id, token=plan.token, s3_version=send(plan, content), by=CARL)


def shown(course_id: str) -> Image.Image:
    course = store.course_by_id(course_id)
    facts = s3.head(settings.LMS_MEDIA_BUCKET, str(course.thumbnail_s3_key))
    return Image.open(
        io.BytesIO(s3.read_range(settings.LMS_MEDIA_BUCKET, course.thumbnail_s3_key, None, 0, facts.size))
    )


def test_a_picture_is_drawn_anew_small_and_without_what_else_was_in_it(cloud: Callable[[str], Any]) -> None:
    course_id = make_draft().course_id
    exif = Image.Exif()
    exif[0x010F] = "A camera that tells where it was"
    add(course_id, "holiday.jpg", picture("JPEG", (3000, 2000), exif=exif))
    made = shown(course_id)
    assert (made.format, made.size) == ("WEBP", (1080, 720))
    assert not made.getexif()
    assert store.course_by_id(course_id).thumbnail_s3_key == f"courses/{course_id}/thumbnail.webp"
    left = cloud("s3").list_object_versions(Bucket=settings.LMS_MEDIA_BUCKET)["Versions"]
    assert [one["Key"] for one in left] == [f"courses/{course_id}/thumbnail.webp"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cover.png", b"MZ" + bytes(300), "a Windows program"),
        ("cover.png", b"<svg onload=alert(1)></svg>", "drawing with code"),
        ("cover.png", picture()[:200], "end is missing"),
        ("cover.png", b"\x89PNG\r\n\x1a\n" + bytes(99) + b"IEND", "cannot be opened|damaged"),
    ],
)
def test_what_is_no_picture_is_refused_and_removed(
    cloud: Callable[[str], Any], name: str, content: bytes, said: str
) -> None:
    course_id = make_draft().course_id
    with pytest.raises(Invalid, match=said):
        add(course_id, name, content)
    assert "Versions" not in cloud("s3").list_object_versions(Bucket=settings.LMS_MEDIA_BUCKET)
    assert store.course_by_id(course_id).thumbnail_s3_key is None


def test_a_picture_of_too_many_points_is_refused_before_it_is_opened() -> None:
    with patch.object(thumbnails, "_MOST_PIXELS", 1000), pytest.raises(Invalid, match="50 million"):
        thumbnails.drawn_anew("wide.png", picture())


def test_those_who_see_the_course_see_its_picture_and_may_keep_it_for_minutes() -> None:
    course_id = make_course().course_id
    assert thumbnail_url(store.course_by_id(course_id)) == ""
    add(course_id)
    address = thumbnail_url(store.course_by_id(course_id))
    answer = sign_in(Client(), VERA).get(address)
    assert answer.headers["Cache-Control"] == "private, max-age=240"
    asked = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert asked["response-cache-control"] == ["private, max-age=240"]
    assert asked["response-content-type"] == ["image/webp"]
    spent = metering.start()
    thumbnails.link(course_id=course_id, by=VERA)
    assert spent.calls == 1


def test_the_picture_of_a_draft_is_hidden_from_others() -> None:
    course_id = make_draft().course_id
    add(course_id)
    for person in (VERA, CORA):
        hidden = sign_in(Client(), person).get(reverse("lms:thumbnail", args=[course_id]))
        assert hidden.status_code == 404
    with pytest.raises(NotFound):
        thumbnails.start_upload(course_id=course_id, name="a.png", size=9, by=CORA)
    publishing.publish(course_id=course_id, by=RITA)
    with pytest.raises(Refused):
        thumbnails.remove(course_id=course_id, by=CORA)


def test_a_removed_picture_gives_way_to_the_drawing() -> None:
    course_id = make_draft().course_id
    add(course_id)
    carl = sign_in(Client(), CARL)
    for _ in range(2):
        assert carl.post(reverse("lms:thumbnail-remove", args=[course_id])).status_code == 303
    assert "No picture yet" in carl.get(reverse("lms:manage-thumbnail", args=[course_id])).content.decode()
