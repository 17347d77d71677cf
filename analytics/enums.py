"""What is counted, of what, and the names under which it is kept."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Of the things that a roll-up is about."""

    SITE = "site"
    ROLE = "role"
    CONTENT = "content"
    COURSE = "course"
    PATH = "path"
    LESSON = "lesson"


WHOLE = "all"
"""The one thing of the kind `SITE`."""


class Count(StrEnum):
    """How often something happened on a day."""

    VIEWS = "views"
    DOWNLOADS = "downloads"
    FOUND = "found"
    SEARCHES = "searches"
    IN_VAIN = "in_vain"
    CLICKS = "clicks"
    SIGN_INS = "sign_ins"
    APPROVALS = "approvals"
    VERIFICATIONS = "verifications"
    STARTS = "starts"
    COMPLETIONS = "completions"
    LESSONS_DONE = "lessons_done"
    QUIZZES = "quizzes"
    PASSES = "passes"
    FAILURES = "failures"
    CERTIFICATES = "certificates"
    ASSIGNMENTS = "assignments"
    BECAME_OVERDUE = "became_overdue"


class Members(StrEnum):
    """Who, or which assignments, did something on a day: each is one over any range."""

    PEOPLE = "people"
    VIEWERS = "viewers"
    STARTED = "started"
    COMPLETED = "completed"
    ASSIGNED = "assigned"
    BEGUN = "begun"
    MET = "met"
    ENDED = "ended"
    """Waived or cancelled: nobody is asked for it any more."""
