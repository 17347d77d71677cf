"""A mail with the portal's own rights into the local cloud's SES, and a bounce back through the queue that EventBridge fills."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest
import requests

from core.aws import mail as ses
from core.aws.local import demo
from core.aws.local.provision.clients import admin_client
from core.aws.policy import QUEUE
from tests.browser import commands

SAM = next(account for account in demo.ACCOUNTS if account.email.startswith("csm@"))


def sent(portal) -> list[dict[str, Any]]:
    told = requests.get(f"{portal.cloud_url}/_ministack/ses/messages").json()["messages"]
    return [message for messages in told.values() for message in messages if message["To"] == [SAM.email]]


def hand_over(portal, title: str) -> tuple[str, str]:
    printed = commands.run(portal, f"from notifications.tests.mail_by_hand import run; run({SAM.email!r}, {title!r})")
    return tuple(re.search(rf"^{word} (.+)$", printed, re.MULTILINE).group(1) for word in ("MAILED", "PERSON"))


def trouble_of(portal, user_id: str) -> str:
    printed = commands.run(portal, f"from notifications.tests.mail_by_hand import trouble; trouble({user_id!r})")
    return re.search(r"^TROUBLE (.+)$", printed, re.MULTILINE).group(1)


@pytest.fixture(scope="module")
def mailed(live_portal) -> tuple[str, str]:
    return hand_over(live_portal, "Prüfung & <Übung>")


def test_both_parts_arrive_and_the_subject_tells_nothing(live_portal, mailed):
    assert mailed[0] == "1 sent"
    (message,) = sent(live_portal)
    assert message["Source"].endswith("<portal@gravyty.com>")
    assert message["Subject"] == "Assignments – Enablement Portal"
    assert "Prüfung & <Übung>" in message["BodyText"]
    assert "Prüfung &amp; &lt;Übung&gt;" in message["BodyHtml"]


def test_a_bounce_is_heard_and_nothing_more_is_sent(live_portal, mailed):
    user_id = mailed[1]
    bounce = {"bounceType": "Permanent", "bouncedRecipients": [{"emailAddress": SAM.email}]}
    told = {
        "source": ses.EVENT_SOURCE,
        "detail-type": ses.BOUNCED,
        "detail": {"mail": {"tags": {"person": [user_id]}}, "bounce": bounce},
    }
    # As EventBridge leaves it there: in the name of SES nobody else may tell it anything.
    queue = admin_client("sqs", live_portal.cloud_url)
    queue.send_message(QueueUrl=queue.get_queue_url(QueueName=QUEUE)["QueueUrl"], MessageBody=json.dumps(told))
    until = time.monotonic() + 30
    while trouble_of(live_portal, user_id) != "bounced":
        assert time.monotonic() < until, "the bounce was not heard"
    assert hand_over(live_portal, "Once more")[0] == "1 unwanted"
    assert len(sent(live_portal)) == 1
