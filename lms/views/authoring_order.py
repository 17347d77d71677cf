"""The order of sections and lessons. Each of these is a plain form; over HTMX the builder alone is shown anew."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import Request
from core.errors import Invalid, NotFound
from core.pages import go, page
from core.saving import saving, status_for
from lms import store
from lms.forms.authoring import SectionForm
from lms.forms.lessons import PlaceForm
from lms.models import Course
from lms.services import courses, lessons, sections
from lms.views.authoring import builder_page, for_authors


@require_POST
def arrange(request: Request, course_id: str) -> HttpResponse:
    """Where a lesson was dropped."""
    for_authors(request, course_id)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        raise Invalid(gettext("Choose what is to be moved, and where to."))
    place = form.cleaned_data
    course = lessons.move(
        course_id=course_id,
        lesson_id=place["lesson"],
        section_id=place["section"],
        before_id=place["before"] or None,
        by=request.user,
    )
    return _moved(request, course, f"lesson-{place['lesson']}")


@require_POST
def step(request: Request, course_id: str, lesson_id: str, down: bool) -> HttpResponse:
    for_authors(request, course_id)
    course = lessons.step(course_id=course_id, lesson_id=lesson_id, down=down, by=request.user)
    return _moved(request, course, f"lesson-{lesson_id}")


@require_POST
def required(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    for_authors(request, course_id)
    on = request.POST.get("on") == "1"
    lessons.require_it(course_id=course_id, lesson_id=lesson_id, required=on, by=request.user)
    return _moved(request, store.course_by_id(course_id, fresh=True), f"lesson-{lesson_id}")


@require_POST
def add_section(request: Request, course_id: str) -> HttpResponse:
    """The form carries the id of the section, so sending it twice makes one."""
    course = for_authors(request, course_id)
    form = SectionForm(request.POST)
    ticket = request.POST.get("ticket", "")[:64]
    if form.is_valid():
        with saving(form):
            section_id = ticket if ticket.isalnum() else None
            course = sections.add(
                course_id=course_id, title=form.cleaned_data["title"], section_id=section_id, by=request.user
            )
        if not form.errors:
            return _moved(request, course, f"section-{courses.sections_of(course)[-1].section_id}")
    return builder_page(request, course, form)


@require_http_methods(["GET", "HEAD", "POST"])
def rename_section(request: Request, course_id: str, section_id: str) -> HttpResponse:
    course = for_authors(request, course_id)
    section = next((one for one in courses.sections_of(course) if one.section_id == section_id), None)
    if section is None:
        raise NotFound()
    form = SectionForm(request.POST or None, initial={"title": section.title})
    if form.is_valid():
        with saving(form):
            title = form.cleaned_data["title"]
            sections.rename(course_id=course_id, section_id=section_id, title=title, by=request.user)
        if not form.errors:
            messages.success(request, gettext("Saved"))
            return go(request, "lms:manage-course", course_id)
    context = {"course": course, "section": section, "form": form}
    return page(request, "lms/manage/section_rename.html", context, status=status_for(form))


@require_POST
def remove_section(request: Request, course_id: str, section_id: str) -> HttpResponse:
    for_authors(request, course_id)
    course = sections.remove(course_id=course_id, section_id=section_id, by=request.user)
    return _moved(request, course, "builder")


@require_POST
def step_section(request: Request, course_id: str, section_id: str, down: bool) -> HttpResponse:
    for_authors(request, course_id)
    course = sections.move(course_id=course_id, section_id=section_id, down=down, by=request.user)
    return _moved(request, course, f"section-{section_id}")


def _moved(request: Request, course: Course, anchor: str) -> HttpResponse:
    if request.htmx:
        return builder_page(request, course)
    response = go(request, "lms:manage-course", course.course_id)
    response["Location"] = f"{response['Location']}#{anchor}"
    return response
