"""Certificates: her own, those of a course for whoever assigns it, and the proof of one for everybody with its code."""

from __future__ import annotations

from datetime import datetime

from ninja import Router
from pydantic import Field

from accounts.http import Request
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core.api.portal_api import Everybody
from core.api.schemas import Cursor, Input, Listing, Output
from core.errors import NotFound
from lms import store
from lms.enums import CertificateState
from lms.models import Certificate
from lms.pages.certificate import Shown, shown
from lms.services import badges, certificate_files, certificates
from lms.store.certificates import certificates_of

router = Router(tags=["Certificates"], auth=Bearer(Area.LEARNING))
_CERTIFICATE = "/{certificate_id}"


class CertificateOut(Output):
    certificate_id: str
    user_id: str
    holder_name: str
    course_id: str
    course_version: int
    title: str
    cycle: int
    issued_at: datetime
    valid_until: datetime | None
    state: CertificateState
    verification_code: str
    verify_url: str = Field(description="The page for everybody who has the code.")
    revoked_at: datetime | None

    @classmethod
    def of(cls, certificate: Certificate) -> CertificateOut:
        told = shown(certificate)
        plain = {name: getattr(certificate, name) for name in cls.model_fields if name not in ("state", "verify_url")}
        return cls(**plain, state=told.state, verify_url=told.address)


class CertificateList(Listing[CertificateOut]):
    """Newest first."""


class Proof(Output):
    """What a stranger may know of a certificate: what is printed on it, and whether it holds."""

    holds: bool
    state: CertificateState
    sentence: str = Field(examples=["It is genuine and valid."])
    holder_name: str
    title: str
    issued_at: datetime
    valid_until: datetime | None
    verification_code: str

    @classmethod
    def of(cls, told: Shown) -> Proof:
        one = told.certificate
        plain = ("holder_name", "title", "issued_at", "valid_until", "verification_code")
        return cls(
            holds=told.holds,
            state=told.state,
            sentence=told.sentence,
            **{name: getattr(one, name) for name in plain},
        )


class DownloadLink(Output):
    """Short-lived: to be followed now, and asked for anew."""

    url: str
    filename: str


class Badge(Output):
    filename: str
    credential: str = Field(description="Open Badges 3.0: a signed JWT, as `application/jwt`.")


class RevokeReason(Input):
    reason: str = Field(max_length=certificates.MOST_REASON, examples=["Issued by mistake."])


@router.get("", response=CertificateList, operation_id="listCertificates", summary="My certificates")
def certificates_mine(request: Request, cursor: Cursor = "") -> CertificateList:
    found = certificates_of(request.user.user_id, cursor=cursor or None)
    return CertificateList(items=[CertificateOut.of(one) for one in found.items], next_cursor=found.next_cursor)


@router.get(
    "/courses/{course_id}",
    response=CertificateList,
    operation_id="listCertificatesOfCourse",
    summary="Who has earned one of a course; for those who assign courses",
)
def certificates_of_course(request: Request, course_id: str, cursor: Cursor = "") -> CertificateList:
    found = certificates.of_course(course_id, request.user, cursor=cursor or None)
    store.course_by_id(course_id)
    return CertificateList(items=[CertificateOut.of(one) for one in found.items], next_cursor=found.next_cursor)


@router.get(
    "/verify/{code}",
    response=Proof,
    auth=Everybody(),
    throttle=[],
    operation_id="verifyCertificate",
    summary="Is it genuine?",
)
def certificate_verify(request: Request, code: str) -> Proof:
    """For everybody who has the code, without a token, however the code was typed."""
    found = certificates.find_by_code(code)
    if found is None:
        raise NotFound()
    return Proof.of(shown(found, certificates.newer_than(found)))


@router.get(_CERTIFICATE, response=CertificateOut, operation_id="getCertificate", summary="A certificate")
def certificate(request: Request, certificate_id: str) -> CertificateOut:
    """Your own; those who assign courses read everybody's."""
    return CertificateOut.of(certificates.readable(certificate_id, request.user))


@router.get(
    f"{_CERTIFICATE}/download-url",
    response=DownloadLink,
    auth=Bearer(Area.LEARNING, fresh=True),
    operation_id="getCertificateDownloadUrl",
    summary="A link to its PDF",
)
def certificate_download(request: Request, certificate_id: str) -> DownloadLink:
    url = certificate_files.link(certificate_id=certificate_id, by=request.user)
    found = certificates.readable(certificate_id, request.user)
    return DownloadLink(url=url, filename=certificate_files.filename(found, "pdf"))


@router.get(
    f"{_CERTIFICATE}/badge",
    response=Badge,
    auth=Bearer(Area.LEARNING, fresh=True),
    operation_id="getCertificateBadge",
    summary="Its Open Badge, for its holder",
)
def certificate_badge(request: Request, certificate_id: str) -> Badge:
    credential = badges.badge_of(certificate_id=certificate_id, by=request.user)
    found = certificates.readable(certificate_id, request.user)
    return Badge(filename=certificate_files.filename(found, "jwt"), credential=credential)


@router.post(
    f"{_CERTIFICATE}/revoke", response=CertificateOut, operation_id="revokeCertificate", summary="Revoke it, for good"
)
def certificate_revoke(request: Request, certificate_id: str, body: RevokeReason) -> CertificateOut:
    """For Admins. The second time changes nothing."""
    return CertificateOut.of(certificates.revoke(certificate_id=certificate_id, reason=body.reason, by=request.user))
