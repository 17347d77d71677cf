"""Access patterns of certificates, each one request of a key or an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from accounts.models import AuditEntry
from core import clock
from core.aws.records import Put, find, get, get_many, query, write
from core.paging import Page
from lms.models import Certificate
from lms.models.certificates import StatusList, StatusPlace
from lms.models.courses import Registered


def certificate_by_id(certificate_id: str, *, fresh: bool = False) -> Certificate:
    """Raises NotFound."""
    return get(Certificate, certificate_id, consistent=fresh)


def find_certificate(certificate_id: str, *, fresh: bool = False) -> Certificate | None:
    return find(Certificate, certificate_id, consistent=fresh)


def certificates_by_ids(certificate_ids: Iterable[str]) -> list[Certificate]:
    """One BatchGet, in no particular order; missing ones are left out."""
    return get_many(Certificate, certificate_ids)


def find_by_code(verification_code: str) -> Certificate | None:
    """By the code as `rules.certificates.normal_code` writes it."""
    page = query(Certificate.by_code, verification_code, scope="certificate-code", limit=1)
    return next(iter(page.items), None)


def certificates_of(user_id: str, *, cursor: str | None = None, limit: int = 50) -> Page[Certificate]:
    """Newest first."""
    return query(
        Certificate.by_user, user_id, scope=f"certificates:{user_id}", cursor=cursor, limit=limit, newest_first=True
    )


def listed(certificate: Certificate) -> Put:
    """To be written with it: so those of a course can be found, and nothing of their holders stands there."""
    named = f"{clock.iso(certificate.issued_at)}#{certificate.certificate_id}"
    return Put(Registered(register=_register(certificate.course_id), named=named))


def certificates_of_course(course_id: str, *, cursor: str | None = None, limit: int = 20) -> Page[Certificate]:
    """Newest first: a query of the register and one BatchGet."""
    register = _register(course_id)
    found = query(Registered, register, scope=register, cursor=cursor, limit=limit, newest_first=True)
    ids = [entry.named.rpartition("#")[2] for entry in found.items]
    certificates = {one.certificate_id: one for one in certificates_by_ids(ids)}
    return Page([certificates[one] for one in ids if one in certificates], found.next_cursor)


def _register(course_id: str) -> str:
    return f"~certificates#{course_id}"


def certificates_to_tell(month: str, until: datetime) -> Iterator[Certificate]:
    """Those whose state the clock has changed in the month (`YYYY-MM`), before `until`, and nobody was told."""
    cursor = None
    while True:
        page = query(
            Certificate.to_tell,
            month,
            scope=f"certificates-to-tell:{month}",
            cursor=cursor,
            limit=200,
            range_condition=Certificate.tell_at <= until,
        )
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def note_told(certificate: Certificate) -> None:
    """What the portal notes for itself. Raises Stale when it was changed meanwhile."""
    write(Put(certificate), audit=())


def save_certificate(certificate: Certificate, *also: Put, audit: Sequence[AuditEntry]) -> None:
    """Raises Stale when it was changed meanwhile."""
    write(Put(certificate), *also, audit=audit)


def place_taken(list_name: str, index: int) -> Put:
    """To be written with the certificate that takes it; Stale when another has it."""
    return Put(StatusPlace(key=f"~place#{list_name}#{index}"), StatusPlace.key.does_not_exist())


def revoked_in(list_name: str) -> list[int]:
    """The places of what was revoked."""
    found = find(StatusList, f"~list#{list_name}", consistent=True)
    return list(found.revoked) if found else []


def with_revoked(list_name: str, index: int) -> Put:
    """To be written with what is revoked; Stale when somebody else revokes at the same moment."""
    key = f"~list#{list_name}"
    found = find(StatusList, key, consistent=True) or StatusList(key=key, revoked=[])
    found.revoked = sorted({*found.revoked, index})
    return Put(found)
