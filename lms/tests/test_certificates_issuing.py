from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import AuditEntry
from accounts.store import audit_of_target
from core import clock
from core.errors import Invalid, NotFound, Refused
from core.testing import ANA, CARL, RITA, VERA
from lms import store
from lms.enums import CertificateState
from lms.services import certificates, courses, cycles, learning, publishing
from lms.store import certificates as rows
from lms.store import learning as progress
from lms.tests.assignment_factories import assign
from lms.tests.certificate_factories import DAY, complete, earn, revoked
from lms.tests.factories import lesson_ids, make_course

pytestmark = pytest.mark.usefixtures("cloud")


def actions_about(certificate_id: str) -> list[str]:
    entries: list[AuditEntry] = list(audit_of_target(f"certificate:{certificate_id}").items)
    return [entry.action for entry in entries]


def test_completing_a_course_gives_a_certificate_with_all_that_is_printed() -> None:
    certificate = earn(validity_months=12)
    assert (certificate.holder_name, certificate.title) == ("Vera Viewer", "Renewals in practice")
    assert (certificate.course_version, certificate.cycle, certificate.issued_at) == (1, 1, DAY)
    assert certificate.valid_until == datetime(2027, 3, 31, 10, 0, tzinfo=UTC)
    assert re.fullmatch(r"([0-9A-Z]{4}-){6}[0-9A-Z]{4}", certificate.verification_code)
    assert actions_about(certificate.certificate_id) == ["certificate.issued"]


def test_the_roll_up_names_the_certificate_and_how_long_it_holds() -> None:
    certificate = earn(validity_months=1)
    summary = progress.course_progress(VERA.user_id, certificate.course_id)
    assert summary.certificate_id == certificate.certificate_id
    assert summary.valid_until == certificate.valid_until == datetime(2026, 4, 30, 10, 0, tzinfo=UTC)


def test_a_course_that_gives_none_leaves_none() -> None:
    course = make_course(lesson_count=1, certificate=False)
    learning.complete_lesson(course_id=course.course_id, lesson_id=lesson_ids(course)[0], by=VERA)
    assert rows.certificates_of(VERA.user_id).items == []
    assert progress.course_progress(VERA.user_id, course.course_id).certificate_id is None


def test_completing_again_and_again_leaves_one() -> None:
    certificate = earn()
    again = complete(store.course_by_id(certificate.course_id), at=DAY + timedelta(days=3))
    assert again.verification_code == certificate.verification_code
    assert len(rows.certificates_of(VERA.user_id).items) == 1


def test_one_that_was_issued_before_is_named_again_and_not_replaced() -> None:
    certificate = earn()
    course = store.course_by_id(certificate.course_id)
    outline = store.outline_of(course.course_id, 1)
    summary = progress.course_progress(VERA.user_id, course.course_id)
    summary.certificate_id = None
    told = certificates.on_completion(VERA, outline, summary, DAY)
    assert (told.changes, told.events) == ((), ())
    assert summary.certificate_id == certificate.certificate_id


def test_only_an_admin_revokes_with_a_reason_and_once() -> None:
    certificate = earn()
    with pytest.raises(Refused):
        revoked(certificate, RITA)
    with pytest.raises(NotFound):
        revoked(certificate, CARL)
    with pytest.raises(Invalid):
        revoked(certificate, ANA, reason="  ")
    first = revoked(certificate, ANA)
    second = revoked(certificate, ANA, reason="Another reason.")
    assert first.revoked_at == second.revoked_at
    assert second.revoked_reason == "Issued by mistake."
    assert actions_about(certificate.certificate_id) == ["certificate.revoked", "certificate.issued"]
    assert certificates.state_of(second, clock.now()) is CertificateState.REVOKED


def test_a_certificate_is_hers_and_her_managers_to_read() -> None:
    certificate = earn()
    for person in (VERA, RITA, ANA):
        assert certificates.readable(certificate.certificate_id, person).title
    with pytest.raises(NotFound):
        certificates.readable(certificate.certificate_id, CARL)


def test_renewing_in_the_window_runs_from_the_old_end_and_supersedes() -> None:
    first = earn(validity_months=12)
    course = store.course_by_id(first.course_id)
    inside = first.valid_until - timedelta(days=30)
    with clock.at(inside):
        assert cycles.renew(course_id=course.course_id, by=VERA).cycle == 2
        assert learning.load(VERA, course.course_id).percent == 0
    second = complete(course, at=inside)
    assert second.valid_until == datetime(2028, 3, 31, 10, 0, tzinfo=UTC)
    old = rows.certificate_by_id(first.certificate_id, fresh=True)
    assert old.superseded_by == second.certificate_id
    assert certificates.state_of(old, inside) is CertificateState.SUPERSEDED
    assert certificates.find_by_code(first.verification_code).certificate_id == first.certificate_id


def test_renewing_after_the_end_runs_from_then() -> None:
    first = earn(validity_months=1)
    late = first.valid_until + timedelta(days=90)
    with clock.at(late):
        cycles.renew(course_id=first.course_id, by=VERA)
    assert complete(store.course_by_id(first.course_id), at=late).valid_until == datetime(2026, 8, 29, 10, tzinfo=UTC)


def test_before_the_window_nothing_is_renewed() -> None:
    first = earn(validity_months=12)
    with clock.at(DAY + timedelta(days=30)), pytest.raises(Refused):
        cycles.renew(course_id=first.course_id, by=VERA)
    with pytest.raises(NotFound):
        cycles.renew(course_id=first.course_id, by=CARL)
    forever = earn()
    with pytest.raises(Refused):
        cycles.renew(course_id=forever.course_id, by=VERA)


def test_the_window_that_a_certificate_promised_holds_though_the_course_has_another_since() -> None:
    first = earn(validity_months=12, renewal_window_days=60)
    course = store.course_by_id(first.course_id, fresh=True)
    shorter = replace(courses.fields_of(course), renewal_window_days=10)
    courses.edit(course_id=course.course_id, fields=shorter, seen_rev=int(course.rev), by=CARL)
    publishing.publish(course_id=course.course_id, by=RITA)
    with clock.at(first.valid_until - timedelta(days=40)):
        assert cycles.renew(course_id=course.course_id, by=VERA).cycle == 2


def test_renewing_twice_opens_one_cycle_and_the_past_stays_readable() -> None:
    first = earn(validity_months=1)
    with clock.at(first.valid_until):
        once = cycles.renew(course_id=first.course_id, by=VERA)
        twice = cycles.renew(course_id=first.course_id, by=VERA)
        asked = cycles.open_next(user_id=VERA.user_id, course_id=first.course_id, by=RITA)
    assert (once.cycle, twice.cycle, asked.cycle) == (2, 2, 2)
    (old,) = progress.cycles_over(VERA.user_id, first.course_id)
    assert (old.certificate_id, old.progress_percentage, old.completed_at) == (first.certificate_id, 100, DAY)
    complete(store.course_by_id(first.course_id), at=first.valid_until)
    assert len(progress.lesson_rows(VERA.user_id, first.course_id)) == 2
    assert len(rows.certificates_of(VERA.user_id).items) == 2


def test_an_assignment_may_want_it_done_anew_before_the_window() -> None:
    first = earn(validity_months=12)
    with clock.at(DAY + timedelta(days=1)):
        assert cycles.open_next(user_id=VERA.user_id, course_id=first.course_id, by=RITA).cycle == 2
        assert cycles.open_next(user_id=CARL.user_id, course_id=first.course_id, by=RITA) is None
    second = complete(store.course_by_id(first.course_id), at=DAY + timedelta(days=1))
    assert second.valid_until >= first.valid_until


def test_what_was_revoked_counts_as_completed_before_no_more() -> None:
    course = make_course(lesson_count=1)
    revoked(complete(course), ANA)
    assert assign(course).status == "assigned"
    assert cycles.renew(course_id=course.course_id, by=VERA).cycle == 2
