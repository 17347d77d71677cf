"""The queue for what other services tell, and the rules by which EventBridge fills it."""

from __future__ import annotations

import json
from typing import Any

from core.aws import mail
from core.aws.local.provision.clients import admin_client
from core.aws.policy import QUEUE
from core.outbox import bus

_MOST_TRIES = 5
_RULES = {
    "enablement-portal-transcribe": {
        "source": ["aws.transcribe"],
        "detail-type": ["Transcribe Job State Change"],
        "detail": {"TranscriptionJobStatus": ["COMPLETED", "FAILED"]},
    },
    "enablement-portal-mail": {"source": [mail.EVENT_SOURCE], "detail-type": [mail.BOUNCED, mail.COMPLAINED]},
    # Silent unless `EVENT_BUS=eventbridge`.
    "enablement-portal-own": {"source": [bus.SOURCE]},
}


def ensure(endpoint: str) -> dict[str, str]:
    sqs = admin_client("sqs", endpoint)
    aside = _arn(sqs, _queue(sqs, f"{QUEUE}-aside", {}))
    redrive = json.dumps({"deadLetterTargetArn": aside, "maxReceiveCount": str(_MOST_TRIES)})
    url = _queue(sqs, QUEUE, {"RedrivePolicy": redrive, "VisibilityTimeout": "60"})
    arn = _arn(sqs, url)
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(_policy(arn))})
    events = admin_client("events", endpoint)
    for name, pattern in _RULES.items():
        events.put_rule(Name=name, EventPattern=json.dumps(pattern), State="ENABLED")
        events.put_targets(Rule=name, Targets=[{"Id": "queue", "Arn": arn}])
    return {"EVENTS_QUEUE_URL": url}


def _queue(sqs: Any, name: str, attributes: dict[str, str]) -> str:
    """Creating one that is there with the same attributes gives the one that is there."""
    return str(sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"])


def _arn(sqs: Any, url: str) -> str:
    return str(sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"])


def _policy(arn: str) -> dict[str, Any]:
    allow = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn,
    }
    return {"Version": "2012-10-17", "Statement": [allow]}
