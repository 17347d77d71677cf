"""A mail with the portal's own rights into the local cloud's SES, and a bounce back through the queue that EventBridge fills."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
import requests

from core.aws import mail as ses
from core.aws.local.provision.clients import admin_client
from core.aws.policy import QUEUE
from tests.browser import commands

LEA = "lea.learner@gravyty.com"
"""Nobody else assigns her anything."""


def sent(portal) -> list[dict[str, Any]]:
    told = requests.get(f"{portal.cloud_url}/_ministack/ses/messages").json()["messages"]
    return [message for messages in told.values() for message in messages if message["To"] == [LEA]]


def eventually(asked: Callable[[], object]) -> object:
    until = time.monotonic() + 30
    while not (answer := asked()) and time.monotonic() < until:
        time.sleep(0.2)
    return answer


def arrived(portal) -> list[dict[str, Any]]:
    return eventually(lambda: sent(portal)) or []


def assign(portal, title: str) -> str:
    """Gives the learner's id."""
    printed = commands.run(portal, f"from notifications.tests.mail_by_hand import run; run({LEA!r}, {title!r})")
    return re.search(r"^PERSON (.+)$", printed, re.MULTILINE).group(1)


def trouble_of(portal, user_id: str) -> str:
    printed = commands.run(portal, f"from notifications.tests.mail_by_hand import trouble; trouble({user_id!r})")
    return re.search(r"^TROUBLE (.+)$", printed, re.MULTILINE).group(1)


@pytest.fixture(scope="module")
def mailed(live_portal) -> str:
    commands.make_account(live_portal, email=LEA, name="Lea Learner", group="Viewer")
    return assign(live_portal, "Prüfung & <Übung>")


def test_both_parts_arrive_and_the_subject_tells_nothing(live_portal, mailed):
    (message,) = arrived(live_portal)
    assert message["Source"].endswith("<portal@gravyty.com>")
    assert message["Subject"] == "Assignments – Enablement Portal"
    assert "Prüfung & <Übung>" in message["BodyText"]
    assert "Prüfung &amp; &lt;Übung&gt;" in message["BodyHtml"]


def test_a_bounce_is_heard_and_nothing_more_is_sent(live_portal, mailed):
    bounce = {"bounceType": "Permanent", "bouncedRecipients": [{"emailAddress": LEA}]}
    told = {
        "source": ses.EVENT_SOURCE,
        "detail-type": ses.BOUNCED,
        "detail": {"mail": {"tags": {"person": [mailed]}}, "bounce": bounce},
    }
    # As EventBridge leaves it there: in the name of SES nobody else may tell it anything.
    queue = admin_client("sqs", live_portal.cloud_url)
    queue.send_message(QueueUrl=queue.get_queue_url(QueueName=QUEUE)["QueueUrl"], MessageBody=json.dumps(told))
    assert eventually(lambda: trouble_of(live_portal, mailed) == "bounced"), "the bounce was not heard"
    assign(live_portal, "Once more")
    assert "Once more" not in "".join(message["BodyText"] for message in sent(live_portal))
