"""Finishes attempts at quizzes whose time has run out and whose page nobody opened since."""

from __future__ import annotations

from datetime import datetime

from core import work
from lms.services import grading


@work.sweeps
def finish(now: datetime) -> None:
    grading.finish_overdue(now)
