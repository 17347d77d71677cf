"""What the pages about a certificate show: its state in words, and every fact that is printed on it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission, can
from accounts.person import Person
from core import clock
from core.pages import Action
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
        """All that is printed on it besides the holder and the title."""
        return [*facts_of(self.certificate), (gettext("Issued by"), settings.CERTIFICATE_ISSUER)]

    @property
    def address(self) -> str:
        return address_of(self.certificate)


@dataclass(frozen=True)
class CertificatePage:
    shown: Shown
    renew_url: str | None
    actions: tuple[Action, ...]


def shown(certificate: Certificate, newer: Certificate | None = None) -> Shown:
    return Shown(certificate, certificates.state_of(certificate, clock.now()), newer)


def certificate_page(viewer: Person, certificate: Certificate) -> CertificatePage:
    model = shown(certificate)
    hers = certificate.user_id == viewer.user_id
    renew = None
    if hers and rules.can_renew(certificates.validity_of(certificate), clock.now()) and model.state in _RENEWABLE:
        renew = reverse("lms:renew", args=[certificate.course_id])
    return CertificatePage(model, renew, tuple(_actions(viewer, certificate, hers)))


_RENEWABLE = (CertificateState.EXPIRING, CertificateState.EXPIRED)


def _actions(viewer: Person, certificate: Certificate, hers: bool) -> list[Action]:
    args = [certificate.certificate_id]
    found = []
    if not certificate.revoked_at:
        found.append(Action(gettext("Download PDF"), reverse("certificates:pdf", args=args), "download", "primary"))
        if hers and badges.are_available():
            found.append(Action(gettext("Download badge"), reverse("certificates:badge", args=args), "award"))
        if can(viewer, Permission.CERTIFICATES_REVOKE):
            found.append(Action(gettext("Revoke"), reverse("certificates:revoke", args=args), "ban", "danger"))
    return found
