"""Certificates: verified by anybody who has the code, looked after by their holders and by Admins."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import fresh_session
from accounts.http import Request
from accounts.permissions import Permission, require
from core.pages import go, page
from core.saving import saving, status_for
from lms import store
from lms.forms.certificates import CodeForm, RevokeForm
from lms.pages import certificate as pages
from lms.services import certificate_files, certificates

_UNLISTED = {"X-Robots-Tag": "noindex, nofollow, noarchive"}


@login_not_required
@require_safe
def verify(request: Request) -> HttpResponse:
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return go(request, "certificates:verify-code", form.cleaned_data["code"])
    return _unlisted(page(request, "certificates/verify.html", {"form": form}, status=status_for(form)))


@login_not_required
@require_safe
def verify_code(request: Request, code: str) -> HttpResponse:
    """Never remembered by a browser or a proxy: a revocation is told from the next look on."""
    found = certificates.find_by_code(code)
    if found is None:
        context = {"form": CodeForm(initial={"code": code[:100]}), "unknown": True}
        return _unlisted(page(request, "certificates/verify.html", context, status=404))
    shown = pages.shown(found, certificates.newer_than(found))
    return _unlisted(page(request, "certificates/verified.html", {"shown": shown}))


@require_safe
def certificate(request: Request, certificate_id: str) -> HttpResponse:
    found = certificates.readable(certificate_id, request.user)
    model = pages.certificate_page(request.user, found)
    return page(
        request,
        "certificates/certificate.html",
        {"page": model, "shown": model.shown, "issuer": settings.CERTIFICATE_ISSUER},
    )


@require_safe
def of_course(request: Request, course_id: str) -> HttpResponse:
    require(request.user, Permission.LEARNING_ASSIGN)
    course = store.course_by_id(course_id)
    found = certificates.of_course(course_id, request.user, cursor=request.GET.get("cursor"))
    context = {"course": course, "rows": [pages.shown(one) for one in found.items], "next_cursor": found.next_cursor}
    return page(request, "certificates/of_course.html", context)


@require_safe
@fresh_session
def pdf(request: Request, certificate_id: str) -> HttpResponse:
    """Asks afresh who she is and whether it was revoked, at every click. `?inline=1` opens it in the browser."""
    inline = request.GET.get("inline") == "1"
    url = certificate_files.link(certificate_id=certificate_id, by=request.user, inline=inline)
    return HttpResponseRedirect(url, headers={"Cache-Control": "private, no-store"})


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: Request, certificate_id: str) -> HttpResponse:
    found = certificates.readable(certificate_id, request.user)
    require(request.user, Permission.CERTIFICATES_REVOKE)
    form = RevokeForm(request.POST or None)
    if form.is_valid():
        with saving(form):
            certificates.revoke(certificate_id=certificate_id, by=request.user, **form.cleaned_data)
        if not form.errors:
            messages.success(request, gettext("Revoked"))
            return go(request, "certificates:certificate", certificate_id)
    context = {"form": form, "shown": pages.shown(found)}
    return page(request, "certificates/revoke.html", context, status=status_for(form))


def _unlisted(response: HttpResponse) -> HttpResponse:
    """It has somebody's name on it: for those who were given the code, not for search engines."""
    for name, value in _UNLISTED.items():
        response.headers[name] = value
    return response
