"""The Open Badge of a certificate, for its holder to take elsewhere; and what others need to check it."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from hashlib import sha256

from django.conf import settings

from accounts.person import Person
from core import clock
from core.aws import user_pool
from core.errors import NotFound, Refused
from lms import store
from lms.models import Certificate
from lms.printed import absolute, address_of
from lms.rules import badges as rules
from lms.rules.badges import Badge, Document, Identity, Issuer
from lms.services import badge_keys, certificates
from lms.store import certificates as rows

_LIST_NAME = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
_LIST_HOLDS = timedelta(days=1)


def are_available() -> bool:
    return badge_keys.is_set()


def badge_of(*, certificate_id: str, by: Person) -> str:
    """The signed credential, for its holder alone. Raises NotFound, and Refused for one that was revoked."""
    certificate = certificates.readable(certificate_id, by)
    if certificate.user_id != by.user_id:
        raise Refused("Only its holder can download the badge: it names them by their e-mail address.")
    certificates.check_shareable(certificate)
    document = rules.credential(_badge(certificate, _identity(certificate)), issuer())
    return badge_keys.sign(rules.claims(document))


def status_list(name: str) -> str:
    """The signed list of what was revoked of a month. Raises NotFound for a month that is still to come."""
    now = clock.now()
    if not _LIST_NAME.fullmatch(name) or name > rules.list_name(now):
        raise NotFound()
    document = rules.status_list(
        _list_address(name), issuer(), rows.revoked_in(name), since=now, until=now + _LIST_HOLDS
    )
    return badge_keys.sign(rules.claims(document))


def issuer() -> Issuer:
    return Issuer(absolute("certificates:issuer"), settings.CERTIFICATE_ISSUER, settings.PORTAL_ORIGIN)


def issuer_profile() -> Document:
    return {"@context": [rules.CREDENTIALS, rules.BADGES], **issuer().profile()}


def _badge(certificate: Certificate, identity: Identity | None) -> Badge:
    version = int(certificate.course_version)
    outline = store.outline_of(certificate.course_id, version)
    index = certificate.status_index
    return Badge(
        address=address_of(certificate),
        # A name and no address: what a course is made of is not for everybody to fetch.
        achievement_id=f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{certificate.course_id}/{version}')}",
        title=certificate.title,
        description=outline.description,
        criteria=f"Completed every required lesson of this course, version {version}, and passed its quizzes.",
        valid_from=certificate.issued_at,
        valid_until=certificate.valid_until,
        identity=identity,
        status_list=_list_address(rules.list_name(certificate.issued_at)),
        status_index=None if index is None else int(index),
    )


def _identity(certificate: Certificate) -> Identity | None:
    """Her address as Cognito has it now; it is hashed into the badge and kept nowhere here."""
    try:
        email = user_pool.user_by_id(certificate.user_id).email
    except NotFound:
        return None
    salt = sha256(f"badge {certificate.verification_code}".encode()).hexdigest()[:32]
    return Identity.of(email, salt) if email else None


def _list_address(name: str) -> str:
    return absolute("certificates:status-list", name)
