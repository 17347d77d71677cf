"""Access patterns of standing assignments, each one request of a key or an index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from accounts.models import AuditEntry
from core.aws.records import Put, can_be_key, find, get, query, write
from core.paging import Page
from lms.enums import RuleWork
from lms.models import AssignmentRule

ACTIVE = "active"
ROLES = "roles"
MOST_OF_ONE = 200
_AT_ONCE = 200


def whom_team(team_id: str) -> str:
    return f"team:{team_id}"


def rule_by_id(whom: str, rule_id: str, *, fresh: bool = False) -> AssignmentRule:
    """Raises NotFound."""
    return get(AssignmentRule, whom, rule_id, consistent=fresh)


def find_rule(whom: str, rule_id: str) -> AssignmentRule | None:
    return find(AssignmentRule, whom, rule_id, consistent=True)


def active_of(whom: str) -> list[AssignmentRule]:
    """Of a team, or of all roles, as it is now."""
    if not can_be_key(whom):
        return []
    found = query(AssignmentRule, whom, scope=f"rules:{whom}", limit=MOST_OF_ONE, consistent=True).items
    return [rule for rule in found if rule.active]


def active_rules(cursor: str | None = None, *, limit: int = 20) -> Page[AssignmentRule]:
    """Newest first."""
    return query(AssignmentRule.by_activity, ACTIVE, scope="rules", cursor=cursor, limit=limit, newest_first=True)


def active_to(target: str) -> list[AssignmentRule]:
    found = query(AssignmentRule.by_target, target, scope=f"rules-to:{target}", limit=_AT_ONCE).items
    return [rule for rule in found if rule.active]


def under_way() -> Iterator[AssignmentRule]:
    """For the job that goes on with them. Whatever is left over after this many comes the next time."""
    for work in RuleWork:
        yield from query(AssignmentRule.by_work, work.value, scope=f"rules-{work}", limit=_AT_ONCE).items


def save(rule: AssignmentRule, *also: Put, audit: Sequence[AuditEntry] = ()) -> None:
    """Raises Stale when somebody else changed it meanwhile, or made it."""
    write(Put(rule), *also, audit=audit)
