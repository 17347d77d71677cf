"""Courses and paths change hands together with the library's items."""

from __future__ import annotations

import pytest

from accounts import store as accounts_store
from accounts.about import facts_about
from accounts.trail import words_for
from content import store as items
from content.services.ownership import hand_over
from content.tests.factories import make_item
from core.testing import ANA, CARL, CORA, RITA
from lms import store
from lms.services import paths
from lms.store import paths as path_store
from lms.tests.factories import make_course, make_draft
from lms.trails.courses import authored

pytestmark = pytest.mark.usefixtures("cloud")


def owner_of(course_id: str) -> str:
    return store.course_by_id(course_id, fresh=True).owner_user_id


def test_courses_and_paths_go_along_with_items_page_by_page() -> None:
    item = make_item(owner=CARL)
    mine = [make_draft(owner=CARL, title=f"Course {number}").course_id for number in range(3)]
    other = make_course(owner=CORA).course_id
    path = paths.create(fields=paths.Fields(title="Onboarding"), by=CARL)
    moved, cursor, rounds = 0, None, 0
    while rounds == 0 or cursor:
        done = hand_over(from_user=CARL.user_id, to_user=RITA, by=ANA, cursor=cursor, limit=2)
        moved, cursor, rounds = moved + done.moved, done.next_cursor, rounds + 1
    assert (moved, rounds) == (5, 3)
    assert items.item_by_id(item.content_id, fresh=True).owner_user_id == RITA.user_id
    assert [owner_of(one) for one in mine] == [RITA.user_id] * 3
    assert owner_of(other) == CORA.user_id
    assert path_store.path_by_id(path.path_id, fresh=True).owner_user_id == RITA.user_id
    entry = accounts_store.audit_of_target(f"course:{mine[0]}").items[0]
    assert (entry.action, entry.actor_id) == ("course.owner_changed", ANA.user_id)
    entry = accounts_store.audit_of_target(f"path:{path.path_id}").items[0]
    assert words_for("path", entry.action) == words_for("course", "course.owner_changed") == "gave it another owner"


def test_pages_about_people_say_who_authors_what() -> None:
    make_draft(owner=CARL)
    make_course(owner=CARL, title="Another")
    fact = authored(ANA, [CARL.user_id, CORA.user_id])
    assert set(fact) == {CARL.user_id}
    assert (fact[CARL.user_id].text, len(fact[CARL.user_id].actions)) == ("2 courses", 1)
    make_item(owner=CARL)
    offered = [action for one in facts_about(ANA, [CARL.user_id])[CARL.user_id] for action in one.actions]
    assert len(offered) == 1
    assert authored(CORA, [CARL.user_id]) == {}
