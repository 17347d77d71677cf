"""Courses as their authors write them, and what becomes of them: published, withdrawn, archived, brought back."""

from __future__ import annotations

from ninja import Query, Router, Status

from accounts.http import Request
from accounts.permissions import Permission, require
from accounts.store import names_of
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core.api import etags
from core.api.idempotency import made_id, once
from core.api.schemas import IfMatch
from lms import store
from lms.api.draft_answers import (
    AuthoredList,
    AuthoredQuery,
    AuthoredRow,
    Checklist,
    CourseVersion,
    CourseVersionList,
    Missing,
    Publishing,
    Readiness,
    SectionStep,
    SectionTitle,
)
from lms.api.draft_schemas import CourseDraft, CourseEdit, draft_created
from lms.pages import authoring
from lms.pages.publish import publish_page
from lms.services import courses, duplicates, publishing, sections
from metadata.api.faceted import Facet

router = Router(tags=["Authoring: courses"], auth=Bearer(Area.LEARNING))
_SECTION = "/{course_id}/draft/sections/{section_id}"


@router.get("/authored", response=AuthoredList, operation_id="listAuthoredCourses", summary="Courses that I may edit")
def courses_authored(request: Request, wanted: Query[AuthoredQuery]) -> AuthoredList:
    require(request.user, Permission.COURSES_AUTHOR)
    filters = wanted.filters(authoring.LIST, request.user.user_id)
    found = authoring.listing(request.user, filters, wanted.cursor or None)
    return AuthoredList(
        items=[AuthoredRow.model_validate(row) for row in found.rows],
        next_cursor=found.next_cursor,
        total=found.total,
        facets=[Facet.model_validate(facet) for facet in found.facets],
    )


@router.get("/{course_id}/draft", response=CourseDraft, operation_id="getCourseDraft", summary="What its authors write")
def course_draft(request: Request, course_id: str) -> CourseDraft:
    return CourseDraft.now(request, course_id)


@router.patch("/{course_id}/draft", response=CourseDraft, operation_id="editCourse", summary="Change its own page")
def course_edit(request: Request, course_id: str, change: CourseEdit, if_match: IfMatch) -> CourseDraft:
    """Learners see it once it is published."""
    seen, before = etags.seen(if_match), courses.authored(course_id, request.user)
    fields = change.fields(request.user, before)
    with etags.matching():
        courses.edit(course_id=course_id, fields=fields, seen_rev=seen, by=request.user)
    return CourseDraft.now(request, course_id)


@router.delete("/{course_id}/draft", response={204: None}, operation_id="deleteCourse", summary="Delete it for good")
def course_delete(request: Request, course_id: str) -> Status[None]:
    """Only what was never published; the rest is archived."""
    courses.delete(course_id=course_id, by=request.user)
    return Status(204, None)


@router.post(
    "/{course_id}/duplicate", response={201: CourseDraft}, operation_id="duplicateCourse", summary="A draft like it"
)
@once(lambda request, course_id: draft_created(request, course_id))
def course_duplicate(request: Request, course_id: str) -> Status[CourseDraft]:
    made = duplicates.duplicate(course_id=course_id, by=request.user, new_course_id=made_id(request))
    return draft_created(request, str(made.course_id))


@router.get("/{course_id}/validate", response=Checklist, operation_id="validateCourse", summary="Can it be published?")
def course_validate(request: Request, course_id: str) -> Checklist:
    course = courses.readable(course_id, request.user)
    courses.check_sees_draft(course, request.user)
    page = publish_page(request.user, course)
    changes = page.differences
    problems = publishing.problems_now(course)
    return Checklist(
        ready=not problems,
        refused=page.refused,
        problems=[Missing(about=about, problem=text) for about, text in problems.items()],
        changed_fields=list(changes.fields),
        added=[lesson.lesson_id for lesson in changes.added],
        changed=[lesson.lesson_id for lesson in changes.changed],
        removed=list(changes.removed),
        reordered=changes.reordered,
    )


@router.get(
    "/{course_id}/versions", response=CourseVersionList, operation_id="listCourseVersions", summary="Publications"
)
def course_versions(request: Request, course_id: str) -> CourseVersionList:
    course = courses.readable(course_id, request.user)
    courses.check_sees_draft(course, request.user)
    found = store.versions_of(course_id, int(course.version))
    names = names_of(one.published_by for one in found)
    return CourseVersionList(items=[CourseVersion.of(one, names.get(one.published_by, "")) for one in found])


@router.post("/{course_id}/ready", response=CourseDraft, operation_id="markCourseReady", summary="Ask for publication")
def course_ready(request: Request, course_id: str, body: Readiness) -> CourseDraft:
    return CourseDraft.of(request, publishing.ask(course_id=course_id, ready=body.ready, by=request.user))


@router.post("/{course_id}/publish", response=CourseDraft, operation_id="publishCourse", summary="Give it to learners")
def course_publish(request: Request, course_id: str, body: Publishing, if_match: IfMatch) -> CourseDraft:
    """What the version that you have seen says, as a numbered snapshot; refused with what is missing."""
    with etags.matching():
        publishing.publish(course_id=course_id, redo=body.redo, seen_rev=etags.seen(if_match), by=request.user)
    return CourseDraft.now(request, course_id)


@router.post(
    "/{course_id}/unpublish", response=CourseDraft, operation_id="unpublishCourse", summary="Out of the catalogue"
)
def course_unpublish(request: Request, course_id: str) -> CourseDraft:
    """Who had begun goes on."""
    return CourseDraft.of(request, publishing.unpublish(course_id=course_id, by=request.user))


@router.post("/{course_id}/archive", response=CourseDraft, operation_id="archiveCourse", summary="Put it away")
def course_archive(request: Request, course_id: str) -> CourseDraft:
    """Refused while assignments ask for it."""
    return CourseDraft.of(request, publishing.archive(course_id=course_id, by=request.user))


@router.post(
    "/{course_id}/bring-back", response=CourseDraft, operation_id="bringBackCourse", summary="From the archive"
)
def course_bring_back(request: Request, course_id: str) -> CourseDraft:
    return CourseDraft.of(request, publishing.bring_back(course_id=course_id, by=request.user))


@router.post(
    "/{course_id}/draft/sections", response={201: CourseDraft}, operation_id="addSection", summary="Add a section"
)
@once(lambda request, _section_id: draft_created(request, request.resolver_match.kwargs["course_id"]))
def section_add(request: Request, course_id: str, new: SectionTitle) -> Status[CourseDraft]:
    sections.add(course_id=course_id, title=new.title, section_id=made_id(request), by=request.user)
    return draft_created(request, course_id)


@router.patch(_SECTION, response=CourseDraft, operation_id="renameSection", summary="Give a section another name")
def section_rename(request: Request, course_id: str, section_id: str, change: SectionTitle) -> CourseDraft:
    return CourseDraft.of(
        request, sections.rename(course_id=course_id, section_id=section_id, title=change.title, by=request.user)
    )


@router.delete(_SECTION, response=CourseDraft, operation_id="removeSection", summary="Remove an empty section")
def section_remove(request: Request, course_id: str, section_id: str) -> CourseDraft:
    return CourseDraft.of(request, sections.remove(course_id=course_id, section_id=section_id, by=request.user))


@router.post(
    f"{_SECTION}/move", response=CourseDraft, operation_id="moveSection", summary="Up or down, with its lessons"
)
def section_move(request: Request, course_id: str, section_id: str, body: SectionStep) -> CourseDraft:
    return CourseDraft.of(
        request, sections.move(course_id=course_id, section_id=section_id, down=body.step > 0, by=request.user)
    )
