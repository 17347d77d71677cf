"""The moves of the lifecycle: each loads, checks, changes, and writes item, version and audit entry at once."""

from __future__ import annotations

from datetime import datetime

from accounts.models import AuditEntry
from accounts.permissions import Permission, require
from accounts.person import Person
from content import permissions, store
from content.enums import Kind, Move, Status
from content.models import ContentItem, ContentVersion
from content.rules import review, submission
from content.rules.lifecycle import Transition
from content.services import drafts
from core import clock
from core.errors import Invalid, Refused, Stale
from core.events import Event, telling

MAX_REASON = 1000


def submit(*, content_id: str, by: Person, seen_rev: int | None = None) -> None:
    """Freezes the draft and asks for a review. Raises Invalid with what is missing."""
    item, version = _in_work(content_id, by, seen_rev)
    found = permissions.check_move(by, item, Move.SUBMIT, clock.now(), version)
    if problems := missing(version):
        raise Invalid("It is not ready for review yet: " + " ".join(problems.values()), problems)
    now = clock.now()
    version.submitted_at, version.submitted_by = now, by.user_id
    version.content_hash = fingerprint(version)
    version.review_comment = None
    _work_to(item, version, Status.IN_REVIEW, now)
    _write(item, version, found, by)


def withdraw(*, content_id: str, by: Person, seen_rev: int | None = None) -> None:
    item, version = _in_work(content_id, by, seen_rev)
    found = permissions.check_move(by, item, Move.WITHDRAW, clock.now(), version)
    _work_to(item, version, Status.DRAFT, clock.now())
    _write(item, version, found, by)


def request_changes(*, content_id: str, reason: str, by: Person, seen_rev: int | None = None) -> None:
    item, version = _in_work(content_id, by, seen_rev)
    found = permissions.check_move(by, item, Move.REQUEST_CHANGES, clock.now(), version)
    version.review_comment = _reason(reason, "Say what has to change, so that the author knows what to do.")
    now = clock.now()
    version.decided_at, version.decided_by = now, by.user_id
    _work_to(item, version, Status.DRAFT, now)
    _write(item, version, found, by, reason=version.review_comment)


def approve(*, content_id: str, seen_hash: str, by: Person, reason: str = "", seen_rev: int | None = None) -> None:
    """Puts the version that the reviewer saw before the readers. Raises Stale when it is not the one in review."""
    item, version = _in_work(content_id, by, seen_rev)
    require(by, Permission.CONTENT_APPROVE)
    if version.status == Status.APPROVED or item.work_status != Status.IN_REVIEW:
        _say_who_was_first(item, version)
    found = permissions.check_move(by, item, Move.APPROVE, clock.now(), version)
    if seen_hash != version.content_hash:
        raise Stale("The author has submitted another version since you opened this page. Read it again to approve it.")
    if permissions.needs_reason(by, item, found, version):
        reason = _reason(reason, "It is your own item: say why you approve it without a second person.")
    now = clock.now()
    version.status = Status.APPROVED.value
    version.decided_at, version.decided_by, version.updated_at = now, by.user_id, now
    _go_live(item, version, by, now)
    _write(item, version, found, by, reason=reason, minor=bool(version.minor_change))


def verify(*, content_id: str, by: Person, seen_rev: int | None = None) -> None:
    """“Still correct”: sets the review clock back to its beginning."""
    item, found = _on_item(content_id, Move.VERIFY, by, seen_rev)
    now = clock.now()
    item.verified_at, item.verified_by, item.updated_at = now, by.user_id, now
    set_review_clock(item, now)
    _write(item, None, found, by)


def deprecate(
    *, content_id: str, reason: str, by: Person, replacement_id: str | None = None, seen_rev: int | None = None
) -> None:
    item, found = _on_item(content_id, Move.DEPRECATE, by, seen_rev)
    item.status_reason = _reason(reason, "Say why it should no longer be used.")
    item.replacement_id = _replacement(item, replacement_id, by)
    _item_to(item, found.to)
    _write(item, None, found, by, reason=item.status_reason)


def expire(*, content_id: str, reason: str, by: Person, seen_rev: int | None = None) -> None:
    item, found = _on_item(content_id, Move.EXPIRE, by, seen_rev)
    item.status_reason = _reason(reason, "Say why it is being retired.")
    _item_to(item, found.to)
    _write(item, None, found, by, reason=item.status_reason)


def restore(*, content_id: str, by: Person, reason: str = "", seen_rev: int | None = None) -> None:
    """Deprecated: approved again. Expired: a draft copy of what was live, to be approved anew."""
    item, found = _on_item(content_id, Move.RESTORE, by, seen_rev)
    if permissions.needs_reason(by, item, found, None):
        reason = _reason(reason, "It is your own item: say why you restore it without a second person.")
    now = clock.now()
    item.status_reason = item.replacement_id = None
    if found.to is Status.APPROVED:
        _item_to(item, found.to)
        _write(item, None, found, by, reason=reason)
        return
    source = store.version_of(content_id, item.live_version or item.last_version, fresh=True)
    version = _work_or_copy(item, source, now)
    item.live_version = item.next_review_at = item.review_month = None
    set_go_live(item, None, now)
    set_expiry(item, None)
    item.work_version, item.work_status, item.status = version.version, version.status, version.status
    drafts.touch(item, version, now)
    _write(item, version, found, by, reason=reason)


def missing(version: ContentVersion) -> dict[str, str]:
    return submission.missing(
        kind=Kind(version.kind),
        title=version.title,
        summary=version.summary,
        product_suite=version.product_suite,
        body=version.body,
        link_url=version.link_url,
        file_count=len(version.files),
    )


def fingerprint(version: ContentVersion) -> str:
    fields = {name: getattr(version, name) for name in ("kind", "title", "summary", "body", "link_url")}
    options = {name: getattr(version, name) for name in ("product_suite", "product", "product_concept")}
    files = [{"name": file.name, "key": file.key, "etag": file.etag, "s3": file.s3_version} for file in version.files]
    return submission.content_hash(fields | options | {"tags": sorted(version.tags)}, files)


def set_review_clock(item: ContentItem, since: datetime) -> None:
    item.next_review_at = review.next_review(since, int(item.review_every_days))
    item.review_month = month_of(item.next_review_at)


def set_go_live(item: ContentItem, go_live_at: datetime | None, now: datetime) -> None:
    """The month is there as long as the day is still to come for what was approved."""
    item.go_live_at = go_live_at
    item.go_live_month = month_of(go_live_at) if go_live_at and go_live_at > now and item.live_version else None


def set_expiry(item: ContentItem, expire_at: datetime | None) -> None:
    item.expire_at = expire_at
    item.expiry_month = month_of(expire_at) if expire_at else None


def month_of(moment: datetime) -> str:
    return moment.strftime("%Y-%m")


def _in_work(content_id: str, by: Person, seen_rev: int | None) -> tuple[ContentItem, ContentVersion]:
    """Raises Refused when nothing is being worked on; the version in work may then be the one just decided."""
    item = drafts.readable(content_id, by, seen_rev)
    number = item.work_version or item.live_version
    if number is None:
        raise Refused("Nothing of this item is being worked on.")
    return item, store.version_of(content_id, number, fresh=True)


def _on_item(content_id: str, move: Move, by: Person, seen_rev: int | None) -> tuple[ContentItem, Transition]:
    item = drafts.readable(content_id, by, seen_rev)
    return item, permissions.check_move(by, item, move, clock.now())


def _work_to(item: ContentItem, version: ContentVersion, status: Status, now: datetime) -> None:
    version.status = item.work_status = status.value
    if not item.live_version:
        item.status = status.value
    drafts.touch(item, version, now)


def _item_to(item: ContentItem, status: Status) -> None:
    item.status = status.value
    item.updated_at = clock.now()


def _go_live(item: ContentItem, version: ContentVersion, by: Person, now: datetime) -> None:
    item.live_version = version.version
    item.work_version = item.work_status = item.work_updated_at = None
    item.status, item.ever_approved = Status.APPROVED.value, True
    item.status_reason = item.replacement_id = None
    item.approved_at, item.approved_by, item.updated_at = now, by.user_id, now
    item.verified_at = item.verified_by = None
    if item.expire_at and item.expire_at <= now:
        set_expiry(item, None)
    set_go_live(item, item.go_live_at, now)
    set_review_clock(item, max(now, item.go_live_at or now))
    drafts.show(item, version)


def _work_or_copy(item: ContentItem, source: ContentVersion, now: datetime) -> ContentVersion:
    """A copy keeps its author: who restores an item has not written it, and may approve it again."""
    if item.work_version:
        return store.version_of(item.content_id, item.work_version, fresh=True)
    return drafts.copied_version(item, source, source.author_user_id, now)


def _replacement(item: ContentItem, replacement_id: str | None, by: Person) -> str | None:
    """Raises Invalid unless readers could be sent there."""
    if not replacement_id:
        return None
    problem = {"replacement_id": "Choose an approved item that readers can be sent to."}
    if replacement_id == item.content_id:
        raise Invalid(fields={"replacement_id": "An item cannot replace itself."})
    for found in store.items_by_ids([replacement_id]):
        now = clock.now()
        if permissions.can_read(by, found, now) and permissions.status_of(found, now) is Status.APPROVED:
            return replacement_id
    raise Invalid(fields=problem)


def _reason(text: str, why: str) -> str:
    tidy = text.strip()
    if not tidy:
        raise Invalid(fields={"reason": why})
    if len(tidy) > MAX_REASON:
        raise Invalid(fields={"reason": f"Use at most {MAX_REASON} characters; this has {len(tidy)}."})
    return tidy


def _say_who_was_first(item: ContentItem, version: ContentVersion) -> None:
    if version.decided_at and version.status in (Status.APPROVED, Status.DRAFT):
        done = "approved" if version.status == Status.APPROVED else "sent back for changes"
        raise Stale(
            f"Somebody else has already {done} this, at {version.decided_at:%H:%M} UTC on {version.decided_at:%d %B}."
        )


def _write(
    item: ContentItem,
    version: ContentVersion | None,
    found: Transition,
    by: Person,
    *,
    reason: str = "",
    minor: bool = False,
) -> None:
    entry: AuditEntry = drafts.entry_for(
        found.event, item, version, by, reason=reason, changes={"status": {"after": found.to.value}}
    )
    with telling(Event(found.event, item.content_id, by.user_id, {"version": entry.object_version, "minor": minor})):
        store.save(item, *([version] if version else []), audit=[entry])
