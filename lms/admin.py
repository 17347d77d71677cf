"""Courses, progress and certificates in the Django admin: to be looked at. What changes them has its own pages."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.record_admin import PortalAdmin
from core.admin import shapes
from core.admin.listing import By, Choices
from lms.enums import COURSE_STATUS_LABELS
from lms.models import (
    Assignment,
    AssignmentRule,
    Attempt,
    Certificate,
    Course,
    Lesson,
    LessonProgress,
    Path,
    Snapshot,
    Transcript,
)


def statuses() -> Choices:
    """What is published first; what never was has no place in the index, and is found by its id."""
    return [(status, label) for status, label in COURSE_STATUS_LABELS.items() if status != "Draft"]


@admin.register(shapes.shape_of(Course, "lms", named=_("course"), plural=_("courses")))
class CourseAdmin(PortalAdmin):
    record = Course
    object_type, object_id = "course", "course_id"
    by = (By("status", _("status"), Course.published, statuses),)
    list_display = ("title", "status", "version", "lesson_count", "owner_user_id", "published_at")


@admin.register(shapes.shape_of(Lesson, "lms", named=_("lesson"), plural=_("lessons")))
class LessonAdmin(PortalAdmin):
    record = Lesson
    object_type, object_id = "lesson", "lesson_id"
    list_display = ("title", "lesson_type", "order_index", "required", "course_id", "updated_at")


@admin.register(shapes.shape_of(Snapshot, "lms", named=_("published part"), plural=_("published parts")))
class SnapshotAdmin(PortalAdmin):
    record = Snapshot
    list_display = ("course_id", "part", "published_at", "published_by")


@admin.register(shapes.shape_of(Path, "lms", named=_("path"), plural=_("paths")))
class PathAdmin(PortalAdmin):
    record = Path
    object_type, object_id = "path", "path_id"
    by = (By("status", _("status"), Path.published, statuses),)
    list_display = ("title", "status", "sequential", "owner_user_id", "published_at")


@admin.register(shapes.shape_of(LessonProgress, "lms", named=_("progress"), plural=_("progress")))
class ProgressAdmin(PortalAdmin):
    """By person. Roll-ups of courses and paths stand in the same table, with fewer attributes."""

    record = LessonProgress
    list_display = ("user_id", "key", "status", "progress_percentage", "last_accessed_at", "completed_at")


@admin.register(shapes.shape_of(Attempt, "lms", named=_("attempt"), plural=_("attempts")))
class AttemptAdmin(PortalAdmin):
    record = Attempt
    object_type, object_id = "attempt", "key"
    list_display = ("user_id", "lesson_id", "number", "status", "earned", "total", "passed", "started_at")


@admin.register(shapes.shape_of(Assignment, "lms", named=_("assignment"), plural=_("assignments")))
class AssignmentAdmin(PortalAdmin):
    record = Assignment
    object_type, object_id = "assignment", "assignment_id"
    list_display = ("user_id", "target", "status", "due_at", "assigned_by_user_id", "assigned_at")


def active_or_not() -> Choices:
    return [("active", _("in force"))]


@admin.register(
    shapes.shape_of(AssignmentRule, "lms", named=_("standing assignment"), plural=_("standing assignments"))
)
class AssignmentRuleAdmin(PortalAdmin):
    record = AssignmentRule
    object_type, object_id = "standing", "rule_id"
    by = (By("active", _("state"), AssignmentRule.by_activity, active_or_not),)
    list_display = ("title", "whom", "role", "days", "active", "started_by", "started_at")


@admin.register(shapes.shape_of(Certificate, "lms", named=_("certificate"), plural=_("certificates")))
class CertificateAdmin(PortalAdmin):
    record = Certificate
    object_type, object_id = "certificate", "certificate_id"
    list_display = ("holder_name", "title", "cycle", "issued_at", "valid_until", "revoked_at")


@admin.register(shapes.shape_of(Transcript, "lms", named=_("transcript"), plural=_("transcripts")))
class TranscriptAdmin(PortalAdmin):
    record = Transcript
    list_display = ("lesson_id", "language", "state", "origin", "updated_at")
