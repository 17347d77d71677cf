from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Stored values are the seed's; SCHEDULED is only ever derived (approved, but not live yet)."""

    DRAFT = "Draft"
    IN_REVIEW = "InReview"
    APPROVED = "Approved"
    DEPRECATED = "Deprecated"
    EXPIRED = "Expired"
    SCHEDULED = "Scheduled"


class Kind(StrEnum):
    FILE = "file"
    LINK = "link"
    ARTICLE = "article"


class Move(StrEnum):
    """What can be done to an item's lifecycle. The value is its address: `POST /content/<id>/<move>/`."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    REQUEST_CHANGES = "request-changes"
    APPROVE = "approve"
    DEPRECATE = "deprecate"
    EXPIRE = "expire"
    RESTORE = "restore"
    VERIFY = "verify"


class Conversation(StrEnum):
    """Who talks beside an item: those who use it, or those who make and judge its version in work."""

    READERS = "readers"
    REVIEW = "review"


class Freshness(StrEnum):
    """How far an approved item's facts can be relied on, by its review clock."""

    VERIFIED = "verified"
    DUE_SOON = "due_soon"
    UNVERIFIED = "unverified"


KIND_LABELS: dict[str, str] = {Kind.FILE: "File", Kind.LINK: "Link", Kind.ARTICLE: "Article"}

STATUS_LABELS: dict[str, str] = {
    Status.DRAFT: "Draft",
    Status.IN_REVIEW: "In review",
    Status.APPROVED: "Approved",
    Status.DEPRECATED: "Deprecated",
    Status.EXPIRED: "Expired",
    Status.SCHEDULED: "Scheduled",
}

FRESHNESS_LABELS: dict[str, str] = {
    Freshness.VERIFIED: "Verified",
    Freshness.DUE_SOON: "Review due",
    Freshness.UNVERIFIED: "Unverified",
}
