"""Below `/learn/manage/`: courses as their authors see them."""

from __future__ import annotations

from django.urls import path, register_converter

from lms.enums import CourseMove
from lms.views import authoring, authoring_lessons, authoring_moves, authoring_order, authoring_preview, picking


class CourseMoveConverter:
    regex = "|".join(move.value for move in CourseMove if move is not CourseMove.PUBLISH)

    def to_python(self, value: str) -> CourseMove:
        return CourseMove(value)

    def to_url(self, value: str) -> str:
        return value


class WayConverter:
    """Up or down."""

    regex = "up|down"

    def to_python(self, value: str) -> bool:
        return value == "down"

    def to_url(self, value: str | bool) -> str:
        return value if isinstance(value, str) else ("down" if value else "up")


register_converter(CourseMoveConverter, "course_move")
register_converter(WayConverter, "way")

_COURSE = "manage/<slug:course_id>/"
_SECTION = _COURSE + "sections/<slug:section_id>/"
_LESSON = _COURSE + "lessons/<slug:lesson_id>/"

urlpatterns = [
    path("manage/", authoring.manage, name="manage"),
    path("manage/new/", authoring.new, name="manage-new"),
    path("manage/pick/", picking.pick, name="pick"),
    path(_COURSE, authoring.course, name="manage-course"),
    path(f"{_COURSE}edit/", authoring.edit, name="manage-edit"),
    path(f"{_COURSE}duplicate/", authoring.duplicate, name="course-duplicate"),
    path(f"{_COURSE}delete/", authoring.delete, name="course-delete"),
    path(f"{_COURSE}preview/", authoring_preview.course, name="preview"),
    path(f"{_COURSE}publish/", authoring_moves.publish, name="course-publish"),
    path(f"{_COURSE}ready/", authoring_moves.ready, name="course-ready"),
    path(f"{_COURSE}versions/", authoring_moves.versions, name="course-versions"),
    path(f"{_COURSE}<course_move:move>/", authoring_moves.move, name="course-move"),
    path(f"{_COURSE}arrange/", authoring_order.arrange, name="arrange"),
    path(f"{_COURSE}sections/add/", authoring_order.add_section, name="section-add"),
    path(f"{_SECTION}rename/", authoring_order.rename_section, name="section-rename"),
    path(f"{_SECTION}remove/", authoring_order.remove_section, name="section-remove"),
    path(f"{_SECTION}<way:down>/", authoring_order.step_section, name="section-step"),
    path(f"{_COURSE}lessons/new/", authoring_lessons.new, name="lesson-new"),
    path(f"{_COURSE}lessons/text/", authoring_preview.text, name="preview-text"),
    path(_LESSON, authoring_lessons.lesson, name="manage-lesson"),
    # Without a slash at its end, so that the relative addresses of a text's pictures lead where they do for learners.
    path(f"{_LESSON}preview", authoring_preview.lesson, name="preview-lesson"),
    path(f"{_LESSON}required/", authoring_order.required, name="lesson-required"),
    path(f"{_LESSON}duplicate/", authoring_lessons.duplicate, name="lesson-duplicate"),
    path(f"{_LESSON}remove/", authoring_lessons.remove, name="lesson-remove"),
    path(f"{_LESSON}<way:down>/", authoring_order.step, name="lesson-step"),
]
