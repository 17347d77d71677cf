from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook as Verifier

from core import clock
from core.events import Event
from webhooks import sealing, signing
from webhooks.rules import catalogue, retries

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


@given(st.integers(1, 40), st.one_of(st.none(), st.integers(0, 10**6)))
def test_a_next_try_is_ahead_and_never_far(tries, wished):
    at = retries.next_try(tries, NOW, wished=None if wished is None else timedelta(seconds=wished))
    if tries >= retries.MOST_TRIES:
        assert at is None
    else:
        assert NOW < at <= NOW + max(retries.PAUSES) * (1 + retries.SPREAD)


@given(st.text(max_size=20))
def test_whatever_stands_in_retry_after_is_seconds_or_nothing(text):
    wish = retries.wish_of(text)
    assert wish is None or timedelta() <= wish < timedelta(days=12)


@given(st.lists(st.sampled_from(sorted(catalogue.PATTERNS))))
def test_tidying_changes_nothing_of_what_is_heard(patterns):
    tidy = catalogue.tidied(patterns)
    assert catalogue.tidied(tidy) == tidy and len(tidy) == len(set(tidy))
    for names in catalogue.CATALOGUE.values():
        for name in names:
            assert catalogue.wants(tidy, name) == catalogue.wants(patterns, name)


@given(st.dictionaries(st.text(max_size=8), st.one_of(st.text(max_size=20), st.integers(), st.booleans()), max_size=4))
def test_whatever_an_event_says_is_signed_so_that_others_can_check_it(props):
    event, secret = Event("content.approved", "ü\u2028", "x", props, at=clock.now()), sealing.new_secret()
    body = signing.body_of(event)
    headers = signing.headers_for(event.event_id, body, [sealing.new_secret(), secret], clock.now())
    assert Verifier(secret).verify(body.encode(), dict(headers))["data"]["props"] == props
