"""Where a comment stands, and what may be written in one.

The id of a comment says it all: `readers-<id>` begins a thread among readers, `review-2-<id>` one about version 2, and
`<thread>-<id>` answers in it. So a conversation is one range of keys, oldest thread first, each followed by its answers.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from content.enums import Conversation
from core.errors import Invalid

MAX_TEXT = 2000
MAX_REASON = 1000
_TALK = r"(?:readers|review-[1-9][0-9]{0,8})"
_ID = re.compile(rf"(?P<thread>(?P<talk>{_TALK})-[0-9a-z]{{26}})(?:-[0-9a-z]{{26}})?")


@dataclass(frozen=True)
class Talk:
    """A conversation of an item; that of a review is about one `version`."""

    conversation: Conversation
    version: int | None = None

    @property
    def key(self) -> str:
        return self.conversation.value if self.version is None else f"{self.conversation}-{self.version}"

    def thread_id(self, made_id: str) -> str:
        return f"{self.key}-{made_id}"


READERS = Talk(Conversation.READERS)


@dataclass(frozen=True)
class Place:
    talk: Talk
    thread_id: str
    comment_id: str

    @property
    def is_reply(self) -> bool:
        return self.comment_id != self.thread_id

    @property
    def parent_id(self) -> str | None:
        return self.thread_id if self.is_reply else None


def review_of(version: int) -> Talk:
    return Talk(Conversation.REVIEW, version)


def talk_of(key: str) -> Talk | None:
    """The conversation of this key, None for what is none."""
    if not re.fullmatch(_TALK, key, re.ASCII):
        return None
    conversation, _, version = key.partition("-")
    return Talk(Conversation(conversation), int(version) if version else None)


def place_of(comment_id: str) -> Place | None:
    """None for what is not the id of a comment."""
    found = _ID.fullmatch(comment_id)
    talk = talk_of(found["talk"]) if found else None
    return Place(talk, found["thread"], comment_id) if found and talk else None


def reply_id(thread_id: str, made_id: str) -> str:
    return f"{thread_id}-{made_id}"


def tidied(text: str) -> str:
    """Without what no keyboard types. Raises Invalid for nothing, and for more than fits."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(ch for ch in text if ch in "\n\t" or unicodedata.category(ch) not in {"Cc", "Cs"})
    tidy = re.sub(r"\n{3,}", "\n\n", kept).strip()
    if not any(ch.isprintable() and not ch.isspace() for ch in tidy):
        raise Invalid(fields={"text": "Write something first."})
    if len(tidy) > MAX_TEXT:
        raise Invalid(fields={"text": f"Use at most {MAX_TEXT:,} characters; this has {len(tidy):,}."})
    return tidy
