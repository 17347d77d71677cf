"""Her choice of how often, the page it is made on, and the links that make it without signing in."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.store import profile_of
from core.aws import mail as ses
from core.errors import Invalid
from core.testing import VERA, sign_in
from core.work import tell
from notifications.delivery import links
from notifications.delivery.enums import Rhythm
from notifications.delivery.jobs import mail
from notifications.delivery.links import Subscribed
from notifications.delivery.services import preferences, trouble
from notifications.delivery.services.waiting import rhythm_of
from notifications.enums import Kind
from notifications.store.inbox import head_of
from notifications.tests.mailing import DAILY, KINDS, MUST, NEWS, TUESDAY, with_profile

PAGE = "/notifications/preferences/"


@pytest.fixture
def vera(cloud, inbox):
    return with_profile(VERA)


@pytest.fixture
def client(vera):
    return sign_in(Client(), vera)


def rhythms(person) -> list[str]:
    profile = profile_of(person.user_id)
    return [rhythm_of(profile, kind.key).value for kind in KINDS]


def link_to(person, came: Rhythm, kind: str = "") -> str:
    return links.unsubscribe(Subscribed(person.user_id, came, kind)).removeprefix(links.absolute(""))


def test_the_page_saves_what_she_chooses_and_leaves_the_rest(client, vera):
    assert rhythms(vera) == ["now", "daily", "weekly"]
    assert client.post(PAGE, {MUST.key: "daily", NEWS.key: "inbox"}).status_code == 303
    assert rhythms(vera) == ["daily", "daily", "off"]
    shown = client.get(PAGE).content.decode()
    assert '<option value="inbox" selected>' in shown and "America/New York" in shown


def test_a_mandatory_kind_has_no_choice_of_none_and_refuses_one(client, vera):
    assert client.get(PAGE).content.decode().count('value="inbox"') == 2
    assert client.post(PAGE, {MUST.key: "inbox"}).status_code == 400
    with pytest.raises(Invalid):
        preferences.choose(by=vera, rhythms={MUST.key: Rhythm.OFF}, now=TUESDAY)
    assert rhythms(vera) == ["now", "daily", "weekly"]


def test_what_she_wants_not_at_all_is_neither_in_her_inbox_nor_mailed_until_she_wants_it_again(cloud):
    vera = with_profile(VERA)
    client = sign_in(Client(), vera)

    def after(**ways: str) -> tuple[list[str], str]:
        assert client.post(PAGE, ways).status_code == 303
        rhythm = rhythm_of(profile_of(vera.user_id), Kind.RETIRED.value)
        return list(head_of(vera.user_id, fresh=True).muted), rhythm.value

    assert after(retired="nothing", assigned="now") == (["retired"], "off")
    assert client.get(PAGE).content.decode().count('<option value="nothing" selected>') == 1
    assert after(updated="inbox") == (["retired"], "off")
    assert after(retired="weekly") == ([], "weekly")
    assert client.post(PAGE, {"assigned": "nothing"}).status_code == 400


def test_every_kind_has_its_choice_in_one_section(cloud):
    page = sign_in(Client(), with_profile(VERA)).get(PAGE).content.decode()
    assert all(page.count(f'name="{kind}"') == 1 for kind in Kind)


def test_her_preferences_lead_there(client):
    assert PAGE in client.get("/accounts/preferences/").content.decode()


@pytest.mark.parametrize(
    ("came", "kind", "expected"),
    [
        (Rhythm.DAILY, DAILY.key, ["now", "off", "weekly"]),
        (Rhythm.NOW, MUST.key, ["daily", "daily", "weekly"]),
        (Rhythm.DAILY, MUST.key, ["weekly", "daily", "weekly"]),
        (Rhythm.NOW, "", ["daily", "daily", "weekly"]),
        (Rhythm.DAILY, "", ["now", "off", "weekly"]),
        (Rhythm.WEEKLY, "", ["now", "daily", "off"]),
    ],
)
def test_one_post_unsubscribes_without_signing_in_and_again_does_nothing_more(vera, came, kind, expected):
    url = link_to(vera, came, kind)
    for _again in range(2):
        # As RFC 8058 has it: no cookie, no token of a form, this one body.
        answer = Client(enforce_csrf_checks=True).post(
            url, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code == 200
        assert rhythms(vera) == expected


def test_looking_at_a_link_changes_nothing(vera):
    answer = Client().get(link_to(vera, Rhythm.DAILY, DAILY.key))
    assert "What you follow" in answer.content.decode() and "<form" in answer.content.decode()
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert rhythms(vera) == ["now", "daily", "weekly"]


@pytest.mark.parametrize(("came", "kind"), [(Rhythm.NOW, MUST.key), (Rhythm.DAILY, DAILY.key)])
def test_a_link_that_was_used_has_nothing_left_to_offer(vera, came, kind):
    url = link_to(vera, came, kind)
    assert "Get less mail?" in Client().get(url).content.decode()
    Client().post(url)
    assert "You have changed this already" in Client().get(url).content.decode()


def test_a_link_that_was_changed_or_is_of_a_forgotten_person_does_not_exist(vera):
    url = link_to(vera, Rhythm.DAILY, DAILY.key)
    sealed = url.split("/")[-2]
    head, seal = sealed.rsplit(":", 1)
    forged = [head + ":" + seal[::-1], head[:-2] + "xx:" + seal, sealed[1:], "made:up", "é"]
    gone = links.seal(Subscribed("nobody", Rhythm.DAILY, DAILY.key))
    unknown = links.seal(Subscribed(vera.user_id, Rhythm.DAILY, "no.such_kind"))
    for token in [*forged, gone, unknown]:
        for ask in (Client().get, Client().post):
            assert ask(f"/notifications/unsubscribe/{token}/").status_code == 404
    assert rhythms(vera) == ["now", "daily", "weekly"]


def feedback(person, kind: str, **told) -> None:
    sent = {"tags": {"person": [person.user_id], "rhythm": ["now"]}}
    tell({"source": ses.EVENT_SOURCE, "detail-type": kind, "detail": {"mail": sent, **told}})


def bounce(person, address: str, how: str = "Permanent") -> None:
    who = [{"emailAddress": address, "status": "5.1.1"}]
    feedback(person, ses.BOUNCED, bounce={"bounceType": how, "bouncedRecipients": who})


@pytest.fixture
def wilma(people, inbox):
    return with_profile(people["vera"])


ADDRESS = "Vera.Viewer@gravyty.com"


def test_mail_that_came_back_is_the_last_until_she_says_so(inbox, post, wilma):
    bounce(wilma, ADDRESS)
    inbox.add(wilma, MUST, "Onboarding")
    assert mail(TUESDAY) == "1 unwanted"
    client = sign_in(Client(), wilma)
    assert "Mail to you came back" in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}mail-again/").status_code == 303
    assert "came back" not in client.get(PAGE).content.decode()
    inbox.add(wilma, MUST, "Security", TUESDAY.replace(minute=5))
    assert mail(TUESDAY.replace(minute=5)) == "1 sent"


def test_a_complaint_ends_mail_too(inbox, post, wilma):
    feedback(wilma, ses.COMPLAINED, complaint={"complainedRecipients": [{"emailAddress": ADDRESS}]})
    inbox.add(wilma, MUST, "Onboarding")
    assert mail(TUESDAY) == "1 unwanted"
    assert "marked as junk" in sign_in(Client(), wilma).get(PAGE).content.decode()


@pytest.mark.parametrize("how", ["Transient", "Undetermined"])
def test_a_mailbox_that_is_full_today_is_written_to_again(inbox, post, wilma, how):
    bounce(wilma, ADDRESS, how)
    inbox.add(wilma, MUST, "Onboarding")
    assert mail(TUESDAY) == "1 sent"


def test_another_address_of_hers_is_written_to(inbox, post, wilma):
    bounce(wilma, "vera.maiden-name@gravyty.com")
    inbox.add(wilma, MUST, "Onboarding")
    assert mail(TUESDAY) == "1 sent"


def test_her_address_is_not_kept(wilma):
    bounce(wilma, ADDRESS)
    assert "gravyty" not in str(profile_of(wilma.user_id).attribute_values).casefold()


def test_feedback_that_says_nothing_of_use_is_let_be(cloud):
    for told in ({}, {"mail": None}, {"mail": {"tags": {"person": []}}}, {"bounce": {"bounceType": "Permanent"}}):
        trouble.bounced(told)
        trouble.complained(told)
