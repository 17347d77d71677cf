"""Lessons as their authors write and order them."""

from __future__ import annotations

from ninja import Router, Status

from accounts.http import Request
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from content.api.files import Link
from core.api import etags
from core.api.answering import created
from core.api.idempotency import made_id, once
from core.api.schemas import Id, IfMatch, Input
from lms import store
from lms.api.draft_schemas import CourseDraft, LessonDraft, LessonEdit, NewLesson
from lms.enums import LessonType
from lms.services import courses, lesson_files, lessons

router = Router(tags=["Authoring: lessons"], auth=Bearer(Area.LEARNING))
_LESSONS = "/{course_id}/draft/lessons"
_LESSON = f"{_LESSONS}/{{lesson_id}}"


class LessonPlace(Input):
    """Before another lesson of that section, or at its end."""

    section_id: Id
    before_id: Id | None = None


def _made(request: Request, course_id: str, lesson_id: str) -> Status[LessonDraft]:
    lesson = store.lesson_by_id(course_id, lesson_id, fresh=True)
    return created(request, f"courses/{course_id}/draft/lessons/{lesson_id}", LessonDraft.of(request, lesson))


def _again(request: Request, lesson_id: str) -> Status[LessonDraft]:
    assert request.resolver_match
    return _made(request, request.resolver_match.kwargs["course_id"], lesson_id)


@router.post(_LESSONS, response={201: LessonDraft}, operation_id="createLesson", summary="Add a lesson to the draft")
@once(_again)
def lesson_create(request: Request, course_id: str, new: NewLesson) -> Status[LessonDraft]:
    courses.authored(course_id, request.user)
    made = lessons.add(
        course_id=course_id,
        lesson_type=new.kind,
        fields=new.fields(new.kind, request.user),
        section_id=new.section_id,
        lesson_id=made_id(request),
        by=request.user,
    )
    return _made(request, course_id, made.lesson_id)


@router.get(_LESSON, response=LessonDraft, operation_id="getLessonDraft", summary="A lesson as it is being written")
def lesson_draft(request: Request, course_id: str, lesson_id: str) -> LessonDraft:
    courses.check_sees_draft(courses.readable(course_id, request.user), request.user)
    return LessonDraft.of(request, store.lesson_by_id(course_id, lesson_id, fresh=True))


@router.patch(_LESSON, response=LessonDraft, operation_id="editLesson", summary="Change what it says")
def lesson_edit(request: Request, course_id: str, lesson_id: str, change: LessonEdit, if_match: IfMatch) -> LessonDraft:
    """Moving it meanwhile makes nothing stale."""
    seen = etags.seen(if_match)
    courses.authored(course_id, request.user)
    before = store.lesson_by_id(course_id, lesson_id, fresh=True)
    fields = change.fields(LessonType(before.lesson_type), request.user, before)
    with etags.matching():
        made = lessons.edit(course_id=course_id, lesson_id=lesson_id, fields=fields, seen_rev=seen, by=request.user)
    return LessonDraft.of(request, made)


@router.delete(_LESSON, response=CourseDraft, operation_id="deleteLesson", summary="Take it out of the draft")
def lesson_delete(request: Request, course_id: str, lesson_id: str) -> CourseDraft:
    """Learners keep it until the course is published again. Doing it twice changes nothing."""
    return CourseDraft.of(request, lessons.remove(course_id=course_id, lesson_id=lesson_id, by=request.user))


@router.get(
    f"{_LESSON}/files/{{name}}",
    response=Link,
    auth=Bearer(Area.LEARNING, fresh=True),
    operation_id="getDraftLessonFile",
    summary="A link to a picture or file of the draft's text",
)
def lesson_draft_file_url(request: Request, course_id: str, lesson_id: str, name: str) -> Link:
    return Link(url=lesson_files.authors_link(course_id=course_id, lesson_id=lesson_id, name=name, by=request.user))


@router.post(f"{_LESSON}/move", response=CourseDraft, operation_id="moveLesson", summary="Put it in another place")
def lesson_move(request: Request, course_id: str, lesson_id: str, place: LessonPlace) -> CourseDraft:
    moved = lessons.move(course_id=course_id, lesson_id=lesson_id, by=request.user, **place.model_dump())
    return CourseDraft.of(request, moved)


@router.post(
    f"{_LESSON}/duplicate",
    response={201: LessonDraft},
    operation_id="duplicateLesson",
    summary="One like it, behind it",
)
@once(_again)
def lesson_duplicate(request: Request, course_id: str, lesson_id: str) -> Status[LessonDraft]:
    copy = lessons.duplicate(course_id=course_id, lesson_id=lesson_id, new_lesson_id=made_id(request), by=request.user)
    return _made(request, course_id, copy.lesson_id)
