from lms.models.assignments import Assignment
from lms.models.certificates import Certificate
from lms.models.courses import Course, Lesson, Snapshot
from lms.models.learning import CourseProgress, LessonProgress, PathProgress
from lms.models.paths import Path
from lms.models.quizzes import Attempt
from lms.models.standing import AssignmentRule
from lms.models.transcripts import PendingJob, Transcript

__all__ = [
    "Assignment",
    "AssignmentRule",
    "Attempt",
    "Certificate",
    "Course",
    "CourseProgress",
    "Lesson",
    "LessonProgress",
    "Path",
    "PathProgress",
    "PendingJob",
    "Snapshot",
    "Transcript",
]
