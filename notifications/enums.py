from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What somebody is told of. The value is stored, and names the kind in preferences."""

    ASSIGNED = "assigned"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    TEAM_OVERDUE = "team_overdue"
    CERTIFICATE_ISSUED = "certificate_issued"
    CERTIFICATE_EXPIRING = "certificate_expiring"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_REVOKED = "certificate_revoked"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"
    REVIEW_DUE = "review_due"
    PUBLISHED = "published"
    UPDATED = "updated"
    RETIRED = "retired"
    EMBEDDED_EXPIRED = "embedded_expired"
    OWNERSHIP = "ownership"
    COMMENT = "comment"
    COMMENT_FOLLOWED = "comment_followed"
    ACCESS_CHANGED = "access_changed"
    TEAM_JOINED = "team_joined"
    API_ACCESS_ENDING = "api_access_ending"
    WORK_FINISHED = "work_finished"


class Way(StrEnum):
    """How somebody hears of a kind. All but the last stand in her inbox."""

    MAIL_NOW = "now"
    DAILY = "daily"
    WEEKLY = "weekly"
    INBOX = "inbox"
    NOTHING = "nothing"


class Followed(StrEnum):
    """What can be followed. The value begins the target of a subscription, as in `content:<id>`."""

    CONTENT = "content"
    COURSE = "course"
    PATH = "path"
    SUITE = "suite"
    PRODUCT = "product"
    CONCEPT = "concept"
    TAG = "tag"


class Origin(StrEnum):
    """Why somebody follows a thing: she chose to, or it is hers."""

    CHOSEN = "chosen"
    OWNER = "owner"
