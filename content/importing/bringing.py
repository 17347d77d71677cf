"""Makes the library agree with a plan: once, again, or after having been cut off, it comes to the same."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum

from accounts.person import SYSTEM, Person
from content import store
from content.enums import Status
from content.importing.planning import Planned
from content.models import ContentItem, ContentVersion
from content.permissions import status_of
from content.services import drafts, files, lifecycle, local_files
from core import clock
from core.errors import NotFound, Refused
from core.events import Event, telling
from metadata import store as metadata
from metadata.enums import Group
from metadata.services import ensure_option

REASON = "Imported as approved material."


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class How:
    """`upto` is the state that imported items are brought to; approving takes somebody who may.

    `options` fills with the ids of the labels that were met, so that each is asked for once.
    """

    owner: Person
    upto: Status = Status.DRAFT
    approver: Person | None = None
    options: dict[tuple[Group, str], str] = field(default_factory=dict)


def bring(planned: Planned, how: How) -> Outcome:
    """Raises a PortalError with the reason when it cannot be, or must not be, made so."""
    item, outcome = _item_for(planned, how)
    if outcome is not Outcome.UNCHANGED:
        _fill(planned, how)
    _advance(item.content_id, how)
    return outcome


def _item_for(planned: Planned, how: How) -> tuple[ContentItem, Outcome]:
    try:
        item = store.item_by_id(planned.content_id, fresh=True)
    except NotFound:
        fields = _fields(planned, None, how)
        made = drafts.create(
            kind=planned.kind,
            fields=replace(fields, body=""),
            content_id=planned.content_id,
            import_key=planned.import_key,
            by=how.owner,
        )
        return made, Outcome.NEW
    source, _, text = (item.import_digest or "").partition(" ")
    if source == planned.digest:
        return item, Outcome.UNCHANGED
    if not source:
        return item, Outcome.NEW  # it was begun, and cut off
    _check_free(item, planned, text, how)
    return item, Outcome.CHANGED


def _check_free(item: ContentItem, planned: Planned, imported: str, how: How) -> None:
    """Raises Refused rather than write over what people are doing."""
    if status_of(item, clock.now()) in (Status.DEPRECATED, Status.EXPIRED):
        raise Refused("it has changed, but the item was retired in the library. Restore the item first.")
    if item.work_status == Status.IN_REVIEW:
        raise Refused("it has changed, but the item is in review. Import it again once that is decided.")
    if item.work_version:
        version = store.version_of(item.content_id, int(item.work_version), fresh=True)
        ours = {imported, _text_digest(_fields(planned, version, how))}
        if _text_digest(drafts.fields_of(version)) not in ours:
            raise Refused("it has changed, but somebody has edited the draft in the library. Discard that draft first.")


def _fill(planned: Planned, how: How) -> None:
    """Files first: the text names their addresses. The digest comes last and says that all of it is there."""
    version = drafts.open_work(content_id=planned.content_id, by=how.owner)
    wanted = {file.name for file in planned.files}
    for stored in [file for file in version.files if file.name not in wanted]:
        files.detach(content_id=planned.content_id, file_id=stored.file_id, by=how.owner)
    for file in planned.files:
        local_files.attach_local(content_id=planned.content_id, path=file.path, name=file.name, by=how.owner)
    _, version = drafts.draft_in_work(planned.content_id, how.owner)
    fields = _fields(planned, version, how)
    version = drafts.edit(content_id=planned.content_id, fields=fields, seen_rev=int(version.text_rev), by=how.owner)
    _mark(planned, version, how.owner)


def _mark(planned: Planned, version: ContentVersion, by: Person) -> None:
    item = store.item_by_id(planned.content_id, fresh=True)
    item.import_digest = f"{planned.digest} {_text_digest(drafts.fields_of(version))}"
    with telling(Event("content.imported", item.content_id, by.user_id, {"version": int(version.version)})):
        store.save(item, audit=[drafts.entry_for("content.imported", item, version, by)])


def _advance(content_id: str, how: How) -> None:
    """On to the state that was asked for; what a reviewer sent back waits for its author."""
    if how.upto is Status.DRAFT:
        return
    item = store.item_by_id(content_id, fresh=True)
    if item.work_version is None:
        return
    version = store.version_of(content_id, int(item.work_version), fresh=True)
    if item.work_status == Status.DRAFT and not version.review_comment:
        lifecycle.submit(content_id=content_id, by=how.owner)
        version = store.version_of(content_id, int(item.work_version), fresh=True)
    if how.upto is Status.APPROVED and how.approver and version.status == Status.IN_REVIEW:
        seen = version.content_hash or ""
        lifecycle.approve(content_id=content_id, seen_hash=seen, by=how.approver, reason=REASON)


def _fields(planned: Planned, version: ContentVersion | None, how: How) -> drafts.Fields:
    suite, product = _suite_and_product(planned, how)
    return drafts.Fields(
        title=planned.title,
        summary=planned.summary,
        body=_with_addresses(planned, version) if version else "",
        product_suite=suite,
        product=product,
        product_concept=_option(how, Group.PRODUCT_CONCEPT, planned.concept),
        tags=tuple(tag for label in planned.tags if (tag := _option(how, Group.TOPIC_TAG, label))),
        change_note="Imported again: the source has changed." if version and int(version.version) > 1 else "",
    )


def _with_addresses(planned: Planned, version: ContentVersion) -> str:
    ids = {file.name: file.file_id for file in version.files}
    body = planned.body
    for file in planned.files:
        if file.mark and file.name in ids:
            body = body.replace(file.mark, f"/content/{planned.content_id}/files/{ids[file.name]}/?inline=1")
    return body


def _suite_and_product(planned: Planned, how: How) -> tuple[str | None, str | None]:
    """A product that the library knows already stays in its suite."""
    suite = _option(how, Group.PRODUCT_SUITE, planned.suite)
    product = _option(how, Group.PRODUCT, planned.product, parent_id=suite)
    known = metadata.by_id().get(product) if product else None
    return known.parent_id if known and known.parent_id else suite, product


def _option(how: How, group: Group, label: str, parent_id: str | None = None) -> str | None:
    if label and (group, label) not in how.options:
        how.options[group, label] = ensure_option(group=group, label=label, parent_id=parent_id, by=SYSTEM)
    return how.options.get((group, label))


def _text_digest(fields: drafts.Fields) -> str:
    """Without the note of what changed, which is not part of the source."""
    text = json.dumps(asdict(replace(fields, change_note="")), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
