"""What is printed on a certificate, and where that can be verified: the same on paper, on pages and in badges."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from lms.certificate_pdf import Printed
from lms.models import Certificate


def printed_of(certificate: Certificate) -> Printed:
    """In English, whoever asks first: it is drawn once for everybody."""
    with translation.override("en"):
        return Printed(
            name=certificate.holder_name,
            title=certificate.title,
            facts=facts_of(certificate),
            code=certificate.verification_code,
            address=address_of(certificate),
            issuer=settings.CERTIFICATE_ISSUER,
            issued_at=certificate.issued_at,
        )


def facts_of(certificate: Certificate) -> list[tuple[str, str]]:
    """Besides the holder, the title, the code and the issuer."""
    end = day(certificate.valid_until) if certificate.valid_until else gettext("No end")
    told = [(gettext("Issued on"), day(certificate.issued_at)), (gettext("Valid until"), end)]
    if count := int(certificate.duration_minutes):
        told.append((gettext("Length"), ngettext("%d minute", "%d minutes", count) % count))
    told.append((gettext("Course version"), str(certificate.course_version)))
    return told


def day(moment: datetime | None) -> str:
    """Without a time, and in UTC: a certificate says the same to everybody, wherever she reads it."""
    return date_format(moment.astimezone(UTC), "DATE_FORMAT") if moment else ""


def address_of(certificate: Certificate) -> str:
    """Where anybody can verify it, as its QR code says."""
    return absolute("certificates:verify-code", certificate.verification_code)


def absolute(name: str, *args: str) -> str:
    return str(settings.PORTAL_ORIGIN) + reverse(name, args=args)
