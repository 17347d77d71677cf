"""What the library tells the pages about people and the audit log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts import trail, visibility
from accounts.about import Fact, tells_about_people
from accounts.permissions import Permission, can
from accounts.person import Person
from accounts.trail import Noun, Thing
from accounts.visibility import Subject
from content import permissions, store
from content.access import items_for_reading
from content.documents import KIND
from content.enums import STATUS_LABELS
from content.history import WORDS
from content.permissions import clauses_for
from content.services import comments
from core import clock
from core.index import index
from core.index.documents import Query
from core.pages import Action


@tells_about_people
def owned(viewer: Person, user_ids: Sequence[str]) -> Mapping[str, Fact]:
    """One question to the index for all of them."""
    query = Query(
        allowed=clauses_for(viewer),
        now=clock.now(),
        kinds=frozenset({KIND}),
        filters={"owner": frozenset(user_ids)},
        facets=("owner",),
        limit=1,
    )
    counts = index().search(query).facets.get("owner", {})
    return {user_id: _owns(viewer, user_id, counts[user_id]) for user_id in user_ids if counts.get(user_id)}


def _owns(viewer: Person, user_id: str, count: int) -> Fact:
    states = "".join(
        f"&status={state}" for state in ("Draft", "InReview", "Approved", "Scheduled", "Deprecated", "Expired")
    )
    hand_over = Action(gettext("Hand over what they own"), reverse("hand-over", args=[user_id]), "arrow-right-left")
    return Fact(
        gettext("Owns"),
        ngettext("%d item", "%d items", count) % count,
        f"{reverse('content:library')}?owner={user_id}{states}",
        (hand_over,) if can(viewer, Permission.PEOPLE_MANAGE) else (),
        owned=True,
    )


def _described(viewer: Person, content_ids: Sequence[str]) -> Mapping[str, Thing]:
    found = items_for_reading(viewer, content_ids)
    return {item.content_id: Thing(item.title, reverse("content:item", args=[item.content_id])) for item in found}


def _subject(content_id: str) -> Subject:
    item, now = store.item_by_id(content_id), clock.now()
    involved = {item.owner_user_id: gettext("owns it")} | {one: gettext("edits it, too") for one in item.editor_ids}
    state = gettext(STATUS_LABELS[permissions.status_of(item, now)])
    return Subject(
        item.title, reverse("content:item", args=[content_id]), state, permissions.fields_of(item, now), involved
    )


visibility.register("content", visibility.Noun(_("Item"), _subject, clauses_for))

_SAID = {
    "comment.posted": _("commented"),
    "comment.edited": _("changed a comment"),
    "comment.removed": _("removed a comment"),
    "comment.resolved": _("marked a thread as resolved"),
    "comment.reopened": _("opened a thread again"),
}


def _comments(viewer: Person, audit_ids: Sequence[str]) -> Mapping[str, Thing]:
    """Under the titles of their items."""
    places = {one: one.partition(".")[0] for one in audit_ids}
    items = {item.content_id: item for item in items_for_reading(viewer, list(dict.fromkeys(places.values())))}
    return {
        one: Thing(items[content_id].title, reverse("content:comments", args=[content_id]))
        for one, content_id in places.items()
        if content_id in items
    }


trail.register(comments.OBJECT, Noun(_("Comment"), _SAID, _comments))
trail.register("content", Noun(_("Item"), {action: words for action, (words, *_rest) in WORDS.items()}, _described))
