"""Options as files: handing them out, and bringing them in after a look at what would change."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from core.pages import page
from core.saving import saving, status_for
from metadata import access
from metadata.forms import ApplyForm, FileForm
from metadata.rules import rows
from metadata.rules.plan import Deed, Plan
from metadata.services import transfer

MOST_ROWS = 500


@require_safe
def export(request: Request) -> HttpResponse:
    access.managed_group(request.user, None)
    found = transfer.exported(by=request.user)
    as_json = request.GET.get("format") == "json"
    text, mime, name = (
        (rows.to_json(found), "application/json", "metadata.json")
        if as_json
        else (rows.to_csv(found), "text/csv; charset=utf-8", "metadata.csv")
    )
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text.encode(), content_type=mime, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: Request) -> HttpResponse:
    """First the file, whose plan is shown; then the same text again, which is planned anew and applied."""
    access.managed_group(request.user, None)
    if "text" in request.POST:
        return _apply(request)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        data, is_json = form.cleaned_data["file"].read(), form.is_json
        with saving(form):
            plan = transfer.plan(data, is_json=is_json, by=request.user, most=MOST_ROWS)
            context |= _shown(plan) | {"apply": ApplyForm(initial={"text": rows.decoded(data), "is_json": is_json})}
    return page(request, "metadata/import.html", context, status=status_for(form))


def _shown(plan: Plan) -> dict[str, Any]:
    return {
        "planned": [row for row in plan.rows if row.deed is not Deed.SAME],
        "counts": [(deed.value, plan.count(deed)) for deed in Deed],
        "useful": plan.count(Deed.CREATE) + plan.count(Deed.CHANGE),
    }


def _apply(request: Request) -> HttpResponse:
    form = ApplyForm(request.POST)
    context: dict[str, Any] = {"form": FileForm()}
    if form.is_valid():
        data, is_json = form.cleaned_data["text"].encode(), form.cleaned_data["is_json"]
        with saving(form):
            plan = transfer.plan(data, is_json=is_json, by=request.user, most=MOST_ROWS)
            outcomes = list(transfer.apply(plan, by=request.user))
            done = Counter("refused" if o.problem else (o.done or ("same",))[0] for o in outcomes)
            context |= {"outcomes": [o for o in outcomes if o.problem], "done": dict(done)}
    context["failed"] = form if form.errors else None
    return page(request, "metadata/import.html", context, status=status_for(form))
