"""The pages about people: they work; not for others; not by the wrong method; nothing for nobody; fragment = part."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from accounts import about, people_list, store
from accounts.about import Fact
from accounts.enums import Role
from accounts.people_list import Show, listing
from accounts.person import Person
from bench.recording import recorded
from core.aws import user_pool
from core.errors import Invalid
from core.testing import as_htmx, sign_in

LIST = "/manage/users/"
ACTIONS = ("role", "disable", "enable", "sign-out", "reset")
TITLE = re.compile(r'class="row-title"[^>]*>([^<]+)<')


def names(response):
    return TITLE.findall(response.text)


def of(person, part=""):
    return f"{LIST}{person.user_id}/{part}"


@pytest.fixture
def admin(pool, client):
    return sign_in(client, pool["ana"])


def test_list_shows_everybody_with_address_role_state_and_last_sign_in(pool, admin):
    pool.add(Person("", "Inga Invited", Role.VIEWER), invited=True)
    admin.post(of(pool["vera"], "disable/"))

    page = admin.get(LIST)

    assert sorted(names(page)) == [
        "Ana Admin", "Carl Contributor", "Cora Contributor", "Inga Invited", "Rita Reviewer", "Vera Viewer",
    ]  # fmt: skip
    for shown in ("rita.reviewer@gravyty.com", "Approver", "Invited", "Disabled", "Never signed in"):
        assert shown in page.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=carl", ["Carl Contributor"]),
        ("q=CARL.contr", ["Carl Contributor"]),
        ("q=Ca", ["Carl Contributor"]),
        ("q=nobody", []),
        ('q=x" or name ^= "', []),
        ("show=admins", ["Ana Admin"]),
        ("show=contributors", ["Carl Contributor", "Cora Contributor"]),
        ("show=invited", ["Inga Invited"]),
        ("show=disabled", ["Vera Viewer"]),
    ],
)
def test_list_can_be_searched_and_narrowed(pool, admin, query, found):
    pool.add(Person("", "Inga Invited", Role.VIEWER), invited=True)
    admin.post(of(pool["vera"], "disable/"))

    assert sorted(names(admin.get(f"{LIST}?{query}"))) == found


def test_found_by_name_although_the_address_is_another(pool, admin):
    pool.ask(
        "admin_update_user_attributes",
        Username=pool["carl"].user_id,
        UserAttributes=[{"Name": "name", "Value": "Karl Married"}],
    )
    assert names(admin.get(f"{LIST}?q=karl")) == ["Karl Married"]
    assert names(admin.get(f"{LIST}?q=carl")) == ["Karl Married"]


def test_pages_of_the_list_hold_everybody_once(pool, admin, monkeypatch):
    monkeypatch.setattr(user_pool.users, "__kwdefaults__", user_pool.users.__kwdefaults__ | {"limit": 2})
    monkeypatch.setattr(people_list, "PAGE_SIZE", 2)
    found, cursor = [], None
    while True:
        page = listing(pool["ana"], Show.ALL, "", cursor)
        found += [row.name for row in page.rows]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert len(found) == len(set(found)) == 5


def test_cursor_of_one_list_opens_no_other(pool, monkeypatch):
    monkeypatch.setattr(user_pool.users, "__kwdefaults__", user_pool.users.__kwdefaults__ | {"limit": 2})
    monkeypatch.setattr(people_list, "PAGE_SIZE", 2)
    cursor = listing(pool["ana"], Show.ALL, "", None).next_cursor

    with pytest.raises(Invalid):
        listing(pool["ana"], Show.DISABLED, "", cursor)
    with pytest.raises(Invalid):
        listing(pool["rita"], Show.ALL, "", cursor)


def test_filter_that_nobody_passes_stops_after_some_pages(pool, monkeypatch):
    asked = []

    def page_of_strangers(**wanted):
        asked.append(wanted)
        return user_pool.UserPage([user_pool.PoolUser("u", {}, True, "CONFIRMED")], "more")

    monkeypatch.setattr(user_pool, "users", page_of_strangers)
    found = listing(pool["ana"], Show.DISABLED, "", None)

    assert (found.rows, len(asked)) == ([], people_list.MOST_REQUESTS)
    assert found.next_cursor


def test_a_page_costs_one_request_of_dynamodb_whoever_is_on_it(pool, admin):
    with recorded() as calls:
        admin.get(LIST)
    assert [call.operation for call in calls] == ["BatchGetItem"]


def test_what_others_know_of_people_is_shown(pool, admin, monkeypatch):
    monkeypatch.setattr(about, "_tellers", [lambda _viewer, ids: {ids[0]: Fact("Owns", "7 items", "/somewhere/")}])

    assert "Owns" in admin.get(LIST).text
    page = admin.get(of(pool["carl"])).text
    assert '<a href="/somewhere/">7 items</a>' in page


def test_page_of_a_person_shows_account_actions_and_history(pool, admin):
    admin.post(of(pool["carl"], "role/"), {"role": "Approver", "reason": "Reviews from now on"})

    page = admin.get(of(pool["carl"])).text

    for shown in (
        "carl.contributor@gravyty.com",
        "Approver",
        "changed the role",
        "Reviews from now on",
        "Contributor →",
    ):
        assert shown in page
    with recorded() as calls:
        admin.get(of(pool["carl"]))
    assert len(calls) <= 4


def test_own_page_refuses_what_nobody_does_to_herself(pool, admin):
    page = admin.get(of(pool["ana"])).text
    assert page.count('aria-disabled="true"') == 2
    assert f'href="{of(pool["ana"], "role/")}"' not in page


def test_role_is_chosen_among_described_ones(pool, admin):
    page = admin.get(of(pool["carl"], "role/")).text
    assert page.count('type="radio"') == 4
    assert 'value="Contributor" checked' in page

    answer = admin.post(of(pool["carl"], "role/"), {"role": "Viewer"})
    assert (answer.status_code, answer.headers["Location"]) == (303, of(pool["carl"]))
    assert pool.groups(pool["carl"]) == {"Viewer"}


@pytest.mark.parametrize("role", ["", "King", "admin"])
def test_role_that_does_not_exist_is_refused(pool, admin, role):
    assert admin.post(of(pool["carl"], "role/"), {"role": role}).status_code == 400
    assert pool.groups(pool["carl"]) == {"Contributor"}


def test_invitation_is_sent_and_its_address_stands_in_no_cookie(pool, admin):
    answer = admin.post(f"{LIST}invite/", {"email": "nadia@gravyty.com", "name": "Nadia", "role": "Approver"})

    user = user_pool.user_by_email("nadia@gravyty.com")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{LIST}{user.user_id}/")
    assert "nadia" not in str(answer.cookies).lower()
    assert "Invitation sent" in admin.get(answer.headers["Location"]).text


def test_refused_invitation_keeps_what_was_typed(pool, admin):
    answer = admin.post(f"{LIST}invite/", {"email": "nadia@elsewhere.example", "name": "Nadia", "role": "Approver"})

    assert answer.status_code == 400
    assert 'value="nadia@elsewhere.example"' in answer.text
    assert "Only people with an address at gravyty.com" in answer.text


@pytest.mark.parametrize("part", ["enable/", "sign-out/", "reset/"])
def test_one_button_is_enough(pool, admin, part):
    answer = admin.post(of(pool["carl"], part))
    assert (answer.status_code, answer.headers["Location"]) == (303, of(pool["carl"]))


def test_lost_race_keeps_the_form_and_says_why(pool, admin):
    store.take_lease(f"role:{pool['carl'].user_id}", "somebody-else", 60)
    answer = admin.post(of(pool["carl"], "role/"), {"role": "Viewer", "reason": "Kept"})

    assert answer.status_code == 409
    assert "Another Admin" in answer.text
    assert "Kept" in answer.text


def addresses(person):
    yield "GET", LIST
    yield "GET", f"{LIST}invite/"
    yield "POST", f"{LIST}invite/"
    yield "GET", of(person)
    for part in ACTIONS:
        yield "POST", of(person, f"{part}/")


@pytest.mark.parametrize("name", ["vera", "carl", "rita"])
def test_pages_are_closed_to_others_and_the_attempt_is_written_down(pool, client, name):
    sign_in(client, pool[name])
    for method, address in addresses(pool["cora"]):
        answer = client.generic(method, address)
        assert answer.status_code == 403, address
        assert "cora.contributor@" not in answer.text
    denied = store.audit_of_actor(pool[name].user_id, limit=50).items
    assert {entry.result for entry in denied} == {"denied"}
    assert len(denied) == len(list(addresses(pool["cora"])))
    about_cora = store.audit_of_target(f"person:{pool['cora'].user_id}", limit=50).items
    assert {entry.changes["route"]["after"] for entry in about_cora} == {
        "accounts:person", *(f"accounts:person-{part}" for part in ACTIONS),
    }  # fmt: skip


def test_missing_person_is_missing_and_not_a_refusal(pool, admin):
    nobody = Person("no-such-person", "", Role.VIEWER)
    for method, address in addresses(nobody):
        if "invite" not in address and address != LIST:
            values = {"role": "Viewer"} if address.endswith("role/") else {}
            answer = admin.get(address) if method == "GET" else admin.post(address, values)
            assert answer.status_code == 404, address


def test_other_people_never_learn_who_is_there(pool, client):
    sign_in(client, pool["rita"])
    assert client.get(of(pool["cora"])).text == client.get(f"{LIST}no-such-person/").text


@pytest.mark.parametrize("part", ["enable/", "sign-out/", "reset/"])
def test_following_a_link_changes_nothing(pool, admin, part):
    assert admin.get(of(pool["carl"], part)).status_code == 405


def test_fragment_is_the_part_of_the_page(pool, admin):
    whole = admin.get(f"{LIST}?q=c").text
    part = admin.get(f"{LIST}?q=c", headers=as_htmx()).text
    assert part.strip().startswith("<section")
    assert part.strip() in whole


def test_signed_out_people_are_led_to_sign_in(pool, client):
    answer = client.get(reverse("accounts:people"))
    assert answer.headers["Location"].startswith("/accounts/login/")
