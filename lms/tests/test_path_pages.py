from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from content.tests.factories import make_item
from core.testing import ANA, CARL, CORA, RITA, VERA, sign_in
from lms.enums import CourseMove, CourseStatus
from lms.services import paths
from lms.store import learning as rows
from lms.store.paths import path_by_id
from lms.tests.assignment_factories import complete
from lms.tests.factories import make_course
from lms.tests.path_factories import add_choice, make_path, make_path_draft

pytestmark = pytest.mark.usefixtures("cloud")
MANAGE = "/learn/manage/paths/"


def calls(caplog: Any) -> int:
    return int(caplog.records[-1].dynamodb_calls)


def test_a_learner_sees_what_is_open_and_what_is_missing(client: Client, caplog: Any) -> None:
    path = make_path(make_course(title="Basics"), make_course(title="Advanced"))
    sign_in(client, VERA)
    address = f"/learn/paths/{path.path_id}/"
    with caplog.at_level("INFO", "portal.request"):
        shown = client.get(address).text
    assert calls(caplog) <= 4
    assert "Opens when “Basics” is done." in shown
    assert rows.path_progress(VERA.user_id, path.path_id) is None
    begun = client.post(f"{address}steps/1/")
    assert begun.headers["Location"].startswith("/learn/courses/")
    assert rows.path_progress(VERA.user_id, path.path_id)


def test_each_course_of_a_choice_says_what_is_to_do_with_it(client: Client) -> None:
    one, other = make_course(title="This"), make_course(title="That")
    draft = make_path_draft()
    add_choice(draft.path_id, [one, other])
    path = paths.move(path_id=draft.path_id, move=CourseMove.PUBLISH, by=RITA)
    complete(one)
    sign_in(client, VERA)
    shown = client.get(f"/learn/paths/{path.path_id}/").text
    assert 'aria-label="Look again: This"' in shown
    assert 'aria-label="Start: That"' in shown


def test_a_locked_step_names_the_missing_one_with_a_link(client: Client) -> None:
    path = make_path(basics := make_course(title="Basics"), make_course(title="Advanced"))
    sign_in(client, VERA)
    for ask in (client.get, client.post):
        refused = ask(f"/learn/paths/{path.path_id}/steps/2/")
        assert refused.status_code == 403
        assert "Basics" in refused.text
        assert f"/learn/paths/{path.path_id}/#step-1" in refused.text
    complete(basics)
    assert client.get(f"/learn/paths/{path.path_id}/steps/2/").status_code == 303


def test_a_must_read_item_counts_when_it_is_opened_here_and_not_by_looking(client: Client) -> None:
    path = make_path(item := make_item(), make_course())
    sign_in(client, VERA)
    address = f"/learn/paths/{path.path_id}/steps/1/"
    assert client.get(address).status_code == 303
    assert rows.path_progress(VERA.user_id, path.path_id) is None
    assert client.post(address).headers["Location"] == f"/content/{item.content_id}/"
    assert rows.path_progress(VERA.user_id, path.path_id).progress_percentage == 50


def test_what_is_hidden_has_no_name_on_a_path(client: Client) -> None:
    secret = make_course(title="Secret plans")
    path = make_path(secret, make_course())
    secret.status = CourseStatus.UNPUBLISHED.value
    secret.save()
    sign_in(client, VERA)
    assert "Secret plans" not in client.get(f"/learn/paths/{path.path_id}/").text


def test_drafts_and_made_up_steps_are_not_there(client: Client) -> None:
    draft, path = make_path_draft(make_course()), make_path(make_course(title="B"))
    sign_in(client, VERA)
    for address in (f"paths/{draft.path_id}/", "paths/made-up/", f"paths/{path.path_id}/steps/9/"):
        assert client.get(f"/learn/{address}").status_code == 404
    assert client.post(f"/learn/paths/{path.path_id}/steps/1/", {"target": "made-up"}).status_code == 404


def test_an_author_makes_a_path_and_an_approver_publishes_it(client: Client) -> None:
    course, item = make_course(title="Basics"), make_item()
    sign_in(client, CARL)
    form = client.get(f"{MANAGE}new/").text
    ticket = re.search(r'name="ticket" value="([^"]+)"', form)[1]
    entered = {"ticket": ticket, "title": "Your first month", "description": "To begin.", "sequential": "on"}
    made = client.post(f"{MANAGE}new/", entered)
    assert client.post(f"{MANAGE}new/", entered).headers["Location"] == made.headers["Location"]
    address = made.headers["Location"]
    for name, chosen in (("courses", course.course_id), ("items", item.content_id)):
        ticket = re.search(r'name="ticket" value="([^"]+)"', client.get(f"{address}steps/add/").text)[1]
        found = client.post(f"{address}steps/add/", {f"text_{name}": chosen, f"find_{name}": "1", "ticket": ticket})
        assert found.status_code == 200
        step = {name: chosen, "required": "on", "ticket": ticket}
        for _twice in range(2):
            assert client.post(f"{address}steps/add/", step).status_code == 303
    path_id = address.split("/")[-2]
    first, second = paths.steps_of(path_by_id(path_id))
    client.post(f"{address}steps/{second.step_id}/up/")
    assert [one.step_id for one in paths.steps_of(path_by_id(path_id))] == [second.step_id, first.step_id]
    client.post(f"{address}steps/place/", {"option": second.step_id, "before": ""})
    assert [one.step_id for one in paths.steps_of(path_by_id(path_id))] == [first.step_id, second.step_id]
    assert client.post(f"{address}publish/").status_code == 403
    sign_in(client, RITA)
    assert client.post(f"{address}publish/").status_code == 303
    assert path_by_id(path_id).status == CourseStatus.PUBLISHED


def test_what_is_missing_is_listed_before_publishing(client: Client) -> None:
    draft = make_path_draft(description="")
    sign_in(client, RITA)
    shown = client.get(f"{MANAGE}{draft.path_id}/").text
    assert "Describe what the path leads to." in shown
    assert "At least one step must be required." in shown
    assert client.post(f"{MANAGE}{draft.path_id}/publish/").status_code == 400


def test_a_step_beside_an_open_form_makes_no_text_stale(client: Client) -> None:
    draft = make_path_draft(make_course())
    seen = draft.text_rev
    paths.shift_step(path_id=draft.path_id, step_id=paths.steps_of(draft)[0].step_id, places=1, by=CARL)
    sign_in(client, CARL)
    edit = f"{MANAGE}{draft.path_id}/edit/"
    assert client.post(edit, {"title": "Another title", "seen_rev": seen}).status_code == 303
    lost = client.post(edit, {"title": "A third", "seen_rev": seen})
    assert lost.status_code == 409
    assert "A third" in lost.text
    assert "Another title" in lost.text


def test_who_may_come_to_the_authors_pages(client: Client) -> None:
    draft, path = make_path_draft(), make_path(make_course())
    expected = {
        VERA: (403, 403, 403),
        CORA: (200, 404, 403),
        CARL: (200, 200, 200),
        RITA: (200, 200, 200),
        ANA: (200, 200, 200),
    }
    for person, statuses in expected.items():
        sign_in(client, person)
        asked = [MANAGE, f"{MANAGE}{draft.path_id}/", f"{MANAGE}{path.path_id}/"]
        assert tuple(client.get(address).status_code for address in asked) == statuses, person


def test_an_archived_path_is_brought_back_where_it_was(client: Client) -> None:
    path = make_path(make_course())
    paths.move(path_id=path.path_id, move=CourseMove.ARCHIVE, by=RITA)
    sign_in(client, RITA)
    assert client.get(f"{MANAGE}{path.path_id}/").status_code == 200
    assert client.post(f"{MANAGE}{path.path_id}/bring-back/").status_code == 303
    assert path_by_id(path.path_id).status == CourseStatus.UNPUBLISHED
