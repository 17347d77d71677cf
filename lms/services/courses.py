"""Making courses and changing what stands on a course's own page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from accounts.permissions import Permission, require
from accounts.person import Person
from accounts.store import audit_entry
from core import clock
from core.aws.records import Check, Put
from core.errors import Invalid, NotFound, Refused, Stale
from core.events import Event, telling
from core.ids import new_id
from lms import permissions, store
from lms.enums import CourseStatus, Difficulty
from lms.models import Course, Lesson
from lms.rules.lessons import MOST_DESCRIPTION, MOST_TITLE
from lms.rules.outline import Section
from metadata.store import resolve

SINGLE = ("product_suite", "product", "product_concept", "badge")
"""The fields that name one option each."""
MOST_OUTCOMES, MOST_OUTCOME, MOST_RELATED = 20, 200, 20
MOST_MONTHS, MOST_WINDOW, MOST_MINUTES = 120, 365, 10_000
THIS = "this course"


@dataclass(frozen=True)
class Fields:
    """What people write. Metadata fields are option ids."""

    title: str
    description: str = ""
    outcomes: tuple[str, ...] = ()
    product_suite: str | None = None
    product: str | None = None
    product_concept: str | None = None
    tags: tuple[str, ...] = ()
    badge: str | None = None
    difficulty_level: str | None = Difficulty.BEGINNER.value
    duration_override: int | None = None
    prerequisite_ids: tuple[str, ...] = ()
    related_item_ids: tuple[str, ...] = ()
    self_marking: bool = True
    certificate: bool = True
    validity_months: int | None = None
    renewal_window_days: int = 60


def create(*, fields: Fields, by: Person, course_id: str | None = None, import_key: str | None = None) -> Course:
    """A draft of `by`'s own, with one section. Raises Stale when the given id is taken."""
    require(by, Permission.COURSES_AUTHOR)
    now = clock.now()
    course = Course(
        course_id=course_id or new_id(),
        status=CourseStatus.DRAFT.value,
        owner_user_id=by.user_id,
        import_key=import_key,
        created_at=now,
        updated_at=now,
    )
    _apply(course, fields)
    put_sections(course, (Section(new_id(), "Lessons"),))
    entry = entry_for("course.created", course, by)
    with telling(Event("course.created", course.course_id, by.user_id)):
        store.save_course(course, also=[Put(store.registered("course", course.course_id))], audit=[entry])
    return course


def edit(*, course_id: str, fields: Fields, seen_rev: int, by: Person) -> Course:
    """Raises Stale when somebody else saved after `seen_rev` was read."""
    course = authored(course_id, by)
    if int(course.rev) != seen_rev:
        raise Stale("Somebody else changed this course while you were writing. Compare the two before you save again.")
    before = fields_of(course)
    _apply(course, fields)
    changed = [name for name, value in asdict(fields_of(course)).items() if asdict(before)[name] != value]
    if changed:
        save(course, "course.edited", by, changes={"fields": changed})
    return course


def fields_of(course: Course) -> Fields:
    values: dict[str, Any] = {}
    for name in Fields.__dataclass_fields__:
        value = getattr(course, name)
        values[name] = tuple(value) if isinstance(value, list) else value
    return Fields(**values)


def sections_of(course: Course) -> tuple[Section, ...]:
    return tuple(Section(**one) for one in course.sections or ())


def put_sections(course: Course, sections: tuple[Section, ...]) -> None:
    course.sections = [asdict(section) for section in sections]


def readable(course_id: str, by: Person) -> Course:
    """Read afresh. Raises NotFound, too, when it is hidden from her."""
    course = store.course_by_id(course_id, fresh=True)
    if not permissions.can_read(by, course):
        raise NotFound()
    return course


def authored(course_id: str, by: Person) -> Course:
    """Read afresh, for changing. Raises NotFound, Refused."""
    course = readable(course_id, by)
    permissions.check_author(by, course)
    return course


def may_delete(person: Person, course: Course) -> bool:
    """A draft that was never published: nobody has learned from it."""
    return not course.version and permissions.can_author(person, course)


def delete(*, course_id: str, by: Person) -> None:
    """With its lessons. Raises Refused for what was published once: that is archived."""
    course = readable(course_id, by)
    check_sees_draft(course, by)
    if not may_delete(by, course):
        raise Refused("Only a course that was never published can be deleted. Archive it instead.")
    lessons = store.lessons_of(course_id, fresh=True)
    with telling(Event("course.deleted", course_id, by.user_id)):
        store.delete_course(course, lessons, audit=[entry_for("course.deleted", course, by)])


def check_sees_draft(course: Course, by: Person) -> None:
    """Raises Refused: what is being written of a course is for those alone who may edit it, archived or not."""
    if not permissions.can_author(by, course):
        raise Refused("Only its owner, Approvers and Admins can edit this.")


def save(
    course: Course,
    action: str,
    by: Person,
    *lessons: Lesson,
    gone: Iterable[Lesson] = (),
    also: Sequence[Put | Check] = (),
    changes: dict[str, Any] | None = None,
    draft: bool = True,
) -> None:
    """`draft` says that what authors write has changed, and not only what is done with it."""
    course.updated_at = clock.now()
    course.draft_changed = draft or course.draft_changed
    entry = entry_for(action, course, by, changes=changes)
    with telling(Event(action, course.course_id, by.user_id)):
        store.save_course(course, *lessons, gone=gone, also=also, audit=[entry])


def entry_for(action: str, course: Course, by: Person, **details: Any) -> Any:
    return audit_entry(
        by=by,
        action=action,
        object_type="course",
        object_id=course.course_id,
        object_version=int(course.version) or None,
        **details,
    )


def _apply(course: Course, fields: Fields) -> None:
    title = " ".join(fields.title.split())
    if problems := dict(_problems(title, fields)):
        raise Invalid(fields=problems)
    outcomes = [" ".join(one.split()) for one in fields.outcomes if one.strip()]
    values = asdict(fields) | {"title": title, "outcomes": outcomes}
    values["tags"] = list(dict.fromkeys(map(resolve, fields.tags)))
    values |= {name: resolve(value) if (value := getattr(fields, name)) else None for name in SINGLE}
    for name, value in values.items():
        setattr(course, name, list(dict.fromkeys(value)) if isinstance(value, tuple) else value)


def _problems(title: str, fields: Fields) -> Iterator[tuple[str, str]]:
    if not title or len(title) > MOST_TITLE:
        yield "title", f"Give it a title of up to {MOST_TITLE} characters."
    if len(fields.description) > MOST_DESCRIPTION:
        yield "description", f"Keep it under {MOST_DESCRIPTION} characters."
    if len(fields.outcomes) > MOST_OUTCOMES or any(len(one) > MOST_OUTCOME for one in fields.outcomes):
        yield "outcomes", f"Keep to {MOST_OUTCOMES} outcomes of at most {MOST_OUTCOME} characters."
    if max(len(fields.prerequisite_ids), len(fields.related_item_ids)) > MOST_RELATED:
        yield "prerequisite_ids", f"Name at most {MOST_RELATED} courses, and as many items of the library."
    if fields.validity_months is not None and not 1 <= fields.validity_months <= MOST_MONTHS:
        yield "validity_months", f"Give whole months, from 1 to {MOST_MONTHS}."
    if not 1 <= fields.renewal_window_days <= MOST_WINDOW:
        yield "renewal_window_days", f"Give whole days, from 1 to {MOST_WINDOW}."
    if fields.duration_override is not None and not 1 <= fields.duration_override <= MOST_MINUTES:
        yield "duration_override", f"Give whole minutes, from 1 to {MOST_MINUTES}."
