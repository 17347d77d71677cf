"""Open Badges: the credential for its holder, and the documents by which anybody's program checks it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from accounts.access import fresh_session
from accounts.http import Request
from core.aws.s3 import disposition
from lms.services import badge_keys, badges, certificate_files, certificates

_JWT = "application/jwt"
# Programs on other sites fetch them; they hold nothing personal, and change when somebody revokes or a key is renewed.
_PUBLIC = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "public, max-age=300",
}


@require_safe
@fresh_session
def badge(request: Request, certificate_id: str) -> HttpResponse:
    token = badges.badge_of(certificate_id=certificate_id, by=request.user)
    name = certificate_files.filename(certificates.readable(certificate_id, request.user), "jwt")
    headers = {"Content-Disposition": disposition(name, inline=False)}
    return HttpResponse(token, content_type=_JWT, headers=headers)


@login_not_required
@require_safe
def issuer(request: Request) -> HttpResponse:
    return _public(badges.issuer_profile(), "application/ld+json")


@login_not_required
@require_safe
def jwks(request: Request) -> HttpResponse:
    return _public({"keys": badge_keys.published()}, "application/jwk-set+json")


@login_not_required
@require_safe
def key(request: Request, thumbprint: str) -> HttpResponse:
    return _public(badge_keys.published_key(thumbprint), "application/jwk+json")


@login_not_required
@require_safe
def status_list(request: Request, name: str) -> HttpResponse:
    return HttpResponse(badges.status_list(name), content_type=_JWT, headers=_PUBLIC)


def _public(document: dict[str, Any], content_type: str) -> HttpResponse:
    return JsonResponse(document, content_type=content_type, headers=_PUBLIC)
