"""Mails at once and in digests: to whom, when, once, and of nothing that she may not see."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from accounts import services as accounts
from accounts.services.notices import set_notices
from core import clock
from core.aws import mail as ses
from core.errors import Unavailable
from notifications.delivery import store
from notifications.delivery.enums import MailingState, Rhythm
from notifications.delivery.jobs import digest, mail
from notifications.delivery.services import preferences, waiting
from notifications.delivery.services.sending import send_due
from notifications.tests.mailing import DAILY, MUST, NEWS, TUESDAY, with_profile

MORNING = TUESDAY.replace(hour=13)  # eight in New York
NEXT_MORNING = MORNING + timedelta(days=1)
MONDAY = MORNING + timedelta(days=6)


@pytest.fixture
def vera(people):
    return with_profile(people["vera"])


def titles(post) -> list[str]:
    return [line.removeprefix("- ") for sent in post.sent for line in sent.text.splitlines() if line.startswith("- ")]


def run_until(moment: datetime, since: datetime = TUESDAY) -> None:
    """Both jobs, every hour."""
    while since <= moment:
        with clock.at(since):
            mail(since)
            digest(since)
        since += timedelta(hours=1)


def test_what_she_wants_at_once_is_mailed_at_once_and_once(inbox, post, vera):
    inbox.add(vera, MUST, "Onboarding")
    assert mail(TUESDAY) == "1 sent"
    assert mail(TUESDAY) == mail(TUESDAY + timedelta(minutes=1)) == "0 sent"
    (sent,) = post.sent
    assert sent.to == "vera.viewer@gravyty.com"
    assert sent.subject == "Assignments – Enablement Portal"
    assert "Onboarding" in sent.text and "Onboarding" in sent.html


def test_a_digest_waits_for_her_morning_and_an_empty_one_is_not_sent(inbox, post, vera):
    inbox.add(vera, DAILY, "Battle card")
    assert digest(MORNING - timedelta(seconds=1)) == "0 sent"
    assert digest(MORNING) == "1 sent"
    run_until(MONDAY, MORNING)
    assert len(post.sent) == 1
    assert post.sent[0].subject == "Your day in the Enablement Portal"


def test_morning_is_hers_wherever_she_lives_and_follows_her_when_she_moves(inbox, post, people):
    vera = with_profile(people["vera"], "Pacific/Kiritimati")  # fourteen hours ahead: it is Wednesday there
    inbox.add(vera, DAILY, "Battle card")
    accounts.set_preferences(by=vera, time_zone="Pacific/Pago_Pago")  # eleven hours behind
    waiting.move_to_zone(vera.user_id, TUESDAY)
    assert digest(TUESDAY.replace(hour=18)) == "0 sent"
    assert digest(TUESDAY.replace(hour=19)) == "1 sent"
    assert len(post.sent) == 1


def test_each_kind_comes_in_its_own_rhythm_and_nothing_is_lost_or_told_twice(inbox, post, vera):
    for number in range(7):
        for kind in (MUST, DAILY, NEWS):
            inbox.add(vera, kind, f"{kind.key} {number}")
    run_until(MONDAY)
    assert [sent.tags["rhythm"] for sent in post.sent] == ["now", "daily", "weekly"]
    assert titles(post).count("and 2 more") == 3
    shown = [title for title in titles(post) if title != "and 2 more"]
    assert len(shown) == len(set(shown)) == 15


def test_what_she_chooses_meanwhile_holds_for_what_waits_already(inbox, post, vera):
    inbox.add(vera, DAILY, "Moved")
    inbox.add(vera, NEWS, "Dropped")
    preferences.choose(by=vera, rhythms={DAILY.key: Rhythm.WEEKLY, NEWS.key: Rhythm.OFF}, now=TUESDAY)
    run_until(MONDAY)
    assert [(sent.tags["rhythm"], "Moved" in sent.text, "Dropped" in sent.text) for sent in post.sent] == [
        ("weekly", True, False)
    ]


def test_what_she_may_no_longer_see_is_not_named(inbox, post, vera):
    hidden, _seen = inbox.add(vera, DAILY, "Secret launch"), inbox.add(vera, DAILY, "Battle card")
    inbox.hidden.add(hidden.key)
    digest(MORNING)
    (sent,) = post.sent
    assert "Secret" not in sent.text + sent.html + sent.subject and "Battle card" in sent.text
    assert "more" not in sent.text.split("Battle card")[1].split("See all")[0]


def test_nothing_is_sent_when_all_of_it_is_hidden(inbox, post, vera):
    inbox.hidden.add(inbox.add(vera, DAILY, "Secret launch").key)
    assert digest(MORNING) == "1 empty"
    assert post.sent == []


def test_nobody_is_written_to_whose_account_is_closed_or_gone_or_of_another_domain(inbox, post, people, settings):
    vera, carl, rita = (with_profile(people[name]) for name in ("vera", "carl", "rita"))
    for person in (vera, carl, rita):
        inbox.add(person, MUST, "Onboarding")
    people.ask("admin_disable_user", Username=vera.user_id)
    people.ask("admin_delete_user", Username=carl.user_id)
    address = [{"Name": "email", "Value": "rita@elsewhere.example"}]
    people.ask("admin_update_user_attributes", Username=rita.user_id, UserAttributes=address)
    assert mail(TUESDAY) == "3 unwanted"
    assert post.sent == []


def test_many_are_looked_up_in_pages_and_get_what_each_may_have(inbox, post, people, monkeypatch):
    monkeypatch.setattr("notifications.delivery.addresses.ONE_BY_ONE", 1)
    roles = {}
    monkeypatch.setattr(
        "notifications.delivery.services.sending.lines_for",
        lambda person, keys: roles.setdefault(person.role.value, person) and inbox.read(person, keys),
    )
    for name in ("vera", "carl", "ana"):
        inbox.add(with_profile(people[name]), MUST, f"For {name}")
    assert mail(TUESDAY) == "3 sent"
    assert {sent.to.partition(".")[0]: sent.text.count("For ") for sent in post.sent} == {
        "vera": 1,
        "carl": 1,
        "ana": 1,
    }
    assert set(roles) == {"Viewer", "Contributor", "Admin"}


def test_a_busy_post_office_is_asked_again_later_and_the_mail_goes_out_once(inbox, post, vera):
    inbox.add(vera, MUST, "Onboarding")
    post.fails += [Unavailable(), Unavailable()]
    assert mail(TUESDAY) == "1 waiting"
    assert mail(TUESDAY + timedelta(seconds=59)) == "0 sent"
    assert mail(TUESDAY + timedelta(minutes=1)) == "1 waiting"
    assert mail(TUESDAY + timedelta(minutes=5)) == "0 sent"
    assert mail(TUESDAY + timedelta(minutes=6)) == "1 sent"
    assert len(post.sent) == 1 and "Onboarding" in post.sent[0].text


@pytest.mark.parametrize(
    ("failure", "outcome"), [(ses.Unanswered(), "1 unsure"), (ses.NotAccepted("MessageRejected"), "1 refused")]
)
def test_a_mail_that_may_have_gone_out_or_never_will_is_not_sent_again(inbox, post, vera, failure, outcome):
    inbox.add(vera, MUST, "Onboarding")
    post.fails.append(failure)
    assert mail(TUESDAY) == outcome
    run_until(MONDAY, TUESDAY + timedelta(hours=1))
    assert post.sent == []


def test_a_worker_that_dies_while_it_sends_is_not_followed_by_a_second_mail(inbox, post, vera, monkeypatch):
    inbox.add(vera, MUST, "Onboarding")
    post_send = post.send

    def dying(message):
        post_send(message)
        raise KeyboardInterrupt

    monkeypatch.setattr("core.aws.mail.send", dying)
    with pytest.raises(KeyboardInterrupt):
        mail(TUESDAY)
    run_until(MONDAY, TUESDAY + timedelta(hours=1))
    assert len(post.sent) == 1


def test_of_two_workers_one_sends(inbox, post, vera):
    inbox.add(vera, MUST, "Onboarding")
    (first,), (second,) = store.due("now", TUESDAY, 10), store.due("now", TUESDAY, 10)
    rows = store.waiting_of(vera.user_id, TUESDAY)
    assert store.take(first, rows, TUESDAY)
    assert not store.take(second, rows, TUESDAY)


def test_what_comes_in_while_a_mail_is_made_comes_with_the_next(inbox, post, vera, monkeypatch):
    inbox.add(vera, DAILY, "First")
    take = store.take

    def take_slowly(mailing, rows, now):
        inbox.add(vera, DAILY, "Second", MORNING - timedelta(seconds=1))
        monkeypatch.setattr(store, "take", take)
        return take(mailing, rows, now)

    monkeypatch.setattr(store, "take", take_slowly)
    digest(MORNING)
    digest(NEXT_MORNING)
    assert titles(post) == ["First", "Second"]


def test_one_person_whose_mail_cannot_be_made_keeps_nobody_waiting(inbox, post, people, monkeypatch):
    vera, carl = with_profile(people["vera"]), with_profile(people["carl"])
    for person in (vera, carl):
        inbox.add(person, MUST, "Onboarding")
    read = inbox.read

    def broken(person, keys):
        if person.user_id == vera.user_id:
            raise ValueError
        return read(person, keys)

    monkeypatch.setattr("notifications.delivery.services.sending.lines_for", broken)
    assert mail(TUESDAY) == "1 sent, 1 waiting"
    assert [sent.to for sent in post.sent] == ["carl.contributor@gravyty.com"]


def test_cognito_out_of_breath_leaves_everything_as_it_was(inbox, post, vera, monkeypatch):
    inbox.add(vera, MUST, "Onboarding")

    def busy(_):
        raise Unavailable

    with monkeypatch.context() as patch:
        patch.setattr("notifications.delivery.services.sending.recipients", busy)
        with pytest.raises(Unavailable):
            mail(TUESDAY)
    assert mail(TUESDAY) == "1 sent"


def test_without_a_sender_nothing_is_taken(inbox, post, vera, settings):
    inbox.add(vera, MUST, "Onboarding")
    settings.MAIL_FROM = ""
    assert not send_due("now", TUESDAY)
    settings.MAIL_FROM = "portal@gravyty.com"
    assert send_due("now", TUESDAY) == {MailingState.SENT: 1}


def test_a_kind_that_may_not_be_off_comes_in_the_digest_whatever_is_kept_of_her_choice(inbox, post, vera):
    set_notices(user_id=vera.user_id, choose=lambda _: {MUST.key: "off"})
    inbox.add(vera, MUST, "Onboarding")
    assert mail(TUESDAY) == "0 sent"
    assert digest(MORNING) == "1 sent"
