"""The catalogue: courses, and paths beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.http import Request
from core.pages import go, page
from lms.pages.catalogue import CATALOGUE, SORTS, listing
from lms.pages.path_catalogue import PATHS, path_listing
from metadata.faceted import Faceting, Listing, picked


@dataclass(frozen=True)
class Shelf:
    """The words of one half of the catalogue."""

    route: str
    title: str | Promise
    about: str | Promise
    find: str | Promise
    empty: str | Promise
    empty_text: str | Promise
    card: str

    @property
    def url(self) -> str:
        return reverse(self.route)

    @property
    def tabs(self) -> Sequence[Shelf]:
        return _SHELVES


_COURSES = Shelf(
    "lms:catalogue",
    _("Courses"),
    _("Short lessons for real conversations, at your own pace."),
    _("Find a course"),
    _("No courses yet"),
    _("As soon as the first course is published, it appears here."),
    "lms/_card.html",
)
_PATHS = Shelf(
    "lms:path-catalogue",
    _("Paths"),
    _("Courses and reading in the order in which they help."),
    _("Find a path"),
    _("No paths yet"),
    _("As soon as the first path is published, it appears here."),
    "lms/_path_card.html",
)
_SHELVES = (_COURSES, _PATHS)


@require_safe
def courses(request: Request) -> HttpResponse:
    return _shown(request, _COURSES, CATALOGUE, listing)


@require_safe
def paths(request: Request) -> HttpResponse:
    return _shown(request, _PATHS, PATHS, path_listing)


def _shown(request: Request, shelf: Shelf, faceting: Faceting, read: Callable[..., Listing[Any]]) -> HttpResponse:
    wanted = faceting.canonical(request.GET)
    if wanted != request.GET:
        return go(request, f"{request.path}?{wanted.urlencode()}")
    filters = faceting.asked(request.GET, request.user.user_id)
    found = read(request.user, filters, request.GET.get("cursor"))
    if offered := picked(found.facets, request.GET):
        return offered
    context = {"shelf": shelf, "filters": filters, "listing": found, "chips": found.chips(request.GET)}
    return page(
        request,
        "lms/catalogue.html",
        context | {"sorts": SORTS, "total": _total(shelf, found.total)},
        fragment="results",
    )


def _total(shelf: Shelf, count: int) -> str:
    if shelf is _PATHS:
        return ngettext("%d path", "%d paths", count) % count
    return ngettext("%d course", "%d courses", count) % count
