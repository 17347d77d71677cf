"""What teams are: their names, their people, who manages them, and what is written down of it."""

from __future__ import annotations

import pytest

from accounts import audit_list, store
from accounts.enums import TeamRole
from accounts.person import Person
from accounts.services import teams
from accounts.store import teams as rows
from core.aws import metering
from core.errors import Invalid, NotFound, Refused, Stale
from core.testing import ANA, CARL, CORA, RITA, VERA

pytestmark = pytest.mark.usefixtures("cloud")


def made(name="Renewals East", *members: Person, managers: tuple[Person, ...] = ()):
    team = teams.create(name=name, by=ANA)
    teams.add(team_id=team.team_id, user_ids=[one.user_id for one in members], by=ANA)
    teams.add(team_id=team.team_id, user_ids=[one.user_id for one in managers], by=ANA, role=TeamRole.MANAGER)
    return rows.team_by_id(team.team_id, fresh=True)


def entries(team):
    return list(store.audit_of_target(f"team:{team.team_id}").items)


def test_a_new_team_has_its_tidied_name_and_an_entry():
    team = teams.create(name="  Renewals\u00a0 Éast ", by=ANA)
    assert rows.team_by_id(team.team_id).name == "Renewals Éast"
    assert [entry.action for entry in entries(team)] == ["team.created"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "\u200b"])
def test_a_name_that_cannot_be_is_refused_beside_its_field(name):
    with pytest.raises(Invalid) as refused:
        teams.create(name=name, by=ANA)
    assert refused.value.fields["name"]
    assert rows.teams_in_order().items == []


def test_two_teams_are_never_called_the_same_however_it_is_written():
    made("Renewals East")
    with pytest.raises(Invalid):
        teams.create(name="RENEWALS  east", by=ANA)
    other = made("West")
    with pytest.raises(Invalid):
        teams.rename(team_id=other.team_id, name="renewals east", by=ANA)
    assert [team.name for team in rows.teams_in_order().items] == ["Renewals East", "West"]


def test_a_name_is_free_again_after_a_new_name_and_after_deletion():
    team = made("East")
    teams.rename(team_id=team.team_id, name="West", by=ANA)
    assert made("East").name == "East"
    teams.delete(team_id=team.team_id, by=ANA)
    assert made("West").name == "West"


def test_a_name_may_be_written_otherwise_by_its_own_team():
    team = made("east")
    assert teams.rename(team_id=team.team_id, name="East", by=ANA).name == "East"
    change = entries(team)[0]
    assert (change.action, change.changes) == ("team.renamed", {"name": {"before": "east", "after": "East"}})


def test_who_takes_a_name_in_the_same_moment_is_refused(monkeypatch):
    made("East")
    team = made("West")
    monkeypatch.setattr(rows, "team_with_name", lambda _name: None)
    with pytest.raises(Stale):
        teams.rename(team_id=team.team_id, name="East", by=ANA)
    assert rows.team_by_id(team.team_id, fresh=True).name == "West"


def test_people_are_added_changed_and_taken_out_and_the_head_counts_them():
    team = made("East", VERA, CARL, managers=(RITA,))
    assert (team.people, team.manager_ids) == (3, [RITA.user_id])
    teams.add(team_id=team.team_id, user_ids=[CARL.user_id], by=ANA, role=TeamRole.MANAGER)
    teams.remove(team_id=team.team_id, user_ids=[VERA.user_id, "nobody"], by=ANA)
    roster = rows.roster_of(team.team_id)
    assert (roster.team.people, roster.member_ids) == (2, [])
    assert set(roster.team.manager_ids) == {CARL.user_id, RITA.user_id}


def test_who_is_in_it_already_is_not_added_again():
    team = made("East", VERA)
    assert teams.add(team_id=team.team_id, user_ids=[VERA.user_id, VERA.user_id], by=ANA) == 0
    assert [entry.action for entry in entries(team)] == ["team.member_added", "team.created"]


def test_many_people_are_added_and_deleted_with_the_team():
    team = made("East")
    many = [f"person-{number}" for number in range(60)]
    assert teams.add(team_id=team.team_id, user_ids=many, by=ANA) == 60
    assert rows.team_by_id(team.team_id).people == 60
    teams.delete(team_id=team.team_id, by=ANA)
    assert rows.people_of(team.team_id) == []
    with pytest.raises(NotFound):
        rows.team_by_id(team.team_id, fresh=True)


def test_a_full_team_takes_nobody_else(monkeypatch):
    monkeypatch.setattr(teams, "MOST_PEOPLE", 2)
    team = made("East", VERA, CARL)
    with pytest.raises(Invalid, match="2 people; this would be 3"):
        teams.add(team_id=team.team_id, user_ids=[CORA.user_id], by=ANA)
    monkeypatch.setattr(teams, "MOST_MANAGERS", 1)
    teams.add(team_id=team.team_id, user_ids=[VERA.user_id], by=ANA, role=TeamRole.MANAGER)
    with pytest.raises(Invalid, match="1 managers"):
        teams.add(team_id=team.team_id, user_ids=[CARL.user_id], by=ANA, role=TeamRole.MANAGER)
    assert rows.team_by_id(team.team_id).people == 2


def test_what_another_admin_does_in_the_same_moment_is_kept(monkeypatch):
    team, read = made("East"), rows.roster_of

    def interrupted(team_id):
        roster = read(team_id)
        monkeypatch.setattr(rows, "roster_of", read)
        teams.add(team_id=team_id, user_ids=[CARL.user_id], by=ANA)
        return roster

    monkeypatch.setattr(rows, "roster_of", interrupted)
    teams.add(team_id=team.team_id, user_ids=[VERA.user_id], by=ANA)
    after = read(team.team_id)
    assert (after.team.people, set(after.member_ids)) == (2, {CARL.user_id, VERA.user_id})


def test_a_team_with_a_standing_assignment_is_not_deleted():
    team = made("East", VERA)
    team.standing = 1
    rows.save_people(team, [], audit=[])
    with pytest.raises(Refused, match="standing"):
        teams.delete(team_id=team.team_id, by=ANA)
    assert rows.roster_of(team.team_id).member_ids == [VERA.user_id]


@pytest.mark.parametrize("person", [VERA, CARL, RITA])
def test_only_admins_change_teams(person):
    team = made("East", VERA, managers=(RITA,))
    for change in (
        lambda: teams.create(name="West", by=person),
        lambda: teams.rename(team_id=team.team_id, name="West", by=person),
        lambda: teams.add(team_id=team.team_id, user_ids=[person.user_id], by=person, role=TeamRole.MANAGER),
        lambda: teams.remove(team_id=team.team_id, user_ids=[VERA.user_id], by=person),
        lambda: teams.delete(team_id=team.team_id, by=person),
    ):
        with pytest.raises(Refused):
            change()
    assert rows.team_by_id(team.team_id).rev == team.rev


def test_whose_manager_somebody_is_takes_two_requests():
    made("East", VERA, managers=(RITA, CORA))
    made("West", VERA, managers=(RITA,))
    meter = metering.start()
    assert set(rows.managers_of(VERA.user_id)) == {RITA.user_id, CORA.user_id}
    assert meter.calls == 2
    assert rows.manages_any(RITA.user_id)
    assert not rows.manages_any(VERA.user_id)


def test_the_audit_log_says_who_was_added_in_words():
    team = made("East", VERA)
    teams.remove(team_id=team.team_id, user_ids=[VERA.user_id], by=ANA)
    told = [str(row.words) for row in audit_list.rows_of(ANA, entries(team))]
    assert told == ["took somebody out", "added somebody", "made the team"]
