"""Access patterns of certificates, each one request of a key or an index."""

from __future__ import annotations

from core.aws.records import find, query
from core.paging import Page
from lms.models import Certificate


def find_certificate(certificate_id: str, *, fresh: bool = False) -> Certificate | None:
    return find(Certificate, certificate_id, consistent=fresh)


def certificates_of(user_id: str, *, cursor: str | None = None, limit: int = 50) -> Page[Certificate]:
    """Newest first."""
    return query(
        Certificate.by_user, user_id, scope=f"certificates:{user_id}", cursor=cursor, limit=limit, newest_first=True
    )
