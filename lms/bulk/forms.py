"""The moves of courses in bulk; none of them asks for more than to go on."""

from __future__ import annotations

from bulk.forms import ActionForm
from lms.bulk.steps import READY
from lms.enums import CourseMove


class ReadyForm(ActionForm):
    move = READY


class UnpublishForm(ActionForm):
    move = CourseMove.UNPUBLISH.value


class ArchiveForm(ActionForm):
    move = CourseMove.ARCHIVE.value


class BringBackForm(ActionForm):
    move = CourseMove.BRING_BACK.value
