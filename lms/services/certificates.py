"""Certificates: issued once per person, course and cycle, proved to whoever has the code, and revoked with a reason."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

from accounts.permissions import Permission, can, require
from accounts.person import Person
from accounts.store import audit_entry, profile_of
from core import clock
from core.aws.records import Put
from core.errors import Invalid, NotFound, Refused, Stale
from core.events import Event, telling
from core.paging import Page
from lms.enums import CertificateState
from lms.models import Certificate, CourseProgress
from lms.rules import certificates as rules
from lms.rules.badges import LIST_BITS, list_name
from lms.rules.certificates import Validity
from lms.rules.outline import Outline
from lms.services.consequences import NOTHING, Consequences
from lms.store import certificates as rows
from lms.store import learning as learning_rows

TEMPLATE_ID = "portal-1"
"""Names the drawing of the PDF; with another one, what was drawn before is drawn anew when it is asked for."""
MOST_REASON = 500
_MOST_SHOWN = 200


def on_completion(person: Person, outline: Outline, summary: CourseProgress, now: datetime) -> Consequences:
    """Puts into `summary` how long this completion holds and, where the course gives one, its certificate."""
    old = _renewed_by(summary)
    summary.valid_until = rules.valid_until(now, outline.validity_months, renews=_validity_of_cycle(old, outline))
    if not outline.certificate:
        return NOTHING
    wanted = rules.certificate_id(person.user_id, outline.course_id, int(summary.cycle))
    summary.certificate_id = wanted
    if found := rows.find_certificate(wanted, fresh=True):
        summary.valid_until = found.valid_until
        return NOTHING
    return _issued(_new(wanted, person, outline, summary, now), person)


def validity_of(certificate: Certificate) -> Validity:
    return Validity(
        valid_until=certificate.valid_until,
        window_days=int(certificate.renewal_window_days),
        revoked=certificate.revoked_at is not None,
        superseded=bool(certificate.superseded_by),
    )


def state_of(certificate: Certificate, now: datetime) -> CertificateState:
    return rules.state(validity_of(certificate), now)


def look_again(certificate: Certificate, now: datetime) -> None:
    """Notes in it when the clock changes it next."""
    certificate.tell_at = rules.changes_at(validity_of(certificate), now)
    certificate.tell_month = certificate.tell_at.strftime("%Y-%m") if certificate.tell_at else None


def find_by_code(typed: str) -> Certificate | None:
    """For anybody who has the code, however she typed it."""
    code = rules.normal_code(typed)
    return rows.find_by_code(code) if code else None


def newer_than(certificate: Certificate) -> Certificate | None:
    """The one that took its place."""
    return rows.find_certificate(certificate.superseded_by) if certificate.superseded_by else None


def others_of(certificate: Certificate) -> list[Certificate]:
    """Her certificates of the other cycles of the same course, newest first."""
    hers = rows.certificates_of(certificate.user_id, limit=_MOST_SHOWN).items
    return [
        one
        for one in hers
        if one.course_id == certificate.course_id and one.certificate_id != certificate.certificate_id
    ]


def named_by(summaries: Iterable[CourseProgress]) -> list[Certificate]:
    """In one request, in no particular order."""
    return rows.certificates_by_ids([one.certificate_id for one in summaries if one.certificate_id])


def readable(certificate_id: str, by: Person, *, fresh: bool = False) -> Certificate:
    """Her own; Approvers and Admins read everybody's. Raises NotFound."""
    found = rows.certificate_by_id(certificate_id, fresh=fresh)
    if found.user_id != by.user_id and not can(by, Permission.LEARNING_ASSIGN):
        raise NotFound()
    return found


def readable_of(certificate_ids: Iterable[str], by: Person) -> list[Certificate]:
    """Those of them that she may read, in one request."""
    found = rows.certificates_by_ids(certificate_ids)
    return [one for one in found if one.user_id == by.user_id or can(by, Permission.LEARNING_ASSIGN)]


def of_course(course_id: str, by: Person, *, cursor: str | None = None) -> Page[Certificate]:
    """Newest first. Raises Refused for those who do not assign courses."""
    require(by, Permission.LEARNING_ASSIGN)
    return rows.certificates_of_course(course_id, cursor=cursor)


def revoke(*, certificate_id: str, reason: str, by: Person) -> Certificate:
    """For good: there is no way back. Doing it twice leaves the first. Raises NotFound, Refused, Invalid, Stale."""
    readable(certificate_id, by)
    require(by, Permission.CERTIFICATES_REVOKE)
    reason = reason.strip()
    if not reason or len(reason) > MOST_REASON:
        raise Invalid(fields={"reason": f"Say why, in up to {MOST_REASON} characters."})
    for last in (False, False, True):
        certificate = rows.certificate_by_id(certificate_id, fresh=True)
        if certificate.revoked_at:
            break
        with suppress(*() if last else (Stale,)):  # another of the same list is revoked at the same moment
            _revoke(certificate, reason, by)
            break
    return certificate


def check_shareable(certificate: Certificate) -> None:
    """Raises Refused for one that was revoked: nothing of it is handed out any more."""
    if certificate.revoked_at:
        raise Refused("This certificate was revoked, so it can no longer be downloaded.")


def _revoke(certificate: Certificate, reason: str, by: Person) -> None:
    now = clock.now()
    certificate.revoked_at, certificate.revoked_by, certificate.revoked_reason = now, by.user_id, reason
    certificate.updated_at = now
    look_again(certificate, now)
    also = []
    if certificate.status_index is not None:
        also = [rows.with_revoked(list_name(certificate.issued_at), int(certificate.status_index))]
    also += _no_longer_valid(certificate, now)
    entry = _entry("certificate.revoked", certificate, by, reason=reason)
    with telling(event_of("certificate.revoked", certificate, by)):
        rows.save_certificate(certificate, *also, audit=[entry])


def _no_longer_valid(certificate: Certificate, now: datetime) -> list[Put]:
    """What it proved counts for nothing any more: whoever is assigned the course anew has to take it again."""
    summary = learning_rows.course_progress(certificate.user_id, certificate.course_id, fresh=True)
    if summary is None or summary.certificate_id != certificate.certificate_id:
        return []
    summary.valid_until = now
    return [Put(summary)]


def _renewed_by(summary: CourseProgress) -> CourseProgress | None:
    """The roll-up of the cycle before."""
    if int(summary.cycle) < 2:
        return None
    return learning_rows.cycle_over(summary.user_id, summary.course_id, int(summary.cycle) - 1)


def _validity_of_cycle(old: CourseProgress | None, outline: Outline) -> Validity | None:
    if old is None:
        return None
    certificate = rows.find_certificate(old.certificate_id) if old.certificate_id else None
    if certificate:
        return validity_of(certificate)
    return Validity(old.valid_until, outline.renewal_window_days)


def _new(certificate_id: str, person: Person, outline: Outline, summary: CourseProgress, now: datetime) -> Certificate:
    profile = profile_of(person.user_id)
    return Certificate(
        certificate_id=certificate_id,
        user_id=person.user_id,
        course_id=outline.course_id,
        course_version=outline.version,
        cycle=int(summary.cycle),
        template_id=TEMPLATE_ID,
        issued_at=now,
        valid_until=summary.valid_until,
        verification_code=rules.code_from(secrets.randbits(rules.CODE_BITS)),
        holder_name=profile.display_name if profile else person.name,
        title=outline.title,
        duration_minutes=outline.duration_minutes,
        renewal_window_days=outline.renewal_window_days,
        status_index=secrets.randbelow(LIST_BITS),
        created_at=now,
        updated_at=now,
    )


def _issued(certificate: Certificate, person: Person) -> Consequences:
    """The certificate with its audit entry, and the one before that it takes the place of."""
    older = [
        rules.certificate_id(certificate.user_id, certificate.course_id, cycle)
        for cycle in range(1, int(certificate.cycle))
    ]
    replaced = [one for one in rows.certificates_by_ids(older) if not one.revoked_at and not one.superseded_by]
    for one in replaced:
        one.superseded_by, one.updated_at = certificate.certificate_id, certificate.issued_at
        look_again(one, certificate.issued_at)
    look_again(certificate, certificate.issued_at)
    place = rows.place_taken(list_name(certificate.issued_at), int(certificate.status_index or 0))
    return Consequences(
        changes=[Put(certificate), rows.listed(certificate), place, *map(Put, replaced)],
        audit=[_entry("certificate.issued", certificate, person)],
        events=[event_of("certificate.issued", certificate, person)],
    )


def _entry(action: str, certificate: Certificate, by: Person, **details: Any) -> Any:
    return audit_entry(by=by, action=action, object_type="certificate", object_id=certificate.certificate_id, **details)


def event_of(name: str, certificate: Certificate, by: Person) -> Event:
    told: dict[str, str | int | bool | None] = {
        "course_id": certificate.course_id,
        "user_id": certificate.user_id,
        "cycle": int(certificate.cycle),
        "valid_until": clock.iso(certificate.valid_until) if certificate.valid_until else None,
    }
    return Event(name, certificate.certificate_id, by.user_id, told)
