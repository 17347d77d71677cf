"""What there is: items, courses and paths with their labels, and how many are late in each team.

The dashboards choose by product, name what is used and find what nobody uses from it, in a request or two, however much
there is in the library.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from accounts.enums import TeamRole
from accounts.store import teams
from analytics import store
from analytics.enums import Kind
from analytics.models import StockRow, TeamRow
from analytics.services import boards
from content import permissions
from content import store as content
from content.enums import Status
from content.models import ContentItem
from lms.enums import CourseStatus
from lms.models import Assignment, Course, Path
from lms.rules import dues
from lms.store import assignments
from lms.store.courses import every_course
from lms.store.paths import every_path

NO_TEAM = "-"
_LONGEST_OVERDUE = 180
"""Days: whoever let something lie for longer is not asked for it any more."""


def take_stock(now: datetime) -> int:
    """Writes down what has changed since the last time; how many things."""
    known = {kind: store.stock_of(kind) for kind in (Kind.CONTENT, Kind.COURSE, Kind.PATH)}
    items = [_of_item(item, known[Kind.CONTENT].get(item.content_id), now) for item in _readers_know()]
    changed = store.replace_all(list(known[Kind.CONTENT].values()), items)
    boards.put_stock(Kind.CONTENT, items)
    for kind, things in ((Kind.COURSE, every_course()), (Kind.PATH, every_path())):
        rows = [_of_learning(kind, one) for one in things if one.published_at]
        changed += store.replace_all(list(known[kind].values()), rows)
        boards.put_stock(kind, rows)
    return changed


def take_stock_of_teams(now: datetime) -> int:
    """How many assignments are overdue, by team; returns how many teams changed."""
    late: dict[str, list[Assignment]] = defaultdict(list)
    for one in _overdue(now):
        late[one.user_id].append(one)
    rows, in_teams = [], set()
    for team in teams.every_team():
        members = [one.user_id for one in teams.people_of(team.team_id) if one.role == TeamRole.MEMBER]
        in_teams.update(members)
        rows.append(_of_team(team.team_id, team.name, members, late))
    others = [user_id for user_id in late if user_id not in in_teams]
    if others:
        rows.append(_of_team(NO_TEAM, "", others, late))
    return store.replace_all(store.teams(), rows)


def _readers_know() -> Iterator[ContentItem]:
    """What is, or was, seen by readers."""
    return (item for item in content.every_item() if item.live_version)


def _of_item(item: ContentItem, known: StockRow | None, now: datetime) -> StockRow:
    """A new version does not make it new: it is live since readers first saw it."""
    status = permissions.status_of(item, now)
    since = None
    if status is Status.APPROVED:
        since = (known and known.live_since) or item.go_live_at or item.approved_at or item.created_at
    return _row(Kind.CONTENT, item.content_id, item, status, since, item.next_review_at)


def _of_learning(kind: Kind, one: Course | Path) -> StockRow:
    since = one.published_at if one.status == CourseStatus.PUBLISHED else None
    return _row(kind, one.course_id if isinstance(one, Course) else one.path_id, one, CourseStatus(one.status), since)


def _row(
    kind: Kind,
    subject: str,
    thing: ContentItem | Course | Path,
    status: Status | CourseStatus,
    since: datetime | None,
    review_at: datetime | None = None,
) -> StockRow:
    labels = (thing.product_suite, thing.product, thing.product_concept, *thing.tags)
    return StockRow(
        store.stock_part(kind),
        subject,
        title=thing.title,
        status=status.value,
        owner_id=thing.owner_user_id,
        labels=[label for label in labels if label],
        live_since=since,
        review_at=review_at,
    )


def _overdue(now: datetime) -> Iterator[Assignment]:
    for back in range(_LONGEST_OVERDUE + 1):
        for one in assignments.open_due_on(now.date() - timedelta(days=back)):
            if dues.is_overdue(one.status, one.due_at, now):
                yield one


def _of_team(team_id: str, title: str, members: Iterable[str], late: Mapping[str, list[Assignment]]) -> TeamRow:
    ids = list(members)
    overdue = [one for user_id in ids for one in late.get(user_id, ())]
    return TeamRow(
        store.TEAMS,
        team_id,
        title=title,
        people=len(ids),
        behind=sum(1 for user_id in ids if user_id in late),
        overdue=len(overdue),
        oldest_at=min((one.due_at for one in overdue if one.due_at), default=None),
    )
