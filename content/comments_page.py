"""The conversations of an item as their page shows them, and the part of it on the pages of the item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from accounts.person import Person
from accounts.store import names_of
from content import permissions
from content.comment_forms import CommentForm
from content.models import ContentComment, ContentItem
from content.rules import comments as rules
from content.rules.comments import Place, Talk
from content.store import comments as store
from content.store.comments import Stretch
from core import clock

_LONG = 100
"""Comments on the page of one that is linked to: so that its thread is seen from the beginning."""


@dataclass(frozen=True)
class Shown:
    """A comment. One that was removed says nothing but that."""

    comment_id: str
    author: str
    part: str
    """What its author is to the item, where readers want to know it."""
    text: str
    at: datetime
    edited_at: datetime | None
    removed: bool
    may_edit: bool
    may_remove: bool


@dataclass(frozen=True)
class Thread:
    """`begins` is False where its earlier answers stand on the page before."""

    first: Shown
    replies: Sequence[Shown]
    begins: bool
    resolved_at: datetime | None
    resolved_by: str


@dataclass(frozen=True)
class TalkPage:
    talk: Talk
    title: str
    about: str
    tabs: Sequence[Mapping[str, object]]
    threads: Sequence[Thread]
    here: str
    """The address that shows this again; forms are sent there."""
    earlier: str
    later: str
    newest: str
    first: str
    closed: str
    may_resolve: bool
    said: str
    """What was just done."""
    at: str
    """The thread of the comment that was asked for, if it was one."""
    unplaced: bool
    unplaced_text: str
    """What was not taken, and belongs into no thread on this page."""

    @property
    def query(self) -> str:
        return self.here.partition("?")[2]

    @property
    def permalink(self) -> str:
        """The id of a comment completes it."""
        return f"{self.here.partition('?')[0]}?of={self.talk.key}&at="


def talk_page(
    person: Person, item: ContentItem, talk: Talk, asked: QueryDict, form: CommentForm, *, said: str = ""
) -> TalkPage:
    stretch, here = _stretch(item.content_id, talk, asked)
    comments = list(stretch.comments)
    head = _missing_head(item.content_id, comments)
    known = [*([head] if head else []), *comments]
    names = names_of(user_id for one in known for user_id in (one.author_user_id, one.resolved_by))
    show = _Showing(person, item, names)
    threads = list(show.threads(known, continued=bool(head), more=bool(stretch.later)))
    now = clock.now()
    unplaced = bool(form.errors) and form.data.get("parent_id") not in {one.first.comment_id for one in threads}
    closed = permissions.why_closed(item, talk, now)
    return TalkPage(
        talk=talk,
        title=title_of(talk),
        about=_about(talk),
        tabs=_tabs(person, item, talk, now),
        threads=threads,
        here=address(item.content_id, talk, **here),
        earlier=address(item.content_id, talk, before=stretch.earlier) if stretch.earlier else "",
        later=address(item.content_id, talk, cursor=stretch.later) if stretch.later else "",
        newest=address(item.content_id, talk, newest="1") if stretch.later else "",
        first=address(item.content_id, talk) if stretch.earlier else "",
        closed=gettext(closed) if closed else "",
        may_resolve=permissions.is_looked_after_by(person, item),
        said=said,
        at=getattr(rules.place_of(here.get("at", "")), "thread_id", ""),
        unplaced=unplaced,
        unplaced_text=str(form.data.get("text", "")) if unplaced else "",
    )


def title_of(talk: Talk) -> str:
    if talk.version is None:
        return gettext("Readers")
    return gettext("Review of version %d") % talk.version


def address(content_id: str, talk: Talk, **query: str | None) -> str:
    """Of a place in a conversation."""
    wanted = urlencode({"of": talk.key} | {name: value for name, value in query.items() if value})
    return f"{reverse('content:comments', args=[content_id])}?{wanted}"


def address_of(content_id: str, place: Place) -> str:
    """Where a comment stands, with what was said around it."""
    return f"{address(content_id, place.talk, at=place.comment_id)}#{place.comment_id}"


def _about(talk: Talk) -> str:
    if talk.version is None:
        return gettext("Everybody who can see this item can read and answer here.")
    return gettext("Only its editors can read this, and Approvers once it is submitted.")


def _tabs(person: Person, item: ContentItem, talk: Talk, now: datetime) -> list[Mapping[str, object]]:
    """None where there is nothing to choose: then nothing tells that there could be."""
    found = permissions.talks_open_to(person, item, now)
    found += [] if talk in found else [talk]
    if len(found) == 1:
        return []
    return [{"label": title_of(one), "url": address(item.content_id, one), "current": one == talk} for one in found]


def _stretch(content_id: str, talk: Talk, asked: QueryDict) -> tuple[Stretch, dict[str, str]]:
    """Raises Invalid for a cursor that leads nowhere."""
    place = rules.place_of(asked.get("at", ""))
    if place and place.talk == talk:
        return _around(content_id, place), {"at": place.comment_id}
    if asked.get("newest"):
        return store.stretch_before(content_id, talk), {"newest": "1"}
    if before := asked.get("before"):
        found = store.stretch_before(content_id, talk, before)
        if found.comments:
            return found, {"before": before}
    cursor = asked.get("cursor") or ""
    return store.stretch_after(content_id, talk, cursor or None), {"cursor": cursor}


def _around(content_id: str, place: Place) -> Stretch:
    """The first page if it is there, else from the beginning of its thread, or of what is too long for that."""
    first = store.stretch_after(content_id, place.talk)
    if not _is_beyond(first, place):
        return first
    found = store.stretch_from(content_id, place.talk, place.thread_id, limit=_LONG)
    return store.stretch_from(content_id, place.talk, place.comment_id) if _is_beyond(found, place) else found


def _is_beyond(found: Stretch, place: Place) -> bool:
    return bool(found.later and found.comments[-1].comment_id < place.comment_id)


def _missing_head(content_id: str, comments: Sequence[ContentComment]) -> ContentComment | None:
    """The beginning of the thread in whose midst the page begins."""
    place = rules.place_of(comments[0].comment_id) if comments else None
    return store.find_comment(content_id, place.thread_id) if place and place.is_reply else None


@dataclass(frozen=True)
class _Showing:
    person: Person
    item: ContentItem
    names: Mapping[str, str]

    def threads(self, comments: Sequence[ContentComment], *, continued: bool, more: bool) -> Iterator[Thread]:
        """Without what was removed before anybody answered it, or while the last answer was."""
        groups = [list(group) for _, group in groupby(comments, key=_thread_of)]
        for number, (first, *replies) in enumerate(groups):
            is_cut = more and number == len(groups) - 1
            if first.removed_at and not replies and not is_cut:
                continue
            yield Thread(
                first=self.shown(first),
                replies=[self.shown(one) for one in replies],
                begins=not (continued and number == 0),
                resolved_at=first.resolved_at,
                resolved_by=self.names.get(first.resolved_by or "", ""),
            )

    def shown(self, comment: ContentComment) -> Shown:
        removed = comment.removed_at is not None
        return Shown(
            comment_id=comment.comment_id,
            author="" if removed else self.names.get(comment.author_user_id or "", gettext("Former colleague")),
            part=self._part(comment.author_user_id),
            text=comment.text,
            at=comment.created_at,
            edited_at=comment.edited_at,
            removed=removed,
            may_edit=not removed and comment.author_user_id == self.person.user_id,
            may_remove=not removed and permissions.may_remove_comment(self.person, comment),
        )

    def _part(self, user_id: str | None) -> str:
        if user_id == self.item.owner_user_id:
            return gettext("Owner")
        return gettext("Co-editor") if user_id and user_id in self.item.editor_ids else ""


def _thread_of(comment: ContentComment) -> str:
    place = rules.place_of(comment.comment_id)
    return place.thread_id if place else comment.comment_id
