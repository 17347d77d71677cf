"""Bulk work: from what was chosen, or a file, by a preview, to what became of each."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from bulk import store
from bulk.enums import STATES
from bulk.forms import FileForm
from bulk.kinds import Kind, every_kind, kind_of
from bulk.models import BulkJob
from bulk.pages import counts_of, job_page, label_of, result_lines
from bulk.services import carrying, files, preparing
from core.errors import Refused
from core.pages import go, page
from core.saving import saving, status_for

_PAGE = "bulk/job.html"


@require_safe
def jobs(request: Request) -> HttpResponse:
    """One's own, newest first."""
    _check_any(request)
    found = store.jobs_of(request.user.user_id, cursor=request.GET.get("cursor"))
    rows = [
        {"job": job, "label": label_of(job), "kind": kind_of(job.kind), "state": STATES[job.state]}
        | {"changed": sum(counts_of(job).get(name, 0) for name in ("done", "partly"))}
        for job in found.items
    ]
    context = {"rows": rows, "next_cursor": found.next_cursor}
    return page(request, "bulk/jobs.html", context)


@require_POST
def choose(request: Request, kind: str) -> HttpResponse:
    """What was chosen in a list, and what to do with it; then the form of that, then what would become of each."""
    found = _open(request, kind)
    action = found.action(request.POST.get("action", ""), request.user)
    refs = _chosen(request, found)
    form = action.form(request.POST if "sent" in request.POST else None, person=request.user)
    if form.is_valid():
        with saving(form):
            job = preparing.prepare(kind=found, action=action, wanted=form.wanted(), refs=refs, by=request.user)
            return go(request, "bulk:job", job.job_id)
    preparing.check_chosen(refs)
    context = {
        "kind": found,
        "action": action,
        "form": form,
        "chosen": "" if "all" in request.POST else " ".join(refs),
        "filter": request.POST.get("filter", ""),
        "counted": found.counted(len(refs)),
    }
    return page(request, "bulk/action.html", context, status=status_for(form))


@require_http_methods(["GET", "HEAD", "POST"])
def file(request: Request, kind: str) -> HttpResponse:
    found = _open(request, kind)
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with saving(form):
            sent = form.cleaned_data["file"]
            asked = files.asked_of(found, sent.read(), request.user, most=preparing.MOST_ROWS)
            job = preparing.prepare_file(kind=found, asked=asked, file_name=sent.name[:200], by=request.user)
            return go(request, "bulk:job", job.job_id)
    columns = [found.column, *found.columns(request.user)]
    context: dict[str, Any] = {"kind": found, "form": form, "columns": columns}
    return page(request, "bulk/file.html", context, status=status_for(form))


@require_safe
def job(request: Request, job_id: str) -> HttpResponse:
    return _shown(request, carrying.own(job_id=job_id, by=request.user))


@require_POST
def start(request: Request, job_id: str) -> HttpResponse:
    carrying.start(job_id=job_id, by=request.user)
    return go(request, "bulk:job", job_id)


@require_POST
def step(request: Request, job_id: str) -> HttpResponse:
    """Does the next slice: the page asks for one after the other, and without scripts a button does."""
    moved = carrying.advance(job_id=job_id, by=request.user)
    if request.htmx:
        return _shown(request, moved)
    return go(request, "bulk:job", job_id)


@require_POST
def stop(request: Request, job_id: str) -> HttpResponse:
    carrying.stop(job_id=job_id, by=request.user)
    return go(request, "bulk:job", job_id)


@require_safe
def result(request: Request, job_id: str) -> StreamingHttpResponse:
    lines = result_lines(carrying.own(job_id=job_id, by=request.user), request.user)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="changes-{job_id}.csv"'
    return response


def _shown(request: Request, job: BulkJob) -> HttpResponse:
    only = request.GET.get("show", "")
    model = job_page(job, request.user, only=only, cursor=request.GET.get("cursor"))
    return page(request, _PAGE, {"page": model, "job": job, "only": only}, fragment="job")


def _open(request: Request, name: str) -> Kind:
    """Raises NotFound for what there is none of, Refused for whom there is nothing to do."""
    found = kind_of(name)
    if not found.actions_for(request.user):
        raise Refused(gettext("This needs the role Contributor or a higher one."))
    return found


def _check_any(request: Request) -> None:
    if not any(kind.actions_for(request.user) for kind in every_kind()):
        raise Refused(gettext("This needs the role Contributor or a higher one."))


def _chosen(request: Request, kind: Kind) -> list[str]:
    """What was ticked; or all that the list shows at the address that `filter` is the query of."""
    if "all" in request.POST:
        return list(kind.matching(request.user, QueryDict(request.POST.get("filter", "")), preparing.MOST_ROWS + 1))
    return list(dict.fromkeys(ref for value in request.POST.getlist("chosen") for ref in value.split()))
