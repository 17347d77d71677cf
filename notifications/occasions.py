"""Which events are news to whom: one function for each event, registered under its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from accounts.enums import TeamRole
from accounts.person import SYSTEM
from accounts.store.teams import places_of, teams_by_ids
from content import permissions as library
from content.models import ContentItem, ContentVersion
from content.rules.review import Reminder
from content.store import find_version, item_by_id
from core import clock
from core.events import Event
from core.index import index
from core.index.documents import Clause, Query
from lms.documents.lessons import LESSON, Key
from lms.models import Course, Path
from lms.rules.dues import COPIED_TO_MANAGER, Stage
from lms.store.courses import course_by_id, courses_by_ids
from lms.store.paths import path_by_id
from metadata.enums import Group
from metadata.store import with_merged
from notifications import rules
from notifications.enums import Followed, Kind
from notifications.services import people
from notifications.services.following import OF_GROUP
from notifications.services.telling import News

_BEFORE = frozenset({Stage.WEEK_BEFORE, Stage.DAY_BEFORE, Stage.DAY_OF})
_EVERYTHING = (Clause({}),)
_MOST_LESSONS = 10_000


@dataclass(frozen=True)
class Plan:
    """News to these people, and to whoever follows one of the targets."""

    news: News
    people: Sequence[str] = ()
    targets: Sequence[str] = ()


Planner = Callable[[Event], Iterator[Plan]]
_planners: dict[str, Planner] = {}


def on(*names: str) -> Callable[[Planner], Planner]:
    def register(planner: Planner) -> Planner:
        _planners.update(dict.fromkeys(names, planner))
        return planner

    return register


def plans_for(event: Event) -> list[Plan]:
    """Raises NotFound when what it tells of is gone: then it concerns nobody any more."""
    planner = _planners.get(event.name)
    return list(planner(event)) if planner else []


def known_events() -> frozenset[str]:
    return frozenset(_planners)


def _news(event: Event, kind: Kind, about: str = "", *, by_portal: bool = False, **facts: Any) -> News:
    return News(
        kind,
        about or f"{event.object_type}:{event.object_id}",
        event.event_id,
        SYSTEM.user_id if by_portal else event.actor_id,
        event.at,
        {name: value for name, value in facts.items() if value is not None},
    )


def _personal(event: Event, kind: Kind, whom: str, /, *, by_portal: bool = False, **facts: Any) -> Plan:
    """News that others hear in their own way, each at her own time."""
    news = _news(event, kind, by_portal=by_portal, **facts)
    return Plan(News(news.kind, news.about, news.event_id, news.actor_id, news.at, news.facts, True), [whom])


@on("content.submitted")
def _submitted(event: Event) -> Iterator[Plan]:
    yield Plan(_news(event, Kind.SUBMITTED), people.approvers())


@on("content.changes_requested")
def _sent_back(event: Event) -> Iterator[Plan]:
    item, version = _item_and_version(event)
    yield Plan(_news(event, Kind.CHANGES_REQUESTED), makers(item, version))


@on("content.approved")
def _approved(event: Event) -> Iterator[Plan]:
    item, version = _item_and_version(event)
    yield Plan(_news(event, Kind.APPROVED), makers(item, version))
    if not event.props.get("minor"):
        plan = _gone_live(event, item)
        yield replace(plan, news=replace(plan.news, but=makers(item, version)))


@on("content.went_live")
def _live_by_the_clock(event: Event) -> Iterator[Plan]:
    item, version = _item_and_version(event)
    if version is None or not version.minor_change:
        yield _gone_live(event, item)


@on("content.deprecated", "content.expired")
def _retired(event: Event) -> Iterator[Plan]:
    item = item_by_id(event.object_id, fresh=True)
    how = event.name.partition(".")[2]
    yield Plan(_news(event, Kind.RETIRED, how=how), targets=[rules.target_of(Followed.CONTENT, event.object_id)])
    if how == "expired":
        owners = {course.course_id: str(course.owner_user_id) for course in _courses_that_show(item.content_id)}
        for course_id, owner in owners.items():
            yield Plan(_news(event, Kind.EMBEDDED_EXPIRED, f"course:{course_id}", by_portal=True), [owner])


@on("content.review_due")
def _review_due(event: Event) -> Iterator[Plan]:
    """The owner first; the Approvers when it is late, and at once when she cannot do it any more."""
    item = item_by_id(event.object_id, fresh=True)
    stage = str(event.props["stage"])
    owner = people.active_among([item.owner_user_id]).get(item.owner_user_id)
    can_do = owner is not None and library.is_editor(owner, item)
    whom = [item.owner_user_id] if can_do else []
    if not can_do or stage == Reminder.LATE:
        whom += people.approvers()
    yield Plan(_news(event, Kind.REVIEW_DUE, stage=stage), whom)


@on("content.owner_changed", "course.owner_changed", "path.owner_changed")
def _given(event: Event) -> Iterator[Plan]:
    yield Plan(_news(event, Kind.OWNERSHIP), [owner_of(event)])


@on("course.ready")
def _course_ready(event: Event) -> Iterator[Plan]:
    yield Plan(_news(event, Kind.SUBMITTED), people.approvers())


@on("course.published", "path.published")
def _published(event: Event) -> Iterator[Plan]:
    """A path has no versions: whoever follows it hears that it was published."""
    thing = _course_or_path(event)
    is_new = int(getattr(thing, "version", 1)) <= 1
    yield Plan(_news(event, Kind.APPROVED), [str(thing.owner_user_id)])
    yield Plan(
        _news(event, Kind.PUBLISHED if is_new else Kind.UPDATED),
        targets=_targets(Followed(event.object_type), event.object_id, thing),
    )


@on("course.unpublished", "course.archived", "path.unpublished", "path.archived")
def _withdrawn(event: Event) -> Iterator[Plan]:
    target = rules.target_of(Followed(event.object_type), event.object_id)
    yield Plan(_news(event, Kind.RETIRED, how="withdrawn"), targets=[target])


@on("assignment.created")
def _assigned(event: Event) -> Iterator[Plan]:
    yield _personal(event, Kind.ASSIGNED, str(event.props["user_id"]), **_of_assignment(event))


@on("assignment.became_overdue")
def _overdue(event: Event) -> Iterator[Plan]:
    yield _personal(event, Kind.OVERDUE, str(event.props["user_id"]), **_of_assignment(event))


@on("assignment.reminder_due")
def _reminded(event: Event) -> Iterator[Plan]:
    """A week after it was due, those who look after her hear of it, too."""
    stage, learner = Stage(str(event.props["stage"])), str(event.props["user_id"])
    facts = _of_assignment(event)
    yield _personal(event, Kind.DUE_SOON if stage in _BEFORE else Kind.OVERDUE, learner, **facts)
    if stage is not COPIED_TO_MANAGER:
        return
    teams = teams_by_ids(place.team_id for place in places_of(learner) if place.role == TeamRole.MEMBER)
    shared = {manager: team.team_id for team in teams for manager in team.manager_ids}
    for copied in filter(None, str(event.props.get("copy_to") or "").split(",")):
        team = {"team": shared[copied]} if copied in shared else {}
        yield _copy(event, learner, copied, {**facts, **team})


def _copy(event: Event, learner: str, manager: str, facts: Mapping[str, Any]) -> Plan:
    """Several of her people may have the same to do: each is a notification of its own."""
    news = _news(event, Kind.TEAM_OVERDUE, f"assignment:{event.object_id}", **facts)
    return Plan(News(news.kind, news.about, news.event_id, learner, news.at, news.facts, True), [manager])


@on("certificate.issued", "certificate.expiring", "certificate.expired")
def _certified(event: Event) -> Iterator[Plan]:
    kind = Kind(event.name.replace(".", "_"))
    yield Plan(_news(event, kind, by_portal=True, until=event.props.get("valid_until")), [str(event.props["user_id"])])


@on("certificate.revoked")
def _revoked(event: Event) -> Iterator[Plan]:
    yield Plan(_news(event, Kind.CERTIFICATE_REVOKED), [str(event.props["user_id"])])


@on("person.role_changed")
def _role_changed(event: Event) -> Iterator[Plan]:
    yield Plan(_news(event, Kind.ACCESS_CHANGED, role=event.props["role"]), [event.object_id])


@on("team.member_added", "team.member_changed")
def _team_joined(event: Event) -> Iterator[Plan]:
    yield _personal(event, Kind.TEAM_JOINED, str(event.props["user_id"]), role=event.props["role"])


@on("token.expiring")
def _token_ends(event: Event) -> Iterator[Plan]:
    facts: dict[str, Any] = {"until": event.props.get("expires_at")}
    yield Plan(_news(event, Kind.API_ACCESS_ENDING, by_portal=True, **facts), [str(event.props["user_id"])])


@on("bulk.finished")
def _work_finished(event: Event) -> Iterator[Plan]:
    facts: dict[str, Any] = {"changed": event.props.get("changed"), "others": event.props.get("others")}
    yield Plan(_news(event, Kind.WORK_FINISHED, by_portal=True, **facts), [event.actor_id])


def owner_of(event: Event) -> str:
    """Whose the item, course or path is now. Raises NotFound."""
    if event.object_type == "content":
        return str(item_by_id(event.object_id, fresh=True).owner_user_id)
    return str(_course_or_path(event).owner_user_id)


def _course_or_path(event: Event) -> Course | Path:
    by_id: Callable[..., Course | Path] = course_by_id if event.object_type == "course" else path_by_id
    return by_id(event.object_id, fresh=True)


def _of_assignment(event: Event) -> dict[str, Any]:
    return {name: event.props.get(name) for name in ("user_id", "target", "due_at")}


def _item_and_version(event: Event) -> tuple[ContentItem, ContentVersion | None]:
    return item_by_id(event.object_id, fresh=True), find_version(event.object_id, int(event.props["version"] or 1))


def makers(item: ContentItem, version: ContentVersion | None) -> list[str]:
    """Who submitted it, and whose it is."""
    submitted_by = version.submitted_by or version.author_user_id if version else ""
    return [one for one in dict.fromkeys((submitted_by, item.owner_user_id)) if one]


def _gone_live(event: Event, item: ContentItem) -> Plan:
    """What is approved for a later day its followers do not see yet; they are told when that day comes."""
    kind = Kind.PUBLISHED if int(event.props["version"] or 1) == 1 else Kind.UPDATED
    return Plan(_news(event, kind), targets=_targets(Followed.CONTENT, event.object_id, item))


def _targets(kind: Followed, thing_id: str, thing: ContentItem | Course | Path) -> list[str]:
    """The thing itself, and the options that it names; who follows what was merged into them follows them."""
    named = {
        Group.PRODUCT_SUITE: [thing.product_suite],
        Group.PRODUCT: [thing.product],
        Group.PRODUCT_CONCEPT: [thing.product_concept],
        Group.TOPIC_TAG: list(thing.tags),
    }
    of_options = [
        rules.target_of(OF_GROUP[group.value], option_id)
        for group, ids in named.items()
        for option_id in sorted(with_merged(one for one in ids if one))
    ]
    return [rules.target_of(kind, thing_id), *of_options]


def _courses_that_show(content_id: str) -> list[Course]:
    """Published ones, in whose lessons the item stands."""
    filters = {"embeds": frozenset({content_id})}
    query = Query(allowed=_EVERYTHING, now=clock.now(), kinds=frozenset({LESSON}), filters=filters, limit=_MOST_LESSONS)
    ids = {Key.read(hit.doc_id).course_id for hit in index().search(query).hits}
    return courses_by_ids(sorted(ids))
