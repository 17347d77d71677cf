"""Access tokens: what opens the API in somebody's name, and for how long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from accounts.enums import Role
from accounts.models import ApiToken
from accounts.services import people
from accounts.services import tokens as services
from accounts.services.tokens import Made
from accounts.store import audit_of_target
from accounts.store import tokens as store
from accounts.tokens import bearer, scopes, secrets, standing
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core import clock, events
from core.api.errors import ScopeMissing, Unauthenticated
from core.api.testing import settle
from core.errors import Invalid, NotFound, Refused, Stale
from core.events import Event
from core.ids import new_id
from core.testing import ANA, CARL, CORA, RITA, VERA

READING, ALL = ["content:read"], ["content:read", "content:write"]


@pytest.fixture(autouse=True)
def nothing_remembered():
    for memory in (services.memory, standing.memory, bearer.names):
        memory.clear()
    yield
    for memory in (services.memory, standing.memory, bearer.names):
        memory.clear()


@pytest.fixture
def told(monkeypatch):
    heard: list[Event] = []
    monkeypatch.setattr(events, "_listeners", [])
    events.listens_to("token.*")(heard.append)
    return heard


def make(person=CARL, granted=ALL, days=30, **more: Any) -> Made:
    settle(person)
    return services.create(name="Nightly import", scopes=granted, days=days, by=person, **more)


def asks(secret: str, method: str = "GET", area: Area = Area.CONTENT):
    headers = {"Authorization": f"Bearer {secret}"}
    return Bearer(area)(RequestFactory().generic(method, "/v1/content", headers=headers))


# --- Who gets in --------------------------------------------------------------------------------------------------


def _expired(made: Made) -> str:
    made.token.expires_at = clock.now() - timedelta(seconds=1)
    store.save_token(made.token)
    return made.secret


def _revoked(made: Made) -> str:
    services.revoke(token_id=made.token.token_id, by=CARL)
    return made.secret


def _other_secret_with_its_id(made: Made) -> str:
    return secrets.new_secret(made.token.token_id)


REFUSED: dict[str, tuple[Callable[[Made], str], str]] = {
    "expired": (_expired, "expired"),
    "revoked": (_revoked, "revoked"),
    "never made": (lambda _made: secrets.new_secret(new_id()), "no such"),
    "the secret of another": (_other_secret_with_its_id, "no such"),
    "wrong checksum": (lambda made: made.secret[:-1] + ("a" if made.secret[-1] != "a" else "b"), "no such"),
    "a letter lost": (lambda made: made.secret[:-1], "no such"),
    "in capitals": (lambda made: made.secret.upper(), "not issued"),
    "only its prefix": (lambda _made: "ep_", "no such"),
    "with more behind it": (lambda made: made.secret + " \u0660", "no such"),
    "its digest": (lambda made: "ep_" + made.token.digest, "no such"),
    "very long": (lambda made: made.secret * 500, "no such"),
}


@pytest.mark.parametrize("how", REFUSED)
def test_what_is_no_token_any_more_opens_nothing(cloud, how):
    spoil, said = REFUSED[how]
    secret = spoil(make())
    for method in ("GET", "POST"):
        with pytest.raises(Unauthenticated, match=said):
            asks(secret, method)


@pytest.mark.parametrize(
    ("granted", "method", "area", "opens"),
    [
        (READING, "GET", Area.CONTENT, True),
        (READING, "HEAD", Area.CONTENT, True),
        (READING, "POST", Area.CONTENT, False),
        (READING, "DELETE", Area.CONTENT, False),
        (["content:write"], "POST", Area.CONTENT, True),
        (["content:write"], "GET", Area.CONTENT, False),
        (ALL, "GET", Area.LEARNING, False),
        (ALL, "GET", Area.ADMIN, False),
        (["search:read"], "GET", Area.SEARCH, True),
    ],
)
def test_a_token_does_what_it_was_made_for_and_nothing_else(cloud, granted, method, area, opens):
    secret = make(granted=granted).secret
    if opens:
        assert asks(secret, method, area) == CARL.__class__(CARL.user_id, "", CARL.role)
    else:
        with pytest.raises(ScopeMissing) as refused:
            asks(secret, method, area)
        assert f'scope="{refused.value.scope}"' in refused.value.headers["WWW-Authenticate"]


def test_it_is_the_role_at_the_time_that_counts(pool):
    rita, ana = pool["rita"], pool["ana"]
    secret = services.create(name="x", scopes=ALL, days=7, by=rita).secret
    assert asks(secret).role is Role.APPROVER

    people.change_role(user_id=rita.user_id, role=Role.VIEWER, by=ana)

    assert asks(secret, "POST").role is Role.VIEWER
    assert asks(secret).role is Role.VIEWER


def test_a_disabled_persons_tokens_are_over_for_good(pool, told):
    rita, ana = pool["rita"], pool["ana"]
    made = services.create(name="x", scopes=ALL, days=7, by=rita)
    assert asks(made.secret)

    people.disable(user_id=rita.user_id, by=ana)
    for method in ("GET", "POST"):
        with pytest.raises(Unauthenticated):
            asks(made.secret, method)
    people.enable(user_id=rita.user_id, by=ana)
    with pytest.raises(Unauthenticated, match="revoked"):
        asks(made.secret, "POST")
    assert [event.name for event in told] == ["token.created", "token.revoked"]


def test_an_account_disabled_in_cognito_itself_opens_nothing(pool):
    rita = pool["rita"]
    secret = services.create(name="x", scopes=ALL, days=7, by=rita).secret
    pool.ask("admin_disable_user", Username=rita.user_id)
    with pytest.raises(Unauthenticated, match="disabled"):
        asks(secret)


def test_what_another_process_remembers_bites_at_once_for_writes(cloud):
    made = make()
    asks(made.secret)
    remembered = services.memory.get(made.token.token_id)
    services.revoke(token_id=made.token.token_id, by=CARL)
    services.memory.put(made.token.token_id, ApiToken(**remembered.attribute_values | {"revoked_at": None}))

    assert asks(made.secret)  # for as long as sessions are remembered, too
    with pytest.raises(Unauthenticated):
        asks(made.secret, "POST")


def test_what_is_kept_opens_nothing(cloud):
    made = make()
    kept = str(store.find_token(made.token.token_id).attribute_values)
    assert made.secret not in kept and made.secret[30:62] not in kept
    assert made.secret.startswith("ep_") and secrets.token_id_in(made.secret) == made.token.token_id


@given(st.text(max_size=90))
def test_no_text_by_chance_is_a_token(text):
    assert secrets.token_id_in(text) == ""
    assert secrets.token_id_in("ep_" + text) == ""


# --- Making and ending --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "granted", "allowed"),
    [
        (VERA, ["content:read", "learning:write", "search:read"], True),
        (VERA, ["content:write"], False),
        (CARL, ["content:write"], True),
        (RITA, ["metadata:write"], False),
        (RITA, ["admin:read"], False),
        (ANA, ["admin:read", "admin:write", "metadata:write"], True),
        (ANA, ["search:write"], False),
        (ANA, ["everything"], False),
        (ANA, [], False),
    ],
)
def test_nobody_gives_a_token_more_than_she_has(cloud, person, granted, allowed):
    if allowed:
        assert make(person, granted).token.scopes == sorted(granted)
    else:
        with pytest.raises(Invalid) as refused:
            make(person, granted)
        assert set(refused.value.fields) == {"scopes"}


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"name": "  "}, "name"), ({"name": "x" * 61}, "name"), ({"days": 366}, "days"), ({"days": 0}, "days")],
)
def test_what_cannot_be_is_said_beside_its_field(cloud, changed, field):
    with pytest.raises(Invalid) as refused:
        services.create(**{"name": "x", "scopes": READING, "days": 30} | changed, by=CARL)
    assert set(refused.value.fields) == {field}


def test_sending_the_form_twice_makes_one_token(cloud):
    token_id = new_id()
    make(token_id=token_id)
    with pytest.raises(Stale, match="made already"):
        make(token_id=token_id)
    assert len(store.tokens_of(CARL.user_id)) == 1


def test_twenty_are_enough_and_a_revoked_one_makes_room(cloud):
    made = [make() for _ in range(store.MOST_AT_ONCE)]
    with pytest.raises(Refused, match="Revoke one"):
        make()
    services.revoke(token_id=made[0].token.token_id, by=CARL)
    assert make()


def test_making_and_revoking_are_told_and_noted_without_what_it_is(cloud, told):
    made = make()
    services.revoke(token_id=made.token.token_id, by=ANA)
    services.revoke(token_id=made.token.token_id, by=ANA)
    noted = audit_of_target(f"token:{made.token.token_id}").items
    assert [entry.action for entry in noted] == ["token.revoked", "token.created"]
    assert [(event.name, event.actor_id) for event in told] == [
        ("token.created", CARL.user_id),
        ("token.revoked", ANA.user_id),
    ]
    everything = str([entry.attribute_values for entry in noted] + [event.to_json() for event in told])
    assert made.secret not in everything and made.token.digest not in everything and "Nightly" not in everything


@pytest.mark.parametrize(("person", "may"), [(CARL, True), (ANA, True), (CORA, False), (RITA, False)])
def test_somebody_elses_token_does_not_exist_but_for_admins(cloud, person, may):
    token_id = make().token.token_id
    if may:
        assert services.revoke(token_id=token_id, by=person).revoked_at
    else:
        with pytest.raises(NotFound):
            services.revoke(token_id=token_id, by=person)
        assert services.is_open(store.find_token(token_id))


def test_a_revocation_wins_over_a_use_that_is_noted_in_the_same_moment(cloud):
    made = make()
    real, noted = store.revoke_token, []

    def used_meanwhile(token, *, audit):
        if not noted:
            noted.append(True)
            services.note_use(store.find_token(made.token.token_id, fresh=True))
        real(token, audit=audit)

    with patch.object(store, "revoke_token", used_meanwhile):
        services.revoke(token_id=made.token.token_id, by=CARL)
    late = made.token  # as it was read before
    services.note_use(late)
    found = store.find_token(made.token.token_id, fresh=True)
    assert found.revoked_at and found.last_used_at and noted


def test_its_use_is_noted_once_an_hour(cloud):
    made = make()
    asks(made.secret)
    first = store.find_token(made.token.token_id)
    asks(made.secret, "POST")
    assert store.find_token(made.token.token_id).rev == first.rev
    with clock.at(clock.now() + timedelta(minutes=61)):
        asks(made.secret, "POST")
        assert store.find_token(made.token.token_id).last_used_at > first.last_used_at


def test_who_has_one_that_ends_soon_is_told_once(cloud, told):
    made = {days: make(days=days).token for days in (7, 30, 365)}
    now = clock.now()
    said = []
    for day in range(31):
        before = len(told)
        services.warn_of_expiry(now + timedelta(days=day, minutes=1))
        said += [(event.object_id, day) for event in told[before:] if event.name == "token.expiring"]
    assert said == [(made[7].token_id, 6), (made[30].token_id, 23)]
    assert told[-1].props["user_id"] == CARL.user_id


def test_every_area_says_what_may_be_done_there():
    assert {scope.area for scope in scopes.SCOPES.values()} == set(Area)
    assert {name.partition(":")[2] for name in scopes.SCOPES} == {"read", "write"}
