"""The audit log, for Admins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from accounts import directory, trail
from accounts.access import fresh_session
from accounts.audit_list import Filters, Row, called, entries, file, month_of, rows_of
from accounts.chain import month_before
from accounts.forms import RESULTS, AuditForm
from accounts.http import Request
from accounts.permissions import Permission, require
from accounts.services.auditing import note_export
from accounts.store import names_of
from core import clock
from core.errors import Invalid
from core.pages import go, page

MONTHS_OFFERED = 24


@require_safe
def audit(request: Request) -> HttpResponse:
    require(request.user, Permission.AUDIT_READ)
    form = _form(request)
    if not form.is_valid():
        return page(request, "accounts/audit.html", {"form": form, "rows": []}, fragment="results", status=400)
    if "@" in form.cleaned_data["who"]:
        return _by_address(request, form)
    filters = _filters(form)
    found = entries(filters, request.GET.get("cursor"))
    rows = rows_of(request.user, found.items)
    context = {
        "form": form,
        "filters": filters,
        "rows": rows,
        "next_cursor": found.next_cursor,
        "looked_in_vain": not found.items and found.next_cursor,
        "chips": _chips(form, request, rows),
        "when": _called(filters),
        "earlier": _earlier(filters) if not found.next_cursor else None,
    }
    return page(request, "accounts/audit.html", context, fragment="results")


@require_safe
@fresh_session
def export(request: Request) -> StreamingHttpResponse:
    """Written out as it is read, so that no size is too much."""
    require(request.user, Permission.AUDIT_READ)
    form = _form(request)
    if not form.is_valid():
        raise Invalid
    filters = _filters(form)
    note_export(by=request.user, chosen={name: value for name, value in vars(filters).items() if value})
    response = StreamingHttpResponse(file(filters), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="audit-{filters.day or filters.month or "all"}.csv"'
    )
    return response


def _form(request: Request) -> AuditForm:
    """Of two people given, the one that was typed now counts."""
    given = request.GET.copy()
    given.setlist("who", [who.strip() for who in given.getlist("who") if who.strip()][-1:] or [""])
    month, months = month_of(clock.now()), []
    for _number in range(MONTHS_OFFERED):
        months.append((month, _month_name(month)))
        month = month_before(month)
    if not (given["who"] or given.get("thing", "").strip() or given.get("month") or given.get("day")):
        given["month"] = months[0][0]  # what is newest, unless all that somebody did is asked for
    return AuditForm(given, months=months, actions=trail.known_actions())


def _filters(form: AuditForm) -> Filters:
    data = form.cleaned_data
    day = data["day"].isoformat() if data["day"] else ""
    return Filters(data["who"], data["thing"], data["action"], data["result"], day[:7] or data["month"], day)


def _by_address(request: Request, form: AuditForm) -> HttpResponse:
    """Her id takes the place of the address, which then stands in no browser's history."""
    found = directory.colleague_by_email(form.cleaned_data["who"].casefold())
    if found is None:
        form.add_error("who", gettext("Nobody signs in with this address."))
        return page(request, "accounts/audit.html", {"form": form, "rows": []}, fragment="results", status=400)
    query = request.GET.copy()
    query.pop("cursor", None)
    query.setlist("who", [found.user_id])
    return go(request, f"{request.path}?{query.urlencode()}")


def _chips(form: AuditForm, request: Request, rows: Sequence[Row]) -> list[dict[str, str]]:
    """With the names that the rows have already."""
    data, chips = form.cleaned_data, []
    who = rows[0].who if rows else called(data["who"], names_of([data["who"]]))
    shown = {
        "who": who if data["who"] else "",
        "thing": f"{rows[0].kind}: {rows[0].title}" if data["thing"] and rows else data["thing"],
        "day": date_format(data["day"], "j F Y") if data["day"] else "",
        "action": trail.words_for(data["action"].partition(".")[0], data["action"]) if data["action"] else "",
        "result": str(dict(RESULTS).get(data["result"], "")),
    }
    for name, value in shown.items():
        if value:
            rest = request.GET.copy()
            rest.pop("cursor", None)
            rest.pop(name)
            chips.append({"group": str(form.fields[name].label), "label": value, "url": f"?{rest.urlencode()}"})
    return chips


def _earlier(filters: Filters) -> dict[str, str] | None:
    """The list of a month goes on with the month before."""
    if not filters.by_month or filters.day:
        return None
    month = month_before(filters.month)
    return {"month": month, "label": _month_name(month)}


def _called(filters: Filters) -> str:
    if filters.day:
        return date_format(date.fromisoformat(filters.day), "j F Y")
    return _month_name(filters.month) if filters.month else ""


def _month_name(month: str) -> str:
    return f"{MONTHS[int(month[5:])]} {month[:4]}"
