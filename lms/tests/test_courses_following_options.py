"""Courses follow what becomes of the options that they name, beside the library's items."""

from __future__ import annotations

import pytest

from accounts.person import SYSTEM
from content import store as items
from content.tests.factories import make_item
from core import clock
from core.index import index
from core.index.documents import Clause, Query
from core.testing import ANA
from lms import store, uses
from lms.tests.factories import make_course, make_draft
from metadata import references
from metadata import store as options
from metadata.enums import Group
from metadata.services import ensure_option, merging

pytestmark = pytest.mark.usefixtures("cloud")


def option(label: str, group: Group = Group.TOPIC_TAG) -> str:
    return ensure_option(group=group, label=label, by=SYSTEM)


def merge(source: str, target: str) -> str:
    return str(merging.merge(source_id=source, target_id=target, by=ANA).option_id)


def found_by(option_id: str) -> list[str]:
    filters = {"tag": frozenset({option_id})}
    query = Query(allowed=(Clause({}),), now=clock.now(), kinds=frozenset({"course"}), filters=filters)
    return [hit.doc_id for hit in index().search(query).hits]


def test_a_merge_rewrites_items_and_courses_and_its_undoing_both() -> None:
    old, new = option("Renewls"), option("Renewals")
    course, item = make_course(tags=(old,)), make_item(tags=(old,))
    job = merge(old, new)
    assert options.job_by_id(job).finished_at
    assert store.course_by_id(course.course_id, fresh=True).tags == [new]
    assert found_by(new) == [course.course_id]
    merging.undo(job_id=job, by=ANA)
    while not merging.advance(job_id=job, by=ANA).finished_at:
        pass
    assert store.course_by_id(course.course_id, fresh=True).tags == [old]
    assert items.item_by_id(item.content_id, fresh=True).tags == [old]
    assert found_by(old) == [course.course_id]


def test_badges_follow_too_and_the_draft_is_not_said_to_have_changed() -> None:
    old, new = option("Renewal hero", Group.BADGE), option("Renewals hero", Group.BADGE)
    course = make_course(badge=old)
    merge(old, new)
    after = store.course_by_id(course.course_id, fresh=True)
    assert (after.badge, bool(after.draft_changed)) == (new, False)


def test_drafts_count_as_uses_and_what_learners_see_as_left_bare() -> None:
    tag = option("Pricing")
    make_draft(tags=(tag,))
    make_course(tags=(tag,), title="Pricing basics")
    assert uses.all_uses()[tag] == 2
    assert references.all_uses()[tag] == 2
    assert uses.left_bare(options.option_by_id(tag)) == 1
    assert tag not in references.shown()


def test_a_badge_leads_to_the_published_courses_that_give_it() -> None:
    badge = option("Renewal hero", Group.BADGE)
    make_draft(badge=badge)
    make_course(badge=badge, title="Pricing basics")
    assert (references.shown()[badge], references.all_uses()[badge]) == (1, 2)
    assert references.address(options.option_by_id(badge)) == f"/learn/?badge={badge}"
