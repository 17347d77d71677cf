"""Comments, each stretch of a conversation one query; oldest thread first, each with its answers behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import AuditEntry
from content.models import ContentComment, ContentItem
from content.rules.comments import Talk
from core.aws.records import Check, Delete, Put, find, get, query, remove_unread, write
from core.paging import seal

AT_ONCE = 30
MOST_ASKED = 300
"""Of a thread or a conversation, when it is asked who has written there."""
_LAST = "~"
"""Sorts behind every id."""


@dataclass(frozen=True)
class Stretch:
    """Comments in their order, and the cursors that lead to what stands before and behind them."""

    comments: Sequence[ContentComment]
    earlier: str | None = None
    later: str | None = None


def comment_by_id(content_id: str, comment_id: str) -> ContentComment:
    """Raises NotFound."""
    return get(ContentComment, content_id, comment_id, consistent=True)


def find_comment(content_id: str, comment_id: str) -> ContentComment | None:
    return find(ContentComment, content_id, comment_id, consistent=True)


def stretch_after(content_id: str, talk: Talk, cursor: str | None = None, *, limit: int = AT_ONCE) -> Stretch:
    """From the first one on, or from behind a cursor."""
    found = query(ContentComment, content_id, scope=_onward(content_id, talk), cursor=cursor, limit=limit,
                  range_condition=_in(talk), consistent=True)  # fmt: skip
    return Stretch(found.items, _before(content_id, talk, found.items) if cursor else None, found.next_cursor)


def stretch_from(content_id: str, talk: Talk, comment_id: str, *, limit: int = AT_ONCE) -> Stretch:
    """From this comment on, whether or not it is still there."""
    condition = ContentComment.comment_id.between(comment_id, f"{talk.key}-{_LAST}")
    found = query(ContentComment, content_id, scope=_onward(content_id, talk), limit=limit,
                  range_condition=condition, consistent=True)  # fmt: skip
    return Stretch(found.items, _before(content_id, talk, found.items), found.next_cursor)


def stretch_before(content_id: str, talk: Talk, cursor: str | None = None, *, limit: int = AT_ONCE) -> Stretch:
    """The last ones, or the last before a cursor."""
    found = query(ContentComment, content_id, scope=_back(content_id, talk), cursor=cursor, limit=limit,
                  range_condition=_in(talk), consistent=True, newest_first=True)  # fmt: skip
    comments = list(reversed(found.items))
    later = seal(_onward(content_id, talk), _position(comments[-1])) if cursor and comments else None
    return Stretch(comments, found.next_cursor, later)


def authors_in(content_id: str, prefix: str) -> list[str]:
    """Who has written in a thread (its id) or a conversation (`talk.key`), in the order of their first comments."""
    found = query(ContentComment, content_id, scope=f"authors:{content_id}:{prefix}", limit=MOST_ASKED,
                  range_condition=ContentComment.comment_id.startswith(prefix))  # fmt: skip
    return list(dict.fromkeys(one.author_user_id for one in found.items if one.author_user_id))


def has_replies(comment: ContentComment) -> bool:
    prefix = f"{comment.comment_id}-"
    found = query(ContentComment, comment.content_id, scope=f"replies:{prefix}", limit=1, consistent=True,
                  range_condition=ContentComment.comment_id.startswith(prefix))  # fmt: skip
    return bool(found.items)


def add(comment: ContentComment, *, answers: ContentComment | None, audit: AuditEntry) -> None:
    """While the item is there, and the thread that it answers in. Raises Stale."""
    item = ContentItem(comment.content_id)
    checks = [Check(item, ContentItem.content_id.exists())]
    if answers:
        checks.append(Check(answers, ContentComment.content_id.exists() & ContentComment.removed_at.does_not_exist()))
    write(Put(comment), *checks, audit=[audit])


def save(comment: ContentComment, *, audit: AuditEntry) -> None:
    """Raises Stale."""
    write(Put(comment), audit=[audit])


def delete(comment: ContentComment, *, audit: AuditEntry) -> None:
    """Raises Stale."""
    write(Delete(comment), audit=[audit])


def clear_place(comment: ContentComment) -> None:
    """Of what was removed and has no answers any more: nobody can add one. Raises Stale."""
    write(Delete(comment, ContentComment.removed_at.exists()), audit=())


def forget_item(content_id: str) -> None:
    """All of an item that is gone: nothing leads to them any more, and nobody can add one."""
    while some := query(ContentComment, content_id, scope=f"of:{content_id}", limit=200, consistent=True).items:
        remove_unread(some)


def every_comment_of(content_id: str) -> Iterator[ContentComment]:
    """In the order of their ids; for demo data and tests, never within a request."""
    cursor = None
    while True:
        page = query(ContentComment, content_id, scope=f"of:{content_id}", cursor=cursor, limit=200)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def _in(talk: Talk) -> Any:
    return ContentComment.comment_id.startswith(f"{talk.key}-")


def _onward(content_id: str, talk: Talk) -> str:
    return f"comments:{content_id}:{talk.key}"


def _back(content_id: str, talk: Talk) -> str:
    return f"comments-back:{content_id}:{talk.key}"


def _before(content_id: str, talk: Talk, comments: Sequence[ContentComment]) -> str | None:
    return seal(_back(content_id, talk), _position(comments[0])) if comments else None


def _position(comment: ContentComment) -> Any:
    return {"content_id": {"S": comment.content_id}, "comment_id": {"S": comment.comment_id}}
