"""Courses as their authors see them: the list, making one, its page's fields, copying and deleting it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from accounts.permissions import Permission, require
from bulk.kinds import actions_for
from content.picking import ItemSource
from core.errors import Invalid, Stale
from core.ids import new_id
from core.pages import go, page
from core.picker import Source
from core.saving import saving, status_for
from lms import permissions, store
from lms.documents.courses import COURSE
from lms.forms.authoring import CourseForm, NewCourseForm, SectionForm
from lms.models import Course
from lms.pages.authoring import LIST, asked, listing
from lms.pages.builder import builder_of
from lms.pages.picking import CourseSource
from lms.services import courses, duplicates
from metadata.faceted import picked

_TICKET = "new-course"


@require_safe
def manage(request: Request) -> HttpResponse:
    require(request.user, Permission.COURSES_AUTHOR)
    wanted = LIST.canonical(request.GET)
    if wanted != request.GET:
        return go(request, f"{request.path}?{wanted.urlencode()}")
    filters = asked(request.GET, request.user)
    found = listing(request.user, filters, request.GET.get("cursor"))
    if offered := picked(found.facets, request.GET):
        return offered
    context = {"listing": found, "chips": found.chips(request.GET), "sorts": LIST.sorts, "filters": filters}
    context["bulk_actions"] = actions_for(request.user, COURSE)
    return page(request, "lms/manage/courses.html", context, fragment="results")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """The form carries the id that its course will have, so sending it twice makes one course."""
    require(request.user, Permission.COURSES_AUTHOR)
    form = NewCourseForm(request.POST or None)
    if form.is_valid():
        course_id = reserved_id(request.POST.get("ticket", ""), _TICKET)
        with saving(form):
            _create_once(course_id, form, request)
        if not form.errors:
            messages.success(request, gettext("Draft created"))
            return go(request, "lms:manage-course", course_id)
    context = {"form": form, "ticket": request.POST.get("ticket") or ticket_for(_TICKET)}
    return page(request, "lms/manage/course_new.html", context, status=status_for(form))


def ticket_for(salt: str) -> str:
    return signing.dumps(new_id(), salt=salt)


def reserved_id(ticket: str, salt: str) -> str:
    try:
        return str(signing.loads(ticket, salt=salt, max_age=60 * 60 * 24))
    except signing.BadSignature as error:
        raise Invalid(
            "This form is too old to be used. Open it again; your browser's Back button keeps what you typed."
        ) from error


def _create_once(course_id: str, form: NewCourseForm, request: Request) -> None:
    try:
        courses.create(fields=form.to_fields(), course_id=course_id, by=request.user)
    except Stale:
        made = store.find_course(course_id, fresh=True)
        if made and made.owner_user_id == request.user.user_id and made.title == form.to_fields().title:
            return  # the same form, sent a second time
        raise Stale(
            gettext("A course was already made from this form. Open it in the list, or start a new one.")
        ) from None


@require_safe
def course(request: Request, course_id: str) -> HttpResponse:
    return builder_page(request, for_authors(request, course_id))


def for_authors(request: Request, course_id: str) -> Course:
    """Raises Refused where she may see the course and not edit it, NotFound where she may not see it."""
    require(request.user, Permission.COURSES_AUTHOR)
    found = courses.readable(course_id, request.user)
    courses.check_sees_draft(found, request.user)
    return found


def for_editing(request: Request, course_id: str) -> Course:
    """Raises Refused for an archived one, too."""
    found = for_authors(request, course_id)
    permissions.check_author(request.user, found)
    return found


def builder_page(request: Request, course: Course, form: SectionForm | None = None) -> HttpResponse:
    context = {
        "builder": builder_of(request.user, course),
        "course": course,
        "section_form": form or SectionForm(),
        "section_ticket": new_id(),
    }
    status = status_for(form) if form else 200
    return page(request, "lms/manage/course.html", context, fragment="builder", status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, course_id: str) -> HttpResponse:
    course = for_editing(request, course_id)
    form = _form(request, course)
    if form.is_valid():
        with saving(form):
            seen = form.cleaned_data["seen_rev"] or 0
            courses.edit(course_id=course_id, fields=form.to_fields(), seen_rev=seen, by=request.user)
        if not form.errors:
            messages.success(request, gettext("Saved"))
            return go(request, "lms:manage-course", course_id)
        if form.stale:
            course = store.course_by_id(course_id, fresh=True)
            form.compared_with(int(course.rev))
    context = {"course": course, "form": form, "stored": courses.fields_of(course)}
    return page(request, "lms/manage/course_edit.html", context, status=status_for(form))


def _form(request: Request, course: Course) -> CourseForm:
    fields = courses.fields_of(course)
    initial: dict[str, Any] = {name: getattr(fields, name) for name in courses.Fields.__dataclass_fields__}
    initial |= {"outcomes": "\n".join(fields.outcomes), "seen_rev": int(course.rev)}
    sources: dict[str, Source] = {
        "prerequisite_ids": CourseSource(request.user, without=course.course_id),
        "related_item_ids": ItemSource(request.user),
    }
    return CourseForm(request.POST or None, initial=initial, sources=sources)


@require_http_methods(["GET", "HEAD", "POST"])
def duplicate(request: Request, course_id: str) -> HttpResponse:
    source = for_authors(request, course_id)
    if request.method != "POST":
        context = {"course": source, "ticket": ticket_for(f"copy-{course_id}")}
        return page(request, "lms/manage/course_duplicate.html", context)
    new_course_id = reserved_id(request.POST.get("ticket", ""), f"copy-{course_id}")
    try:
        duplicates.duplicate(course_id=course_id, by=request.user, new_course_id=new_course_id)
    except Stale:
        courses.authored(new_course_id, request.user)  # the same button, pressed twice
    messages.success(request, gettext("Duplicated “%s”") % source.title)
    return go(request, "lms:manage-course", new_course_id)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: Request, course_id: str) -> HttpResponse:
    doomed = for_authors(request, course_id)
    if request.method != "POST":
        return page(request, "lms/manage/course_delete.html", {"course": doomed})
    courses.delete(course_id=course_id, by=request.user)
    messages.success(request, gettext("Deleted “%s”") % doomed.title)
    return go(request, "lms:manage")
