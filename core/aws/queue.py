"""The queue in which EventBridge leaves what other services tell."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

from core.aws.clients import client
from core.aws.errors import translated

logger = logging.getLogger(__name__)

WAIT_SECONDS = 5
"""Less than a client waits for an answer."""


def hear(url: str, tell: Callable[[Mapping[str, Any]], None], *, wait: int = WAIT_SECONDS) -> int:
    """Waits for messages and tells them; how many there were. One that cannot be told stays, and comes again later."""
    with translated():
        found = client("sqs").receive_message(QueueUrl=url, WaitTimeSeconds=wait, MaxNumberOfMessages=10)
    messages = found.get("Messages", [])
    for message in messages:
        try:
            tell(json.loads(message["Body"]))
        except Exception:  # the queue gives it again, and after some tries puts it aside
            logger.exception("message not told", extra={"message_id": message["MessageId"]})
            continue
        with translated():
            client("sqs").delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return len(messages)
