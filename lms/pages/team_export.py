"""A team's progress as a file: a line for each member, in the order of the page."""

from __future__ import annotations

from collections.abc import Iterator

from accounts.person import Person
from accounts.store import audit_entry, save_audit
from core import sheets
from lms.pages.team_progress import PACES, members_with_counts

COLUMNS = ("person", "state", "open", "overdue", "due within 7 days and not begun", "completed or waived")


def lines(viewer: Person, team_id: str) -> Iterator[str]:
    """Who took a copy stands in the audit log. Raises NotFound."""
    _team, members = members_with_counts(team_id, viewer)
    save_audit(audit_entry(by=viewer, action="team.progress_exported", object_type="team", object_id=team_id))
    rows = (
        (one.name, str(PACES[counts.pace][0]), counts.open, counts.overdue, counts.soon, counts.completed)
        for one in members
        if (counts := one.counts)
    )
    return iter([sheets.MARK + sheets.line(COLUMNS), *map(sheets.line, rows)])
