"""Courses and paths that go to somebody else together with everything that a person owns."""

from __future__ import annotations

from accounts.person import Person
from content.services.ownership import Estate, register
from core import clock
from core.errors import NotFound
from core.events import Event, telling
from core.index import index
from core.index.documents import Clause, Query
from core.paging import Page, seal, unseal
from lms import store
from lms.documents.courses import COURSE
from lms.documents.paths import PATH
from lms.services import courses
from lms.services.paths.writing import entry_for as path_entry
from lms.store import paths


def _listed(kind: str, user_id: str, cursor: str | None, limit: int) -> Page[str]:
    """From the derived index: the tables know no owner's list of these."""
    scope = f"owned:{kind}:{user_id}"
    query = Query(
        allowed=(Clause({}),),
        now=clock.now(),
        kinds=frozenset({kind}),
        filters={"author": frozenset({user_id})},
        limit=limit,
        after=unseal(scope, cursor),
    )
    found = index().search(query)
    return Page([hit.doc_id for hit in found.hits], seal(scope, found.position))


def _give_course(course_id: str, from_user: str, to_user: str, by: Person) -> bool:
    course = store.find_course(course_id, fresh=True)
    if course is None or course.owner_user_id != from_user:
        return False
    course.owner_user_id = to_user
    entry = courses.entry_for("course.owner_changed", course, by, changes=_changes(from_user, to_user))
    with telling(Event("course.owner_changed", course_id, by.user_id)):
        store.save_course(course, audit=[entry])
    return True


def _give_path(path_id: str, from_user: str, to_user: str, by: Person) -> bool:
    try:
        path = paths.path_by_id(path_id, fresh=True)
    except NotFound:
        return False
    if path.owner_user_id != from_user:
        return False
    path.owner_user_id = to_user
    with telling(Event("path.owner_changed", path_id, by.user_id)):
        paths.save_path(path, audit=[path_entry("path.owner_changed", path, by, changes=_changes(from_user, to_user))])
    return True


def _changes(before: str, after: str) -> dict[str, dict[str, str]]:
    return {"owner": {"before": before, "after": after}}


register(Estate("courses", lambda *asked: _listed(COURSE, *asked), _give_course))
register(Estate("paths", lambda *asked: _listed(PATH, *asked), _give_path))
