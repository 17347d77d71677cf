"""What the pages about a certificate show: its state in words, and every fact that is printed on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission, can
from accounts.person import Person
from core import clock
from core.pages import Action
from lms.certificate_pdf.colours import palette
from lms.enums import CertificateState
from lms.models import Certificate
from lms.printed import address_of, day, facts_of
from lms.rules import certificates as rules
from lms.services import badges, certificates

Words = str | Promise


@dataclass(frozen=True)
class Look:
    label: Words
    tone: str
    icon: str


LOOKS = {
    CertificateState.ACTIVE: Look(_("Valid"), "success", "badge-check"),
    CertificateState.EXPIRING: Look(_("Valid, ends soon"), "warning", "hourglass"),
    CertificateState.EXPIRED: Look(_("Expired"), "error", "calendar-x"),
    CertificateState.SUPERSEDED: Look(_("Renewed by a newer one"), "info", "refresh-cw"),
    CertificateState.REVOKED: Look(_("Revoked"), "error", "circle-x"),
}


@dataclass(frozen=True)
class Shown:
    """`newer` is the certificate that took its place."""

    certificate: Certificate
    state: CertificateState
    newer: Certificate | None = None

    @property
    def look(self) -> Look:
        return LOOKS[self.state]

    @property
    def holds(self) -> bool:
        return self.state in (CertificateState.ACTIVE, CertificateState.EXPIRING)

    @property
    def sentence(self) -> str:
        """For a stranger who wants to know whether to believe it."""
        one = self.certificate
        if self.state is CertificateState.REVOKED:
            return gettext("It was revoked on %s and is no longer valid.") % day(one.revoked_at)
        if self.state is CertificateState.SUPERSEDED:
            return gettext("It is genuine. Its holder has earned a newer certificate for the same course since.")
        if self.state is CertificateState.EXPIRED:
            return gettext("It is genuine, but was valid until %s only.") % day(one.valid_until)
        if self.state is CertificateState.EXPIRING:
            return gettext("It is genuine and valid. It ends on %s unless it is renewed.") % day(one.valid_until)
        return gettext("It is genuine and valid.")

    @property
    def facts(self) -> list[tuple[str, str]]:
        """All that is printed on it besides the holder, the title and the code."""
        return [*facts_of(self.certificate), (gettext("Issued by"), settings.CERTIFICATE_ISSUER)]

    @property
    def printed(self) -> list[tuple[str, str]]:
        return facts_of(self.certificate)

    @property
    def issued(self) -> str:
        return day(self.certificate.issued_at)

    @property
    def ends(self) -> str:
        return day(self.certificate.valid_until)

    @property
    def address(self) -> str:
        return address_of(self.certificate)


@dataclass(frozen=True)
class CertificatePage:
    """`others` are those of the holder's other cycles of the course, newest first."""

    shown: Shown
    hers: bool
    actions: tuple[Action, ...]
    share: tuple[Action, ...]
    renew_url: str
    window_opens: datetime | None
    others: tuple[Shown, ...]
    name_size: str
    qr: str


def shown(certificate: Certificate, newer: Certificate | None = None) -> Shown:
    return Shown(certificate, certificates.state_of(certificate, clock.now()), newer)


def certificate_page(viewer: Person, certificate: Certificate) -> CertificatePage:
    model = shown(certificate)
    hers = certificate.user_id == viewer.user_id
    validity = certificates.validity_of(certificate)
    renewable = hers and model.state in _RENEWABLE and rules.can_renew(validity, clock.now())
    return CertificatePage(
        shown=model,
        hers=hers,
        actions=tuple(_actions(viewer, certificate, hers, renewable)),
        share=() if certificate.revoked_at or not hers else tuple(_share(certificate)),
        renew_url=reverse("lms:renew", args=[certificate.course_id]) if renewable else "",
        window_opens=validity.window_opens if hers and model.state is CertificateState.ACTIVE else None,
        others=tuple(map(shown, certificates.others_of(certificate))),
        name_size=next(size for most, size in _NAME_SIZES if len(certificate.holder_name) <= most),
        qr=segno.make(address_of(certificate), micro=False, error="m").svg_data_uri(
            border=0, dark=palette()["indigo-900"]
        ),
    )


_NAME_SIZES = ((24, "large"), (34, "medium"), (10_000, "small"))
_RENEWABLE = (CertificateState.EXPIRING, CertificateState.EXPIRED)


def _actions(viewer: Person, certificate: Certificate, hers: bool, renewable: bool) -> list[Action]:
    args = [certificate.certificate_id]
    found = []
    if not certificate.revoked_at:
        style = "secondary" if renewable else "primary"  # one of them is the thing to do
        found.append(Action(gettext("Download PDF"), reverse("certificates:pdf", args=args), "download", style))
        if hers and badges.are_available():
            found.append(Action(gettext("Download badge"), reverse("certificates:badge", args=args), "award"))
        if can(viewer, Permission.CERTIFICATES_REVOKE):
            found.append(Action(gettext("Revoke"), reverse("certificates:revoke", args=args), "ban"))
    return found


def _share(certificate: Certificate) -> list[Action]:
    """Where people show what they have learned; nothing is sent there before she does it herself."""
    address, issued = address_of(certificate), certificate.issued_at
    told = {
        "startTask": "CERTIFICATION_NAME",
        "name": certificate.title,
        "organizationName": settings.CERTIFICATE_ISSUER,
        "issueYear": issued.year,
        "issueMonth": issued.month,
        "certUrl": address,
        "certId": certificate.verification_code,
    }
    mail = {"subject": gettext("My certificate: %s") % certificate.title, "body": address}
    return [
        Action(gettext("Add to LinkedIn"), f"https://www.linkedin.com/profile/add?{urlencode(told)}", "external-link"),
        Action(gettext("Send by e-mail"), f"mailto:?{urlencode(mail, quote_via=quote)}", "mail"),
    ]
