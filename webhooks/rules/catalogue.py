"""What can be asked for: the events that the portal tells, by the thing that they are about.

A pattern is an event's name, or `content.*` for all that ever happens to things of a kind: also what is told only from a
later release on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase

TEST = "webhook.test"
"""Sent by a press of a button, whatever a webhook wants."""

CATALOGUE: Mapping[str, Sequence[str]] = {
    "content": (
        *("content.created", "content.edited", "content.submitted", "content.withdrawn", "content.approved"),
        *("content.changes_requested", "content.went_live", "content.rescheduled", "content.verified"),
        *("content.review_due", "content.deprecated", "content.expired", "content.restored", "content.deleted"),
        *("content.owner_changed", "content.relabelled", "content.viewed", "content.downloaded"),
        *("content.commented", "content.comment_removed", "content.comment_resolved"),
    ),
    "course": (
        *("course.created", "course.edited", "course.published", "course.unpublished", "course.archived"),
        *("course.deleted", "course.ready", "course.owner_changed", "course.opened", "course.completed"),
    ),
    "lesson": ("lesson.started", "lesson.completed"),
    "quiz": ("quiz.started", "quiz.submitted", "quiz.passed", "quiz.failed", "quiz.regraded"),
    "path": (
        *("path.created", "path.edited", "path.published", "path.unpublished", "path.archived"),
        *("path.owner_changed", "path.opened", "path.completed"),
    ),
    "assignment": (
        *("assignment.created", "assignment.extended", "assignment.reminder_due", "assignment.became_overdue"),
        *("assignment.begun", "assignment.completed", "assignment.waived", "assignment.cancelled"),
    ),
    "certificate": ("certificate.issued", "certificate.expiring", "certificate.expired", "certificate.revoked"),
    "metadata": (
        *("metadata.created", "metadata.renamed", "metadata.changed", "metadata.archived", "metadata.restored"),
        *("metadata.merged", "metadata.merge_undone", "metadata.deleted"),
    ),
    "team": (
        *("team.created", "team.renamed", "team.deleted"),
        *("team.member_added", "team.member_changed", "team.member_removed"),
    ),
    "person": ("person.invited", "person.role_changed", "person.disabled", "person.enabled"),
    "token": ("token.created", "token.revoked", "token.expiring"),
    "webhook": ("webhook.created", "webhook.disabled", "webhook.deleted"),
}
PATTERNS: frozenset[str] = frozenset(
    [*(f"{kind}.*" for kind in CATALOGUE), *(name for names in CATALOGUE.values() for name in names)]
)


def tidied(patterns: Iterable[str]) -> list[str]:
    """In the order of the catalogue, without those that a wider one covers."""
    wanted = set(patterns)
    found = []
    for kind, names in CATALOGUE.items():
        every = f"{kind}.*"
        found += [every] if every in wanted else [name for name in names if name in wanted]
    return found


def unknown(patterns: Iterable[str]) -> list[str]:
    return sorted(set(patterns) - PATTERNS)


def wants(patterns: Iterable[str], name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)
