"""The PDF of a certificate: drawn when it is first asked for, kept in the media bucket, handed out by presigned link."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages

from accounts.person import Person
from core import clock
from core.aws import s3
from core.aws.errors import translated
from core.errors import Stale
from lms.certificate_pdf import draw
from lms.models import Certificate
from lms.printed import printed_of
from lms.services import certificates
from lms.store import certificates as rows

MIME = "application/pdf"


def link(*, certificate_id: str, by: Person, inline: bool = False) -> str:
    """For a few minutes; `inline` is for its holder alone. Raises NotFound, and Refused for one that was revoked."""
    certificate = certificates.readable(certificate_id, by, fresh=True)
    certificates.check_shareable(certificate)
    bucket, key = _drawn(certificate)
    shown = inline and certificate.user_id == by.user_id
    return s3.get_url(bucket, key, version=None, mime=MIME, filename=filename(certificate, "pdf"), inline=shown)


def filename(certificate: Certificate, ending: str) -> str:
    plain = "".join(one if one.isalnum() or one in " -_" else " " for one in certificate.title)
    return f"{' '.join(plain.split())[:80] or 'Certificate'} - certificate.{ending}"


def _drawn(certificate: Certificate) -> tuple[str, str]:
    """Where it is. Drawn anew when the drawing has changed since; two at once draw the same bytes."""
    if certificate.certificate_s3_key and certificate.template_id == certificates.TEMPLATE_ID:
        return str(certificate.certificate_s3_bucket), str(certificate.certificate_s3_key)
    bucket = settings.LMS_MEDIA_BUCKET
    key = f"courses/{certificate.course_id}/certificates/{certificate.certificate_id}.pdf"
    with translated():
        storages["media"].save(key, File(BytesIO(draw(printed_of(certificate))), name=key))
    certificate.certificate_s3_bucket, certificate.certificate_s3_key = bucket, key
    certificate.template_id, certificate.updated_at = certificates.TEMPLATE_ID, clock.now()
    with suppress(Stale):  # somebody else was first, or it was revoked meanwhile
        rows.save_certificate(certificate, audit=())
    return bucket, key
