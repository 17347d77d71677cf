"""Preparing what readers will see: creating items, editing the version in work, taking it back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from accounts.permissions import Permission, require
from accounts.person import Person
from accounts.store import audit_entry
from content import permissions, store
from content.enums import Kind, Status
from content.models import ContentItem, ContentVersion
from content.rules import fields as field_rules
from content.rules import relabelling, review
from content.store import comments
from core import clock
from core.errors import NotFound, Refused, Stale
from core.events import Event, telling
from core.ids import new_id
from metadata.store import resolve


@dataclass(frozen=True)
class Fields:
    """What people write. Metadata fields are option ids."""

    title: str
    summary: str = ""
    body: str = ""
    link_url: str = ""
    product_suite: str | None = None
    product: str | None = None
    product_concept: str | None = None
    tags: tuple[str, ...] = ()
    change_note: str = ""
    minor_change: bool = False


def fields_of(version: ContentVersion) -> Fields:
    values = {name: getattr(version, name) for name in Fields.__dataclass_fields__}
    return Fields(**values | {"tags": tuple(version.tags)})


def create(
    *,
    kind: Kind,
    fields: Fields,
    by: Person,
    review_every_days: int = review.DEFAULT_DAYS,
    content_id: str | None = None,
    import_key: str | None = None,
) -> ContentItem:
    """A draft of `by`'s own. `content_id` is given by imports that must not make the same item twice (then Stale)."""
    require(by, Permission.CONTENT_CREATE)
    fields = tidied(kind, fields)
    now = clock.now()
    item = ContentItem(
        content_id=content_id or new_id(),
        owner_user_id=by.user_id,
        kind=kind.value,
        review_every_days=review_every_days,
        import_key=import_key,
        created_at=now,
    )
    version = _new_version(item, 1, by.user_id, now)
    _apply(version, fields)
    _put_in_work(item, version, Status.DRAFT, now)
    _save(item, version, "content.created", by)
    return item


def edit(*, content_id: str, fields: Fields, seen_rev: int, by: Person) -> ContentVersion:
    """Changes the draft in work. Raises Stale when somebody else saved after `seen_rev`, its `text_rev`, was read."""
    item, version = draft_in_work(content_id, by)
    if version.text_rev != seen_rev:
        raise Stale("Somebody else saved this draft while you were writing. Compare the two before you save again.")
    before, fields = fields_of(version), tidied(Kind(version.kind), fields)
    if fields == before:
        return version
    _apply(version, fields)
    note_editor(version, by)
    touch(item, version, clock.now())
    _save(item, version, "content.edited", by, changed=_changed(before, fields))
    return version


def open_work(
    *, content_id: str, by: Person, copy_of: int | None = None, seen_rev: int | None = None
) -> ContentVersion:
    """The draft in work; opened as a copy of the live version (or of `copy_of`) when there is none."""
    item = readable(content_id, by, seen_rev)
    now = clock.now()
    permissions.check_edit(by, item, now)
    if item.work_version and copy_of is None:
        return store.version_of(content_id, item.work_version, fresh=True)
    source = store.version_of(content_id, copy_of or item.live_version or item.last_version, fresh=True)
    if item.work_version:
        version = store.version_of(content_id, item.work_version, fresh=True)
        _copy(source, version)
        version.change_note = f"Restored from version {source.version}"
        touch(item, version, now)
        _save(item, version, "content.version_restored", by)
        return version
    version = copied_version(item, source, by.user_id, now)
    _put_in_work(item, version, Status.DRAFT, now)
    try:
        _save(item, version, "content.draft_opened", by)
    except Stale:
        if copy_of or not readable(content_id, by).work_version:
            raise
        return draft_in_work(content_id, by)[1]  # the same button, pressed twice
    return version


def discard_work(*, content_id: str, by: Person, seen_rev: int | None = None) -> None:
    """Throws away the draft of a new version; what readers see stays as it is."""
    item, version = draft_in_work(content_id, by, seen_rev)
    if not item.live_version:
        raise Refused("This is all there is of the item. Delete the item instead.")
    item.work_version = item.work_status = item.work_updated_at = None
    item.updated_at = version.updated_at = clock.now()
    _save(item, version, "content.draft_discarded", by)


def delete(*, content_id: str, by: Person, seen_rev: int | None = None) -> None:
    """Only what was never approved, by its owner; Admins may purge the rest. Raises Refused."""
    item = readable(content_id, by, seen_rev)
    permissions.check_delete(by, item)
    with telling(Event("content.deleted", content_id, by.user_id)):
        store.delete(item, store.every_version_of(content_id), audit=[entry_for("content.deleted", item, None, by)])
    comments.forget_item(content_id)


def draft_in_work(content_id: str, by: Person, seen_rev: int | None = None) -> tuple[ContentItem, ContentVersion]:
    """Item and its draft, read afresh for changing. Raises NotFound, Refused, and Stale as `readable` does."""
    item = readable(content_id, by, seen_rev)
    permissions.check_edit(by, item, clock.now())
    if item.work_version is None:
        raise Refused("No new version is being worked on. Choose “Edit” to start one.")
    return item, store.version_of(content_id, item.work_version, fresh=True)


def readable(content_id: str, by: Person, seen_rev: int | None = None) -> ContentItem:
    """The item read afresh. Raises NotFound, too, when it is hidden from her.

    `seen_rev` is the item's `rev` for who decides by all of what she has seen: any change of its version in work is one
    of the item, too. Raises Stale when it is another by now.
    """
    item = store.item_by_id(content_id, fresh=True)
    if not permissions.can_read(by, item, clock.now()):
        raise NotFound()
    if seen_rev is not None and seen_rev != item.rev:
        raise Stale("Somebody else changed this item meanwhile. Look at it, then decide again.")
    return item


def note_editor(version: ContentVersion, by: Person) -> None:
    """Whoever changed a version does not decide about it as if it were somebody else's."""
    if by.user_id not in version.edited_by:
        version.edited_by = [*version.edited_by, by.user_id]


def touch(item: ContentItem, version: ContentVersion, now: datetime) -> None:
    """To be called after each change of the version in work, before both are saved."""
    item.updated_at = item.work_updated_at = version.updated_at = now
    if not item.live_version:
        show(item, version)


def show(item: ContentItem, version: ContentVersion) -> None:
    """Copies to the item what lists show of the version; options that were merged since it was written, as they are now."""
    for name in ("kind", "title", "summary"):
        setattr(item, name, getattr(version, name))
    for name in relabelling.SINGLE:
        setattr(item, name, _standing(getattr(version, name)))
    item.tags = relabelling.distinct(map(resolve, version.tags))
    item.file_count = len(version.files)
    item.file_size = sum(int(file.size) for file in version.files)
    item.format = version.files[0].group if version.kind == Kind.FILE and version.files else str(version.kind)


def copied_version(item: ContentItem, source: ContentVersion, author_id: str, now: datetime) -> ContentVersion:
    item.last_version = int(item.last_version) + 1
    version = _new_version(item, int(item.last_version), author_id, now)
    _copy(source, version)
    return version


def entry_for(action: str, item: ContentItem, version: ContentVersion | None, by: Person, **details: Any) -> Any:
    number = version.version if version else item.live_version
    return audit_entry(
        by=by, action=action, object_type="content", object_id=item.content_id, object_version=number, **details
    )


def tidied(kind: Kind, fields: Fields) -> Fields:
    return replace(fields, **field_rules.checked(kind, asdict(fields)))


def _new_version(item: ContentItem, number: int, author_id: str, now: datetime) -> ContentVersion:
    return ContentVersion(
        content_id=item.content_id,
        version=number,
        status=Status.DRAFT.value,
        kind=item.kind,
        author_user_id=author_id,
        created_at=now,
        updated_at=now,
    )


def _put_in_work(item: ContentItem, version: ContentVersion, status: Status, now: datetime) -> None:
    item.work_version = version.version
    item.work_status = status.value
    if not item.live_version:
        item.status = status.value
    touch(item, version, now)


def _apply(version: ContentVersion, fields: Fields) -> None:
    resolved: dict[str, Any] = {"tags": relabelling.distinct(map(resolve, fields.tags))}
    resolved |= {name: _standing(getattr(fields, name)) for name in relabelling.SINGLE}
    for name, value in (asdict(fields) | resolved).items():
        setattr(version, name, value)


def _standing(option_id: str | None) -> str | None:
    return resolve(option_id) if option_id else None


def _copy(source: ContentVersion, version: ContentVersion) -> None:
    _apply(version, replace(fields_of(source), change_note="", minor_change=False))
    version.kind = source.kind
    version.files = list(source.files)


def _changed(before: Fields, after: Fields) -> list[str]:
    return [name for name, value in asdict(after).items() if asdict(before)[name] != value]


def _save(
    item: ContentItem, version: ContentVersion, action: str, by: Person, changed: list[str] | None = None
) -> None:
    changes = {"fields": changed} if changed else None
    with telling(Event(action, item.content_id, by.user_id, {"version": int(version.version)})):
        store.save(item, version, audit=[entry_for(action, item, version, by, changes=changes)])
