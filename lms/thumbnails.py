"""Where the picture of a course is seen, and the page on which its author changes it."""

from __future__ import annotations

from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from accounts.person import Person
from content.rules.files import human_size
from content.services import sending
from content.upload_panel import UploadPanel
from lms.models import Course
from lms.pages.covers import Drawing, drawing_of
from lms.rules.media import PICTURES
from lms.services import thumbnails


def thumbnail_url(course: Course) -> str:
    """Empty where there is none. Another address after each change, so that browsers may keep what they have."""
    if not course.thumbnail_s3_key:
        return ""
    return reverse("lms:thumbnail", args=[course.course_id]) + f"?v={int(course.rev)}"


class ThumbnailPanel(UploadPanel):
    """Of a course that this person has just been allowed to edit."""

    def __init__(self, request: HttpRequest, person: Person, course: Course) -> None:
        super().__init__(PICTURES)
        self._request, self._person, self._course = request, person, course

    @property
    def src(self) -> str:
        return thumbnail_url(self._course)

    @property
    def drawing(self) -> Drawing:
        return drawing_of(self._course.course_id)

    @property
    def rules(self) -> str:
        return gettext("PNG, JPEG or WebP, up to %s; best twice as wide as high.") % human_size(PICTURES[0].limit)

    @cached_property
    def plain_form(self) -> sending.PlainForm:
        back = self._request.build_absolute_uri(self._step("returned"))
        return thumbnails.plain_form(course=self._course, return_to=back, by=self._person)

    def _step(self, name: str) -> str:
        return reverse(f"lms:thumbnail-{name}", args=[self._course.course_id])
