from __future__ import annotations

from dataclasses import replace

import pytest

from accounts import directory, picking
from accounts import store as accounts_store
from accounts.directory import Colleague
from accounts.services import ensure_profile
from content import store
from content.about_people import owned
from content.enums import Status
from content.services import ownership
from content.services.ownership import hand_over
from content.tests.factories import make_item
from core.aws.user_pool import PoolUser
from core.errors import Invalid, NotFound, Refused, Stale
from core.testing import ANA, CARL, CORA, RITA, VERA, sign_in

PAGE = f"/manage/users/{CARL.user_id}/hand-over/"


def owner_of(item):
    return store.item_by_id(item.content_id, fresh=True).owner_user_id


@pytest.fixture
def items(cloud):
    return [make_item(status, title=f"Item {status}") for status in (Status.DRAFT, Status.IN_REVIEW, Status.EXPIRED)]


@pytest.fixture
def accounts(cloud, monkeypatch):
    """Cognito as the pages ask it, with the cast in it."""
    known = {
        person.user_id: Colleague(
            PoolUser(
                person.user_id,
                {"sub": person.user_id, "name": person.name, "email": f"{person.first_name}@gravyty.com"},
                True,
                "CONFIRMED",
            ),
            (person.role.value,),
        )
        for person in (VERA, CARL, CORA, RITA, ANA)
    }

    def colleague(user_id):
        if user_id not in known:
            raise NotFound
        return known[user_id]

    monkeypatch.setattr(directory, "colleague", colleague)
    monkeypatch.setattr(picking, "among", lambda ids: [known[one].user for one in ids if one in known])
    return known


def test_all_of_it_gets_the_new_owner_each_with_its_entry(items):
    other = make_item(owner=CORA)
    done = hand_over(from_user=CARL.user_id, to_user=RITA, by=ANA)

    assert (done.moved, done.kept, done.next_cursor) == (3, 0, None)
    assert [owner_of(item) for item in items] == [RITA.user_id] * 3
    assert owner_of(other) == CORA.user_id
    for item in items:
        entry = accounts_store.audit_of_target(f"content:{item.content_id}").items[0]
        assert (entry.action, entry.actor_id) == ("content.owner_changed", ANA.user_id)
        assert entry.changes == {"owner": {"before": CARL.user_id, "after": RITA.user_id}}
    assert owned(ANA, [RITA.user_id, CARL.user_id])[RITA.user_id].text == "3 items"


def test_it_goes_on_page_by_page_and_can_be_begun_again(items):
    first = hand_over(from_user=CARL.user_id, to_user=RITA, by=ANA, limit=2)
    assert (first.moved, bool(first.next_cursor)) == (2, True)
    rest = hand_over(from_user=CARL.user_id, to_user=RITA, by=ANA, cursor=first.next_cursor, limit=2)
    assert (rest.moved, rest.next_cursor) == (1, None)
    assert hand_over(from_user=CARL.user_id, to_user=RITA, by=ANA).moved == 0


def test_when_and_what_readers_see_stays(items):
    before = store.item_by_id(items[2].content_id)
    hand_over(from_user=CARL.user_id, to_user=RITA, by=ANA)
    after = store.item_by_id(items[2].content_id, fresh=True)
    assert (after.updated_at, after.status, after.live_version) == (
        before.updated_at,
        before.status,
        before.live_version,
    )


def test_item_changed_meanwhile_is_moved_all_the_same_unless_it_never_rests(items, monkeypatch):
    real, refused = store.save, []

    def raced(item, *versions, audit):
        if len(refused) < limit:
            refused.append(item.content_id)
            raise Stale
        real(item, *versions, audit=audit)

    monkeypatch.setattr(store, "save", raced)
    limit = 1
    assert hand_over(from_user=CARL.user_id, to_user=RITA, by=ANA, limit=1).moved == 1
    refused.clear()
    limit = 1000
    done = hand_over(from_user=CARL.user_id, to_user=RITA, by=ANA, limit=1)
    assert (done.moved, done.kept) == (0, 1)


@pytest.mark.parametrize("to_user", [VERA, CARL], ids=["a Viewer", "herself"])
def test_new_owner_must_be_somebody_else_who_can_own(items, to_user):
    with pytest.raises(Invalid):
        hand_over(from_user=CARL.user_id, to_user=to_user, by=ANA)
    assert owner_of(items[0]) == CARL.user_id


@pytest.mark.parametrize("by", [VERA, CARL, RITA], ids=lambda person: person.role.value)
def test_only_admins_hand_over(items, by):
    with pytest.raises(Refused):
        hand_over(from_user=CARL.user_id, to_user=RITA, by=by)


def test_page_hands_over_in_one_go(items, accounts, client):
    sign_in(client, ANA)
    assert ">3 items</a>" in client.get(PAGE).text
    answer = client.post(PAGE, {"to_user": RITA.user_id})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/manage/users/{CARL.user_id}/")
    assert owner_of(items[0]) == RITA.user_id


def test_page_goes_on_where_it_stopped(items, accounts, client, monkeypatch):
    monkeypatch.setattr(ownership.hand_over, "__kwdefaults__", {"cursor": None, "limit": 2})
    sign_in(client, ANA)
    first = client.post(PAGE, {"to_user": RITA.user_id})
    assert "2 items handed over so far" in first.text
    form = first.context["form"]
    answer = client.post(PAGE, {name: form[name].value() for name in ("to_user", "cursor", "done")})
    assert answer.status_code == 303
    assert [owner_of(item) for item in items] == [RITA.user_id] * 3


@pytest.mark.parametrize("to_user", ["", "nobody", VERA.user_id, CARL.user_id])
def test_page_says_who_cannot_own(items, accounts, client, to_user):
    answer = sign_in(client, ANA).post(PAGE, {"to_user": to_user})
    assert answer.status_code == 400
    assert 'class="error"' in answer.text


def test_disabled_account_becomes_no_owner(items, accounts, client):
    rita = accounts[RITA.user_id]
    accounts[RITA.user_id] = replace(rita, user=replace(rita.user, enabled=False))
    assert "disabled" in sign_in(client, ANA).post(PAGE, {"to_user": RITA.user_id}).text


@pytest.mark.parametrize("person", [VERA, CARL, RITA], ids=lambda person: person.role.value)
def test_page_is_closed_to_others_and_the_attempt_is_written_down(items, accounts, client, person):
    answer = sign_in(client, person).post(PAGE, {"to_user": RITA.user_id})
    assert answer.status_code == 403
    entry = accounts_store.audit_of_actor(person.user_id).items[0]
    assert (entry.result, entry.changes) == ("denied", {"route": {"after": "hand-over"}})


def test_missing_person_is_missing(items, accounts, client):
    assert sign_in(client, ANA).get("/manage/users/no-such-person/hand-over/").status_code == 404


def test_page_about_a_person_counts_what_she_owns_and_leads_there(items, cloud):
    ensure_profile(by=CARL)
    fact = owned(ANA, [CARL.user_id, VERA.user_id])
    assert set(fact) == {CARL.user_id}
    assert fact[CARL.user_id].text == "3 items"
    assert [action.url for action in fact[CARL.user_id].actions] == [PAGE]


def test_link_to_what_she_owns_shows_as_many(items, client):
    fact = owned(ANA, [CARL.user_id])[CARL.user_id]
    assert "3 items" in sign_in(client, ANA).get(fact.url).text
