"""What the other parts need to know of a person in a course: reading it, and writing it down."""

from __future__ import annotations

from lms.services.progress import Change, complete_lesson, open_lesson, record, settle, visit
from lms.services.taking import Learning, load, may_take

__all__ = ["Change", "Learning", "complete_lesson", "load", "may_take", "open_lesson", "record", "settle", "visit"]
