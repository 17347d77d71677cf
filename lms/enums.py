from __future__ import annotations

from enum import StrEnum


class CourseStatus(StrEnum):
    """Also of paths. Stored; the catalogue shows what is Published."""

    DRAFT = "Draft"
    PUBLISHED = "Published"
    UNPUBLISHED = "Unpublished"
    ARCHIVED = "Archived"


class CourseMove(StrEnum):
    """What can be done with a course as a whole; the value is part of the address."""

    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    ARCHIVE = "archive"
    BRING_BACK = "bring-back"


class Difficulty(StrEnum):
    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class LessonType(StrEnum):
    VIDEO = "video"
    TEXT = "text"
    QUIZ = "quiz"
    DOCUMENT = "document"
    LINK = "link"


class ProgressStatus(StrEnum):
    """In the order in which they follow; within a cycle never backwards."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"


class CompletionReason(StrEnum):
    """Why a course counts as completed at that moment: by the learner's own doing, or because it became shorter."""

    LEARNING = "learning"
    CONTENT_CHANGE = "content_change"


class QuestionType(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    SHORT_TEXT = "short_text"
    NUMERIC = "numeric"
    MATCHING = "matching"
    ORDERING = "ordering"


class RuleWork(StrEnum):
    """What is still to be done with the people of a standing assignment."""

    GIVING = "giving"
    WITHDRAWING = "withdrawing"


class AttemptStatus(StrEnum):
    """EXPIRED was finished by the clock and counts; VOID was set aside by a manager and does not."""

    IN_PROGRESS = "in_progress"
    GRADED = "graded"
    EXPIRED = "expired"
    VOID = "void"


class Feedback(StrEnum):
    """When correct answers and explanations leave the server."""

    NEVER = "never"
    AFTER_ATTEMPT = "after_attempt"
    AFTER_PASS_OR_LAST = "after_pass_or_last"  # noqa: S105  (no password)


class ScorePolicy(StrEnum):
    """Which of a person's attempts counts."""

    BEST = "best"
    LAST = "last"
    FIRST = "first"
    AVERAGE = "average"


class StepKind(StrEnum):
    COURSE = "course"
    ITEM = "item"
    CHOICE = "choice"


class StepState(StrEnum):
    LOCKED = "locked"
    AVAILABLE = "available"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    WAIVED = "waived"


class AssignmentStatus(StrEnum):
    """Stored. OVERDUE is only ever derived from the due date."""

    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    WAIVED = "waived"
    CANCELLED = "cancelled"
    OVERDUE = "overdue"


class CertificateState(StrEnum):
    """Derived from the dates, but for REVOKED and SUPERSEDED."""

    ACTIVE = "active"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"


class TranscriptState(StrEnum):
    """PENDING: a machine is still listening."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


class TranscriptOrigin(StrEnum):
    UPLOAD = "upload"
    MACHINE = "machine"


COURSE_STATUS_LABELS: dict[str, str] = {
    CourseStatus.DRAFT: "Draft",
    CourseStatus.PUBLISHED: "Published",
    CourseStatus.UNPUBLISHED: "Unpublished",
    CourseStatus.ARCHIVED: "Archived",
}
DIFFICULTY_LABELS: dict[str, str] = {
    Difficulty.BEGINNER: "Beginner",
    Difficulty.INTERMEDIATE: "Intermediate",
    Difficulty.ADVANCED: "Advanced",
}
LESSON_TYPE_LABELS: dict[str, str] = {
    LessonType.VIDEO: "Video",
    LessonType.TEXT: "Text",
    LessonType.QUIZ: "Quiz",
    LessonType.DOCUMENT: "Document",
    LessonType.LINK: "Link",
}
PROGRESS_LABELS: dict[str, str] = {
    ProgressStatus.NOT_STARTED: "Not started",
    ProgressStatus.IN_PROGRESS: "In progress",
    ProgressStatus.COMPLETED: "Completed",
}
