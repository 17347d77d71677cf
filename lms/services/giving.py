"""Giving one course to another owner. Handing over all that a person owns is `ownership`."""

from __future__ import annotations

from accounts.person import Person
from content.services.ownership import check_new_owner
from core.events import Event, telling
from lms import permissions, store
from lms.services import courses


def give(*, course_id: str, to_user: Person, by: Person) -> None:
    """Raises Refused, and Invalid for somebody who cannot own courses. Learners' work does not change hands."""
    course = courses.readable(course_id, by)
    before = course.owner_user_id
    if before == to_user.user_id:
        return
    permissions.check_give(by, course)
    check_new_owner(before, to_user)
    course.owner_user_id = to_user.user_id
    changes = {"owner": {"before": before, "after": to_user.user_id}}
    with telling(Event("course.owner_changed", course_id, by.user_id)):
        store.save_course(course, audit=[courses.entry_for("course.owner_changed", course, by, changes=changes)])
