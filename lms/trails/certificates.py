"""What certificates tell the audit log: what was done, in words, and which one it was. Never whose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import trail
from accounts.person import Person
from accounts.trail import Noun, Thing
from lms.services import certificates

CERTIFICATE_WORDS = {
    "certificate.issued": _("earned it"),
    "certificate.revoked": _("revoked it"),
}


def _described(viewer: Person, certificate_ids: Sequence[str]) -> Mapping[str, Thing]:
    return {
        one.certificate_id: Thing(one.title, reverse("certificates:certificate", args=[one.certificate_id]))
        for one in certificates.readable_of(certificate_ids, viewer)
    }


trail.register("certificate", Noun(_("Certificate"), CERTIFICATE_WORDS, _described))
