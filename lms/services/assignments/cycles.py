"""Where an assignment asks for a course to be taken again."""

from __future__ import annotations

from accounts.person import Person
from lms.models import Assignment


def open_next(made: Assignment, *, by: Person) -> None:
    """A completed course begins anew for her, with empty progress and all of its history."""
