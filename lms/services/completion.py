"""What follows from finishing a course, in the same transaction: a certificate, assignments that are met."""

from __future__ import annotations

from datetime import datetime

from accounts.person import Person
from lms.models import CourseProgress
from lms.rules.outline import Outline
from lms.services import assignments, certificates
from lms.services.consequences import NOTHING, Consequences

__all__ = ["NOTHING", "Consequences", "consequences"]


def consequences(person: Person, outline: Outline, summary: CourseProgress, now: datetime) -> Consequences:
    """To be written together with `summary`, which may still be changed here."""
    certified = certificates.on_completion(person, outline, summary, now)
    return certified + assignments.on_completion(person, outline, summary, now)
