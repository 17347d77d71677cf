"""What there is, and who is behind: noted for the dashboards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.services import teams
from analytics import store
from analytics.enums import Kind
from analytics.services import stock
from analytics.services.numbers import Asked, Numbers
from content import store as library
from content.enums import Status
from content.services import lifecycle
from content.tests.factories import make_item
from core import clock
from core.testing import ANA, CARL, CORA, RITA, VERA
from lms.services.assignments.orders import When
from lms.tests.assignment_factories import assign
from lms.tests.factories import make_course, make_draft

pytestmark = pytest.mark.usefixtures("cloud")


def test_what_readers_know_is_in_stock_with_its_labels() -> None:
    item = make_item(title="Battlecard")
    make_item(Status.DRAFT)
    retired = make_item(Status.EXPIRED)
    make_course(title="Renewals")
    make_draft(title="Not yet")
    assert stock.take_stock(clock.now()) == 3
    items = store.stock_of(Kind.CONTENT)
    assert set(items) == {item.content_id, retired.content_id}
    assert items[item.content_id].title == "Battlecard"
    assert items[item.content_id].labels
    assert items[item.content_id].live_since
    assert items[retired.content_id].live_since is None
    assert [row.title for row in store.stock_of(Kind.COURSE).values()] == ["Renewals"]
    assert stock.take_stock(clock.now()) == 0, "again changes nothing"


def test_a_new_version_does_not_make_an_item_new() -> None:
    item = make_item()
    stock.take_stock(clock.now())
    (before,) = store.stock_of(Kind.CONTENT).values()
    fresh = library.item_by_id(item.content_id)
    fresh.approved_at = clock.now() + timedelta(days=40)
    library.save(fresh, audit=[])
    stock.take_stock(clock.now())
    (after,) = store.stock_of(Kind.CONTENT).values()
    assert after.live_since == before.live_since


def test_what_is_gone_leaves_the_stock() -> None:
    item = make_item()
    stock.take_stock(clock.now())
    lifecycle.expire(content_id=item.content_id, reason="Over.", by=RITA)
    stock.take_stock(clock.now())
    (row,) = store.stock_of(Kind.CONTENT).values()
    assert (row.status, row.live_since) == ("Expired", None)
    assert Numbers(ANA, Asked.last_days(1)).never_used() == []


def test_teams_know_how_many_are_behind() -> None:
    team = teams.create(name="East", by=ANA)
    teams.create(name="Quiet", by=ANA)
    teams.add(team_id=team.team_id, user_ids=[VERA.user_id, CORA.user_id], by=ANA)
    due = clock.now().date() - timedelta(days=3)
    with clock.at(clock.now() - timedelta(days=10)):
        for person in (VERA, CARL):
            assign(make_course(), person, when=When(day=due))
    stock.take_stock_of_teams(clock.now())
    found = {row.title: row for row in Numbers(ANA, Asked.last_days(1)).overdue_by_team()}
    assert (found["East"].people, found["East"].behind, found["East"].overdue) == (2, 1, 1)
    assert (found["Quiet"].behind, found["Quiet"].overdue) == (0, 0)
    assert (found[""].team_id, found[""].overdue) == (stock.NO_TEAM, 1), "Carl is in no team"
    assert found["East"].oldest_at
