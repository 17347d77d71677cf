"""Certificates for tests, earned by completing courses."""

from __future__ import annotations

from datetime import UTC, datetime

from accounts.person import Person
from core import clock
from core.testing import VERA
from lms.models import Certificate, Course
from lms.services import certificates, learning
from lms.store import certificates as rows
from lms.store import learning as progress
from lms.tests.factories import lesson_ids, make_course

DAY = datetime(2026, 3, 31, 10, 0, tzinfo=UTC)


def complete(course: Course, person: Person = VERA, *, at: datetime = DAY) -> Certificate:
    """Completes what of the course's lessons is not; gives the certificate of the present cycle."""
    with clock.at(at):
        for lesson_id in lesson_ids(course):
            learning.complete_lesson(course_id=course.course_id, lesson_id=lesson_id, by=person)
    summary = progress.course_progress(person.user_id, course.course_id, fresh=True)
    return rows.certificate_by_id(summary.certificate_id, fresh=True)


def earn(person: Person = VERA, *, at: datetime = DAY, title: str = "Renewals in practice", **changes) -> Certificate:
    with clock.at(at):
        course = make_course(lesson_count=1, title=title, **changes)
    return complete(course, person, at=at)


def revoked(certificate: Certificate, by: Person, reason: str = "Issued by mistake.") -> Certificate:
    return certificates.revoke(certificate_id=certificate.certificate_id, reason=reason, by=by)
