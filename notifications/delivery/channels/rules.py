"""Which events a channel can hear of, and how they are written there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MAX_TITLE = 150
GONE = {400, 403, 404, 410}
"""Slack's answers to a webhook that was taken away, or whose channel was."""


@dataclass(frozen=True)
class Topic:
    """`says` stands above the thing's title; `nouns` is what the first word of an event's name calls it."""

    label: str | Promise
    says: str | Promise
    events: Sequence[str]
    for_approvers: bool = False


TOPICS: Mapping[str, Topic] = {
    "library": Topic(
        _("New and updated in the library"), _("In the library now"), ("content.approved", "content.went_live")
    ),
    "retired": Topic(
        _("Deprecated and expired items"), _("Use it no longer"), ("content.deprecated", "content.expired")
    ),
    "learning": Topic(_("Published courses and paths"), _("To be learned now"), ("course.published", "path.published")),
    "review": Topic(_("Items that wait for review"), _("Waits for review"), ("content.submitted",), True),
}


def topic_of(event_name: str) -> str | None:
    return next((name for name, topic in TOPICS.items() if event_name in topic.events), None)


def message(says: str, title: str, url: str, open_it: str) -> dict[str, Any]:
    """Block Kit. What people wrote is plain text there, in which nothing is a link, a mention or a style."""
    title = " ".join(title.split())[:MAX_TITLE]
    return {
        "text": escaped(f"{says}: {title}"),
        "unfurl_links": False,
        "blocks": [
            {"type": "context", "elements": [{"type": "plain_text", "text": says, "emoji": False}]},
            {
                "type": "section",
                "text": {"type": "plain_text", "text": title, "emoji": False},
                "accessory": {
                    "type": "button",
                    "text": {"type": "plain_text", "text": open_it, "emoji": False},
                    "url": url,
                    "action_id": "open",
                },
            },
        ],
    }


def escaped(text: str) -> str:
    """As Slack asks: nothing in it calls a channel or links anywhere."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
