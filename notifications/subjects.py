"""What a notification is about: what has to be read to know whether somebody may see it, and what it is called then.

One rule serves both: who is told of a thing, and who reads its title in her inbox later. What is hidden is None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from accounts.enums import Role, TeamRole
from accounts.models import ApiToken, Profile, Team, TeamPerson
from accounts.permissions import ROLES, Permission, can
from accounts.person import SYSTEM, Person
from accounts.store.teams import head_key
from bulk.models import BulkJob
from content import permissions as library
from content.comments_page import address_of
from content.models import ContentComment, ContentItem, ContentVersion
from content.rules.comments import Place, place_of
from core import clock
from core.aws.records import BaseRecord
from core.aws.together import Together, read_together
from lms import permissions as learning
from lms.enums import CourseStatus
from lms.models import Assignment, Certificate, Course, CourseProgress, Path
from lms.rules import dues
from lms.services.taking import may_take
from lms.store.learning import course_key
from notifications.enums import Kind
from notifications.models import Notification

Keys = Mapping[type[BaseRecord], Sequence[Any]]
_LEADS_AUTHORS = frozenset({Kind.SUBMITTED, Kind.EMBEDDED_EXPIRED, Kind.APPROVED, Kind.OWNERSHIP})


@dataclass(frozen=True)
class About:
    """What is read of a notification, or of one that is about to be made."""

    kind: Kind
    object_type: str
    object_id: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    actor_id: str = ""

    @classmethod
    def of(cls, notification: Notification) -> About:
        object_type, _, object_id = notification.about.partition(":")
        return cls(Kind(notification.kind), object_type, object_id, notification.facts, notification.actor_id)

    def fact(self, name: str) -> str:
        return str(self.facts.get(name) or "")


@dataclass(frozen=True)
class Subject:
    title: str
    url: str


@dataclass(frozen=True)
class Noun:
    """`matters` says whether it is still worth telling: what was done meanwhile is not."""

    keys: Callable[[Person, About], Keys]
    shown: Callable[[Person, About, Together], Subject | None]
    matters: Callable[[Person, About, Together], bool] = lambda _person, _about, _found: True


def read(asked: Iterable[tuple[Person, About]]) -> Together:
    """All that is needed for these, and the names in them: one BatchGet per hundred records."""
    wanted: dict[type[BaseRecord], list[Any]] = {}
    for person, about in asked:
        people = [one for one in (about.actor_id, about.fact("user_id")) if one and one != SYSTEM.user_id]
        noun = _NOUNS.get(about.object_type)
        for model, keys in (*(noun.keys(person, about).items() if noun else ()), (Profile, people)):
            wanted.setdefault(model, []).extend(keys)
    return read_together(wanted)


def shown(person: Person, about: About, found: Together) -> Subject | None:
    noun = _NOUNS.get(about.object_type)
    return noun.shown(person, about, found) if noun else None


def matters(person: Person, about: About, found: Together) -> bool:
    noun = _NOUNS.get(about.object_type)
    return noun is not None and noun.matters(person, about, found)


def name_in(found: Together, user_id: str) -> str:
    """Empty for the portal itself."""
    if not user_id or user_id == SYSTEM.user_id:
        return ""
    profile = found.get(Profile, user_id)
    return profile.display_name if profile else gettext("A former colleague")


def _item(person: Person, about: About, found: Together) -> Subject | None:
    item = found.get(ContentItem, about.object_id)
    if item is None or not library.can_read(person, item, clock.now()):
        return None
    if about.kind is Kind.SUBMITTED and can(person, Permission.CONTENT_APPROVE):
        return Subject(item.title, reverse("content:judge", args=[about.object_id]))
    return Subject(item.title, reverse("content:item", args=[about.object_id]))


def _in_review(person: Person, about: About, found: Together) -> bool:
    """What was withdrawn or decided in the meantime waits for nobody."""
    item = found.get(ContentItem, about.object_id)
    return about.kind is not Kind.SUBMITTED or (item is not None and item.work_status == "InReview")


def _said_at(about: About) -> tuple[str, Place | None]:
    """The item, and where beside it the last comment stands that was told of."""
    return about.object_id.partition(".")[0], place_of(about.fact("comment"))


def _comment_keys(_person: Person, about: About) -> Keys:
    content_id, place = _said_at(about)
    version = place.talk.version if place else None
    return {
        ContentItem: [content_id],
        ContentVersion: [(content_id, version)] if version else [],
        ContentComment: [(content_id, about.fact("comment"))],
    }


def _comment(person: Person, about: About, found: Together) -> Subject | None:
    """For those who may read that conversation now."""
    content_id, place = _said_at(about)
    item = found.get(ContentItem, content_id)
    if item is None or place is None:
        return None
    version = found.get(ContentVersion, (content_id, place.talk.version)) if place.talk.version else None
    if not library.can_read_talk(person, item, place.talk, clock.now(), version):
        return None
    return Subject(item.title, address_of(content_id, place))


def _still_said(_person: Person, about: About, found: Together) -> bool:
    comment = found.get(ContentComment, (_said_at(about)[0], about.fact("comment")))
    return comment is not None and comment.removed_at is None


def _course(person: Person, about: About, found: Together) -> Subject | None:
    course = found.get(Course, about.object_id)
    if course is None:
        return None
    if about.kind in _LEADS_AUTHORS and learning.can_author(person, course):
        return Subject(course.title, reverse("lms:manage-course", args=[about.object_id]))
    begun = found.get(CourseProgress, (person.user_id, course_key(about.object_id)))
    if learning.can_read(person, course) or may_take(person, course, begun):
        return Subject(_live_title(course), reverse("lms:course", args=[about.object_id]))
    return None


def _live_title(course: Course) -> str:
    return str((course.live or {}).get("title") or course.title)


def _path(person: Person, about: About, found: Together) -> Subject | None:
    path = found.get(Path, about.object_id)
    if path is None or not learning.can_read(person, path):
        return None
    if about.kind in _LEADS_AUTHORS and learning.can_author(person, path):
        return Subject(path.title, reverse("lms:manage-path", args=[about.object_id]))
    return Subject(path.title, reverse("lms:path", args=[about.object_id]))


def _assignment_keys(person: Person, about: About) -> Keys:
    learner, (kind, target_id) = about.fact("user_id"), _target(about)
    places = [(about.fact("team"), one) for one in (person.user_id, learner)] if about.fact("team") else []
    return {
        Assignment: [(learner, about.object_id)],
        Course: [target_id] if kind == "course" else [],
        Path: [target_id] if kind == "path" else [],
        CourseProgress: [(learner, course_key(target_id))] if kind == "course" else [],
        TeamPerson: places,
    }


def _target(about: About) -> tuple[str, str]:
    kind, _, target_id = about.fact("target").partition(":")
    return kind, target_id


def _assignment(person: Person, about: About, found: Together) -> Subject | None:
    """Hers while she can take it; somebody else's for who assigns, or manages the team that both are in."""
    learner, (kind, target_id) = about.fact("user_id"), _target(about)
    assignment = found.get(Assignment, (learner, about.object_id))
    if assignment is None:
        return None
    if learner == person.user_id:
        return _to_learn(person, kind, target_id, found)
    if can(person, Permission.LEARNING_ASSIGN):
        return Subject(assignment.title, reverse("lms:assignment", args=[learner, about.object_id]))
    team = about.fact("team")
    hers, theirs = found.get(TeamPerson, (team, person.user_id)), found.get(TeamPerson, (team, learner))
    if hers and theirs and hers.role == TeamRole.MANAGER:
        return Subject(assignment.title, reverse("lms:team-member", args=[team, learner]))
    return None


def _to_learn(person: Person, kind: str, target_id: str, found: Together) -> Subject | None:
    if kind == "path":
        path = found.get(Path, target_id)
        is_open = path is not None and path.status == CourseStatus.PUBLISHED
        return Subject(path.title, reverse("lms:path", args=[target_id])) if path and is_open else None
    course, begun = found.get(Course, target_id), found.get(CourseProgress, (person.user_id, course_key(target_id)))
    if course is None or not may_take(person, course, begun):
        return None
    return Subject(_live_title(course), reverse("lms:course", args=[target_id]))


def _is_open(_person: Person, about: About, found: Together) -> bool:
    """What is past its date is not due soon: a reminder that comes so late has another after it."""
    assignment = found.get(Assignment, (about.fact("user_id"), about.object_id))
    if assignment is None or assignment.status not in dues.OPEN:
        return False
    return about.kind is not Kind.DUE_SOON or clock.parse(about.fact("due_at")) > clock.now()


def _certificate(person: Person, about: About, found: Together) -> Subject | None:
    found_one = found.get(Certificate, about.object_id)
    if found_one is None or (found_one.user_id != person.user_id and not can(person, Permission.LEARNING_ASSIGN)):
        return None
    return Subject(found_one.title, reverse("certificates:certificate", args=[about.object_id]))


def _is_current(_person: Person, about: About, found: Together) -> bool:
    """Nobody hears of the end of what she has renewed, or what was taken from her."""
    one = found.get(Certificate, about.object_id)
    if about.kind not in (Kind.CERTIFICATE_EXPIRING, Kind.CERTIFICATE_EXPIRED):
        return True
    return one is not None and one.superseded_by is None and one.revoked_at is None


def _team(person: Person, about: About, found: Together) -> Subject | None:
    """For those who are in it still; its page is for those who manage it."""
    team, place = found.get(Team, head_key(about.object_id)), found.get(TeamPerson, (about.object_id, person.user_id))
    if team is None or place is None:
        return None
    return Subject(team.name, reverse("lms:team", args=[about.object_id]) if place.role == TeamRole.MANAGER else "")


def _person(person: Person, about: About, _found: Together) -> Subject | None:
    """Of her own standing alone."""
    role = about.fact("role")
    if about.object_id != person.user_id or role not in set(Role):
        return None
    title = gettext("Your role is %(role)s") % {"role": ROLES[Role(role)].title}
    return Subject(title, reverse("preferences"))


def _work(person: Person, about: About, found: Together) -> Subject | None:
    job = found.get(BulkJob, (about.object_id, "job"))
    if job is None or job.started_by != person.user_id or not can(person, Permission.CONTENT_CREATE):
        return None
    return Subject(job.file_name or gettext("Your changes in bulk"), reverse("bulk:job", args=[about.object_id]))


def _token(person: Person, about: About, found: Together) -> Subject | None:
    token = found.get(ApiToken, about.object_id)
    is_hers = token is not None and token.user_id == person.user_id
    return Subject(token.name, reverse("accounts:tokens")) if token and is_hers else None


def _is_valid(_person: Person, about: About, found: Together) -> bool:
    token = found.get(ApiToken, about.object_id)
    return token is not None and token.revoked_at is None


_NOUNS: Mapping[str, Noun] = {
    "content": Noun(lambda _person, about: {ContentItem: [about.object_id]}, _item, _in_review),
    "comment": Noun(_comment_keys, _comment, _still_said),
    "course": Noun(
        lambda person, about: {
            Course: [about.object_id],
            CourseProgress: [(person.user_id, course_key(about.object_id))],
        },
        _course,
    ),
    "path": Noun(lambda _person, about: {Path: [about.object_id]}, _path),
    "assignment": Noun(_assignment_keys, _assignment, _is_open),
    "certificate": Noun(lambda _person, about: {Certificate: [about.object_id]}, _certificate, _is_current),
    "team": Noun(
        lambda person, about: {Team: [head_key(about.object_id)], TeamPerson: [(about.object_id, person.user_id)]},
        _team,
    ),
    "person": Noun(lambda _person, _about: {}, _person),
    "bulk": Noun(lambda _person, about: {BulkJob: [(about.object_id, "job")]}, _work),
    "token": Noun(lambda _person, about: {ApiToken: [about.object_id]}, _token, _is_valid),
}
