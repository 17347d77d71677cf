"""What people say beside an item: ask, answer, mend what they wrote, take it back, and call a question settled."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from accounts.models import AuditEntry
from accounts.person import Person
from accounts.store import audit_entry
from content import permissions, store
from content.models import ContentComment, ContentItem
from content.rules import comments as rules
from content.rules.comments import Place, Talk
from content.services.drafts import readable
from content.store import comments as rows
from core import clock
from core.errors import Invalid, NotFound, Refused, Stale
from core.events import Event, telling
from core.ids import id_at

OBJECT = "comment"
"""What the audit log calls it: the history of an item is for more people than a comment in its review."""
_TRIES = 4
T = TypeVar("T")


def post(
    *, content_id: str, talk: Talk, text: str, by: Person, parent_id: str | None = None, made_id: str | None = None
) -> ContentComment:
    """Begins a thread, or answers in the one of `parent_id`. Raises NotFound, Refused, and Invalid for the text."""
    text = rules.tidied(text)
    made_id = made_id or id_at(clock.now())

    def add() -> ContentComment:
        item = _item(content_id, talk, by)
        if closed := permissions.why_closed(item, talk, clock.now()):
            raise Refused(closed)
        answers = _thread(content_id, talk, parent_id) if parent_id else None
        comment_id = rules.reply_id(answers.comment_id, made_id) if answers else talk.thread_id(made_id)
        now = clock.now()
        comment = ContentComment(
            content_id, comment_id, author_user_id=by.user_id, text=text, created_at=now, updated_at=now
        )
        entry = _entry("comment.posted", comment, by)
        with telling(_event("content.commented", comment, by)):
            rows.add(comment, answers=answers, audit=entry)
        return comment

    return _again_when_stale(add)


def edit(*, content_id: str, comment_id: str, text: str, seen_rev: int, by: Person) -> ContentComment:
    """Raises Stale when it was changed after `seen_rev` was read, by herself elsewhere or by who looks after the item."""
    text = rules.tidied(text)
    comment = find(content_id, comment_id, by, seen_rev)[1]
    permissions.check_change_comment(by, comment)
    if text == comment.text:
        return comment
    comment.text = text
    comment.edited_at = comment.updated_at = clock.now()
    with telling(_event("content.comment_edited", comment, by)):
        rows.save(comment, audit=_entry("comment.edited", comment, by))
    return comment


def resolve(
    *, content_id: str, comment_id: str, resolved: bool, by: Person, seen_rev: int | None = None
) -> ContentComment:
    """Marks a thread as settled, or open again; what is so already stays."""

    def mark() -> ContentComment:
        item, comment = find(content_id, comment_id, by, seen_rev)
        if _place(comment).is_reply:
            raise Invalid("A thread is resolved as a whole, by its first comment.")
        if not permissions.is_looked_after_by(by, item):
            raise Refused("Only its owner, its co-editors, Approvers and Admins can do this.")
        if bool(comment.resolved_at) == resolved:
            return comment
        comment.updated_at = clock.now()
        comment.resolved_at, comment.resolved_by = (comment.updated_at, by.user_id) if resolved else (None, None)
        done = "resolved" if resolved else "reopened"
        with telling(_event(f"content.comment_{done}", comment, by)):
            rows.save(comment, audit=_entry(f"comment.{done}", comment, by))
        return comment

    return _again_when_stale(mark, unless=seen_rev is not None)


def remove(*, content_id: str, comment_id: str, by: Person, reason: str = "", seen_rev: int | None = None) -> None:
    """One's own, or as an Admin with a reason. What was answered leaves its place, the rest is gone.

    It is emptied first: from then on nobody can answer it, so that no answer is left without what it answers.
    """

    def take_away() -> ContentComment:
        _, comment = find(content_id, comment_id, by, seen_rev)
        permissions.check_remove_comment(by, comment)
        said = _reason(reason) if comment.author_user_id != by.user_id else None
        place, entry = _place(comment), _entry("comment.removed", comment, by, reason=said)
        with telling(_event("content.comment_removed", comment, by)):
            if place.is_reply:
                rows.delete(comment, audit=entry)
            else:
                _empty(comment)
                rows.save(comment, audit=entry)
        return comment

    gone = _again_when_stale(take_away, unless=seen_rev is not None)
    _clear(content_id, _place(gone).thread_id)


def find(
    content_id: str, comment_id: str, by: Person, seen_rev: int | None = None
) -> tuple[ContentItem, ContentComment]:
    """Read afresh for changing. Raises NotFound, too, for what is hidden or was removed; Stale as `drafts.readable`."""
    place = rules.place_of(comment_id)
    if place is None:
        raise NotFound
    item = _item(content_id, place.talk, by)
    comment = rows.comment_by_id(content_id, comment_id)
    if comment.removed_at:
        raise NotFound
    if seen_rev is not None and seen_rev != comment.rev:
        raise Stale("This comment was changed meanwhile. Look at it, then decide again.")
    return item, comment


def is_open_to(person: Person, item: ContentItem, talk: Talk) -> bool:
    """Whether she may read there. Of a version that is no longer in work it takes a look at that version."""
    past = talk.version is not None and talk.version != item.work_version
    version = store.find_version(item.content_id, int(talk.version or 0)) if past else None
    return permissions.can_read_talk(person, item, talk, clock.now(), version)


def _item(content_id: str, talk: Talk, by: Person) -> ContentItem:
    item = readable(content_id, by)
    if not is_open_to(by, item, talk):
        raise NotFound
    return item


def _thread(content_id: str, talk: Talk, parent_id: str) -> ContentComment:
    """What is answered: the thread of this conversation, whichever comment in it is named."""
    place = rules.place_of(parent_id)
    if place is None or place.talk != talk:
        raise NotFound
    first = rows.find_comment(content_id, place.thread_id)
    if first is None or first.removed_at:
        raise Stale("What you are answering was removed meanwhile. You can post this as a comment of its own.")
    return first


def _again_when_stale(write: Callable[[], T], *, unless: bool = False) -> T:
    """For what does not depend on what somebody else has changed in this very moment."""
    for _try in range(0 if unless else _TRIES - 1):
        with suppress(Stale):
            return write()
    return write()


def _empty(comment: ContentComment) -> None:
    comment.removed_at = comment.updated_at = clock.now()
    comment.text, comment.author_user_id = "", None
    comment.edited_at = comment.resolved_at = comment.resolved_by = None


def _clear(content_id: str, thread_id: str) -> None:
    """The place of what was removed goes with the last answer. If this is cut short, pages leave it out."""
    first = rows.find_comment(content_id, thread_id)
    if first and first.removed_at and not rows.has_replies(first):
        with suppress(Stale):  # the last answer was removed by two at once
            rows.clear_place(first)


def _reason(reason: str) -> str:
    tidy = " ".join(reason.split())
    if not tidy:
        raise Invalid(fields={"reason": "Say why: the audit log keeps it."})
    if len(tidy) > rules.MAX_REASON:
        raise Invalid(fields={"reason": f"Use at most {rules.MAX_REASON:,} characters."})
    return tidy


def _place(comment: ContentComment) -> Place:
    place = rules.place_of(comment.comment_id)
    assert place is not None, "only ids of comments are ever written"
    return place


def _event(name: str, comment: ContentComment, by: Person) -> Event:
    place = _place(comment)
    props = {
        "comment_id": comment.comment_id,
        "conversation": place.talk.conversation.value,
        "version": place.talk.version,
        "parent_id": place.parent_id,
    }
    return Event(name, comment.content_id, by.user_id, props)


def _entry(action: str, comment: ContentComment, by: Person, **details: Any) -> AuditEntry:
    version = _place(comment).talk.version
    return audit_entry(
        by=by, action=action, object_type=OBJECT, object_id=comment.audit_id, object_version=version, **details
    )
