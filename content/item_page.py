"""The page of an item: all that it says and offers to this person, computed before any template runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import Profile
from accounts.permissions import Permission, can
from accounts.person import Person
from accounts.store import profiles_of
from content import permissions
from content.access import items_for_reading
from content.enums import Freshness, Move, Status
from content.labels import format_icon, format_label
from content.models import ContentItem, ContentVersion
from content.preview import Preview, preview_of
from content.rules.lifecycle import moves_from
from content.rules.review import freshness
from content.services import schedule
from core import clock, markup
from core.index import index
from core.index.documents import Query, Results
from core.offers import offered_on
from core.pages import Action
from metadata.store import by_id

__all__ = ["ItemPage", "day_of", "item_page", "preview_of"]

_ICONS = {
    Move.SUBMIT: "send",
    Move.WITHDRAW: "undo-2",
    Move.VERIFY: "shield-check",
    Move.DEPRECATE: "circle-alert",
    Move.EXPIRE: "archive",
    Move.RESTORE: "undo-2",
}


@dataclass(frozen=True)
class ItemPage:
    status: Status
    freshness: Freshness | None
    format: str
    icon: str
    suite: str
    hue: str
    product: str
    concept: str
    tags: Sequence[tuple[str, str]]
    owner: str
    approved_by: str
    verified_by: str
    reviewer_comment: str
    preview: Preview
    headings: Sequence[markup.Heading]
    primary: Action | None
    actions: Sequence[Action]
    replacement: ContentItem | None
    used_by: int
    favourite: bool
    profile: Profile | None
    last_day: date | None
    may_see_work: bool


def item_page(person: Person, item: ContentItem, version: ContentVersion) -> ItemPage:
    now = clock.now()
    people = [person.user_id, item.owner_user_id, item.approved_by, item.verified_by]
    profiles = profiles_of(user_id for user_id in people if user_id)
    names = {user_id: profile.display_name for user_id, profile in profiles.items()}
    status, options = permissions.status_of(item, now), by_id()
    suite = options.get(item.product_suite or "")
    mine = profiles.get(person.user_id)
    return ItemPage(
        status=status,
        freshness=freshness(item.next_review_at, now) if status is Status.APPROVED else None,
        format=gettext(format_label(item.format)),
        icon=format_icon(item.format),
        suite=suite.label if suite else "",
        hue=(suite.color if suite else None) or "slate",
        product=_label(options, item.product),
        concept=_label(options, item.product_concept),
        tags=[(tag, _label(options, tag)) for tag in item.tags if tag in options],
        owner=names.get(item.owner_user_id, gettext("Former colleague")),
        approved_by=names.get(item.approved_by or "", ""),
        verified_by=names.get(item.verified_by or "", ""),
        reviewer_comment=(version.review_comment or "") if item.work_version == version.version else "",
        preview=preview_of(person, item, version),
        headings=markup.headings(version.body) if version.body else (),
        primary=primary_action(person, item, version),
        actions=actions(person, item, version, now),
        replacement=replacement(person, item),
        used_by=used_by(person, item, now).total,
        favourite=bool(mine and item.content_id in mine.favourites),
        profile=mine,
        last_day=day_of(item.expire_at),
        may_see_work=permissions.can_read_work(person, item) and bool(item.live_version),
    )


def primary_action(person: Person, item: ContentItem, version: ContentVersion) -> Action | None:
    """The one thing that most people came for: the file, the link; for an article it is the page itself."""
    if version.kind == "file" and version.files:
        url = reverse("content:file", args=[item.content_id, version.files[0].file_id])
        return Action(gettext("Download"), f"{url}?version={int(version.version)}", "download", "primary")
    if version.kind == "link" and version.link_url:
        return Action(gettext("Open link"), version.link_url, "external-link", "primary")
    return None


def actions(person: Person, item: ContentItem, version: ContentVersion, now: datetime) -> list[Action]:
    """What can be done from here, refused ones with their reason; what her role never does is left out."""
    offered: list[Action] = []
    if item.work_status == Status.IN_REVIEW and can(person, Permission.CONTENT_APPROVE):
        offered.append(Action(gettext("Review"), _url("judge", item), "clipboard-check", "primary"))
    if permissions.is_editor(person, item):
        refused = permissions.edit_refusal(person, item, now)
        label = gettext("Edit draft") if item.work_version else gettext("Edit")
        offered.append(Action(label, _url("edit", item), "pencil", refused_because=refused or None))
    for move, transition in moves_from(permissions.status_of(item, now), permissions.work_status_of(item)):
        if move in (Move.APPROVE, Move.REQUEST_CHANGES):
            continue  # on the review page, beside what is being judged
        refused = permissions.refusal(person, item, move, now, version)
        if not refused:
            url = reverse("content:move", args=[item.content_id, move.value])
            offered.append(Action(gettext(transition.label), url, _ICONS[move]))
    if not schedule.dates_refused(person, item, now):
        offered.append(Action(gettext("Dates and review"), _url("dates", item), "calendar"))
    if item.ever_approved and permissions.is_editor(person, item):
        offered += offered_on("content", item.content_id)
    return [*offered, *_last_actions(person, item)]


def _last_actions(person: Person, item: ContentItem) -> list[Action]:
    found = []
    if can(person, Permission.AUDIT_READ):
        url = reverse("accounts:who-sees", args=["content", item.content_id])
        found.append(Action(gettext("Who can see it"), url, "eye", "quiet"))
    if permissions.may_delete(person, item):
        found.append(Action(gettext("Delete"), _url("delete", item), "trash-2", "danger quiet"))
    return found


def _url(name: str, item: ContentItem) -> str:
    return reverse(f"content:{name}", args=[item.content_id])


def used_by(person: Person, item: ContentItem, now: datetime, limit: int = 0) -> Results:
    """Items that she may see and that name this one: as their replacement, or by a link in their text."""
    uses = {"uses": frozenset({item.content_id})}
    return index().search(Query(allowed=permissions.clauses_for(person), now=now, filters=uses, limit=limit))


def replacement(person: Person, item: ContentItem) -> ContentItem | None:
    """What to use instead, while that is something she may see."""
    return next(iter(items_for_reading(person, [item.replacement_id])), None) if item.replacement_id else None


def day_of(moment: datetime | None) -> date | None:
    """In her time zone."""
    return timezone.localtime(moment).date() if moment else None


def _label(options: Mapping[str, object], option_id: str | None) -> str:
    return getattr(options.get(option_id or ""), "label", "")
