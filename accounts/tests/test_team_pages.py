"""The pages about teams, for Admins."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts import about, team_pages
from accounts.about import Fact
from accounts.enums import TeamRole
from accounts.services import teams
from accounts.store import teams as rows
from core.aws import metering
from core.testing import sign_in

LIST = "/manage/teams/"


@pytest.fixture
def admin(pool, client):
    return sign_in(client, pool["ana"])


@pytest.fixture
def team(pool):
    return teams.create(name="Renewals & <East>", by=pool["ana"])


def of(team, part=""):
    return f"{LIST}{team.team_id}/{part}"


def test_no_team_yet_and_how_to_make_one(admin):
    page = admin.get(LIST)
    assert "There is no team yet" in page.text
    made = admin.post(LIST, {"name": "East"})
    assert made.status_code == 303
    assert "Nobody is in this team yet" in admin.get(made.headers["Location"]).text


def test_the_list_names_managers_in_two_requests(pool, admin, team):
    teams.add(team_id=team.team_id, user_ids=[pool["rita"].user_id], by=pool["ana"], role=TeamRole.MANAGER)
    meter = metering.start()
    page = admin.get(LIST)
    assert meter.calls <= 3  # the session, the teams, the names
    assert "Renewals &amp; &lt;East&gt;" in page.text
    assert "Managed by" in page.text


def test_a_name_that_is_taken_stays_in_the_form(admin, team):
    page = admin.post(LIST, {"name": "renewals & <east>"})
    assert page.status_code == 400
    assert "Another team is called so" in page.text
    assert 'value="renewals &amp; &lt;east&gt;"' in page.text


def test_people_are_found_chosen_and_added(pool, admin, team):
    offered = f"/manage/users/pick/?beside={team.team_id}&q=car"
    assert f'data-source="{offered.partition("&")[0]}"' in admin.get(of(team)).text
    assert [one["label"] for one in admin.get(offered).json()["choices"]] == ["Carl Contributor"]
    found = admin.post(of(team, "add/"), {"text_people": "car", "find_people": "1", "role": "manager"})
    assert found.status_code == 200 and "Carl Contributor" in found.text
    assert rows.people_of(team.team_id) == []

    admin.post(of(team, "add/"), {"people": [pool["carl"].user_id], "role": "member"})
    assert rows.roster_of(team.team_id).member_ids == [pool["carl"].user_id]
    assert admin.get(offered).json()["choices"] == []


@pytest.mark.parametrize("people", [[], ["nobody"], [""]])
def test_nobody_chosen_adds_nobody(admin, team, people):
    answer = admin.post(of(team, "add/"), {"people": people, "role": "member"})
    assert answer.status_code == 400
    assert rows.people_of(team.team_id) == []


def test_more_people_than_are_chosen_by_hand_are_refused_with_what_was_chosen(pool, admin, team, monkeypatch):
    monkeypatch.setattr(team_pages, "MOST_CHOSEN", 1)
    both = [pool["carl"].user_id, pool["vera"].user_id]
    answer = admin.post(of(team, "add/"), {"people": both, "role": "member"})
    assert answer.status_code == 400
    assert "at most 1" in answer.text and "Carl Contributor" in answer.text
    assert rows.people_of(team.team_id) == []


def test_a_member_becomes_a_manager_and_leaves(pool, admin, team):
    vera = pool["vera"].user_id
    teams.add(team_id=team.team_id, user_ids=[vera], by=pool["ana"])
    admin.post(of(team, "part/"), {"person": vera, "role": "manager"})
    assert rows.team_by_id(team.team_id).manager_ids == [vera]
    admin.post(of(team, "part/"), {"person": vera, "role": ""})
    assert rows.people_of(team.team_id) == []
    gone = admin.post(of(team, "part/"), {"person": vera, "role": "manager"})
    assert "not in the team any more" in admin.get(gone.headers["Location"]).text
    assert rows.people_of(team.team_id) == []
    assert admin.post(of(team, "part/"), {"person": vera, "role": "queen"}).status_code == 400


def test_a_team_is_renamed_and_deleted(admin, team):
    assert admin.post(of(team, "rename/"), {"name": "West"}).status_code == 303
    assert "West" in admin.get(of(team)).text
    assert "Delete “West”?" in admin.get(of(team, "delete/")).text
    assert admin.post(of(team, "delete/")).status_code == 303
    assert admin.get(of(team)).status_code == 404


def test_apps_above_tell_what_they_know_of_a_team(admin, team, monkeypatch):
    monkeypatch.setattr(about, "_team_tellers", [lambda _viewer, team_id: [Fact("Asked of it", team_id, "")]])
    assert team.team_id in admin.get(of(team)).text


@pytest.mark.parametrize("name", ["vera", "carl", "rita"])
@pytest.mark.parametrize("part", ["", "rename/", "delete/"])
def test_others_find_no_team_there(pool, client, team, name, part):
    teams.add(team_id=team.team_id, user_ids=[pool[name].user_id], by=pool["ana"], role=TeamRole.MANAGER)
    sign_in(client, pool[name])
    assert client.get(of(team, part)).status_code == client.get("/manage/users/").status_code
    assert team.name not in client.get(of(team, part)).text


def test_a_team_that_is_not_there_is_not_found(admin):
    for route in ("team", "team-rename", "team-delete"):
        assert admin.get(reverse(f"accounts:{route}", args=["made-up"])).status_code == 404
    assert admin.post(reverse("accounts:team-add", args=["made-up"]), {"find": "a"}).status_code == 404
