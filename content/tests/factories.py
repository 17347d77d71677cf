"""Items for tests, made through the services, so that they are always legal."""

from __future__ import annotations

from accounts.person import SYSTEM, Person
from content import store
from content.enums import Kind, Status
from content.models import ContentItem
from content.services import drafts, lifecycle
from content.services.drafts import Fields
from core.testing import CARL, RITA
from metadata.enums import Group
from metadata.services import ensure_option


def suite(label: str = "Advancement") -> str:
    return ensure_option(group=Group.PRODUCT_SUITE, label=label, by=SYSTEM)


def fields(title: str = "Price is too high", **changes: object) -> Fields:
    given = {"summary": "Five answers that hold.", "body": "Talk about value.", "product_suite": suite()} | changes
    return Fields(title=title, **given)  # type: ignore[arg-type]


def make_item(
    status: Status = Status.APPROVED, *, owner: Person = CARL, approver: Person = RITA, **changes: object
) -> ContentItem:
    """An article that has come all the way to `status`, as it stands in the table now."""
    item = drafts.create(kind=Kind.ARTICLE, fields=fields(**changes), by=owner)
    walk(item.content_id, status, owner=owner, approver=approver)
    return store.item_by_id(item.content_id, fresh=True)


def walk(content_id: str, status: Status, *, owner: Person = CARL, approver: Person = RITA) -> None:
    if status is Status.DRAFT:
        return
    lifecycle.submit(content_id=content_id, by=owner)
    if status is Status.IN_REVIEW:
        return
    approve(content_id, by=approver)
    if status is Status.DEPRECATED:
        lifecycle.deprecate(content_id=content_id, reason="Replaced by a better one.", by=approver)
    elif status is Status.EXPIRED:
        lifecycle.expire(content_id=content_id, reason="No longer sold.", by=approver)


def approve(content_id: str, *, by: Person = RITA, reason: str = "") -> None:
    lifecycle.approve(content_id=content_id, seen_hash=hash_in_review(content_id), by=by, reason=reason)


def hash_in_review(content_id: str) -> str:
    item = store.item_by_id(content_id, fresh=True)
    return str(store.version_of(content_id, int(item.work_version or 0), fresh=True).content_hash)
