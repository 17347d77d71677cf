"""Loaders: each gives a thing together with the right to use it, or raises what the person is to be told."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.permissions import Permission, require
from accounts.person import Person
from accounts.store import profile_of
from content import permissions, store
from content.models import ContentComment, ContentItem, ContentVersion
from content.rules.comments import Talk, talk_of
from content.services import comments
from core import clock
from core.errors import NotFound, Stale


def item_for_reading(person: Person, content_id: str) -> ContentItem:
    """Raises NotFound when it is missing or hidden from her: the two are the same."""
    item = store.item_by_id(content_id)
    if not permissions.can_read(person, item, clock.now()):
        raise NotFound()
    return item


def shown_version(person: Person, item: ContentItem) -> ContentVersion:
    """What its page shows her: the live version, or the one in work where there is none yet."""
    number = item.live_version or item.work_version
    if number is None:
        raise NotFound()
    return store.version_of(item.content_id, int(number))


def version_for_reading(person: Person, content_id: str, number: int) -> tuple[ContentItem, ContentVersion]:
    item = item_for_reading(person, content_id)
    version = store.version_of(content_id, number)
    if not permissions.can_read_version(person, item, version, clock.now()):
        raise NotFound()
    return item, version


def draft_for_editing(person: Person, content_id: str) -> tuple[ContentItem, ContentVersion | None]:
    """Item and its draft, None when one has to be opened first. Raises NotFound, Refused."""
    item = item_for_reading(person, content_id)
    permissions.check_edit(person, item, clock.now())
    return item, store.version_of(content_id, int(item.work_version)) if item.work_version else None


def version_for_review(person: Person, content_id: str) -> tuple[ContentItem, ContentVersion]:
    """Raises Stale, saying who was first, where nothing waits for a decision any more."""
    require(person, Permission.CONTENT_APPROVE)
    item = item_for_reading(person, content_id)
    if not item.work_version or item.work_status != "InReview":
        raise Stale(_what_became_of(item))
    return item, store.version_of(content_id, int(item.work_version))


def _what_became_of(item: ContentItem) -> str:
    version = store.version_of(item.content_id, int(item.work_version or item.live_version or item.last_version))
    if not version.submitted_at or not version.decided_at or version.decided_at < version.submitted_at:
        return gettext("It is not in review; its author may have withdrawn it.")
    profile = profile_of(version.decided_by) if version.decided_by else None
    said = {
        "name": profile.display_name if profile else gettext("Somebody else"),
        "when": date_format(timezone.localtime(version.decided_at), "DATETIME_FORMAT"),
    }
    if version.status == "Draft":
        return gettext("%(name)s has already asked for changes, on %(when)s.") % said
    return gettext("%(name)s has already approved this, on %(when)s.") % said


def talk_for_reading(person: Person, content_id: str, wanted: str = "") -> tuple[ContentItem, Talk]:
    """The conversation of this key, or the first one that is open to her; `review` is that of the version in work."""
    item = item_for_reading(person, content_id)
    if wanted in ("", "review"):
        found = permissions.talks_open_to(person, item, clock.now())
        talk = next((one for one in found if not wanted or one.version), None)
    else:
        talk = talk_of(wanted)
    if talk is None or not comments.is_open_to(person, item, talk):
        raise NotFound()
    return item, talk


def own_comment(person: Person, content_id: str, comment_id: str) -> tuple[ContentItem, ContentComment]:
    """Raises NotFound, too, for one that was removed; Refused for somebody else's."""
    item, comment = comments.find(content_id, comment_id, person)
    permissions.check_change_comment(person, comment)
    return item, comment


def comment_for_removing(person: Person, content_id: str, comment_id: str) -> tuple[ContentItem, ContentComment]:
    """Raises NotFound, Refused."""
    item, comment = comments.find(content_id, comment_id, person)
    permissions.check_remove_comment(person, comment)
    return item, comment


def items_for_reading(person: Person, content_ids: Sequence[str]) -> list[ContentItem]:
    """Those of them that she may see now, in order: hits of the index are only a suggestion."""
    return readable(person, store.items_by_ids(content_ids))


def readable(person: Person, items: Sequence[ContentItem]) -> list[ContentItem]:
    """Of items that were read already, those that she may see now."""
    now = clock.now()
    return [item for item in items if permissions.can_read(person, item, now)]
