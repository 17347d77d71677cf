"""What there is to ask for: something of every kind in every state, owned by several people, and put back after use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings

from accounts.person import SYSTEM, Person
from accounts.services import ensure_profile
from accounts.tests.pool import Pool
from content import store
from content.store.comments import comment_by_id
from core import clock
from core.aws import parameters
from core.aws.local.provision.parameters import new_sealing_key
from core.errors import NotFound
from core.testing import CAST, VERA
from metadata.enums import Group
from metadata.services import ensure_option
from notifications import rules
from notifications.enums import Kind
from notifications.models import InboxHead, Notification
from notifications.services import following
from notifications.store import inbox
from tests.attacks.campus import Campus, Keeper, build
from tests.attacks.shelf import Shelf

NOBODYS = "01hidden000000000000000000"


@dataclass(frozen=True)
class Stock:
    campus: Campus
    shelf: Shelf
    keeper: Keeper
    options: Mapping[Group, Sequence[str]]
    colleague_id: str
    """Somebody with an account, which the cast has none of: whom Admins can invite, change and shut out."""
    notification_id: str
    """Vera's."""
    answered: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    @cached_property
    def values(self) -> Mapping[str, Sequence[Any]]:
        """By the name of a parameter or of a field. The first is the likeliest to lead somewhere."""
        kept, campus = list(self.shelf.items.values()), self.campus
        lessons = [lesson_id for of_course in campus.lessons.values() for lesson_id in of_course.values()]
        return {
            "content_id": [one.content_id for one in kept],
            "file_id": [*(one.file_id for one in kept), *(one.next_file_id for one in kept)],
            "token": [*(one.ticket for one in kept), *(one.folder_ticket for one in kept)],
            "comment_id": [*(one.comment_id for one in kept), *(one.live_comment_id for one in kept)],
            "replacement_id": [self.shelf.items["Approved"].content_id],
            "version": [1, 2],
            "course_id": [campus.courses["Published"], *campus.courses.values()],
            "lesson_id": [*campus.lessons["Published"].values(), *lessons],
            "path_id": [campus.paths["Published"], *campus.paths.values()],
            "certificate_id": list(campus.certificates.values()),
            "assignment_id": [campus.assignment_id],
            "user_id": [VERA.user_id, *(person.user_id for person in CAST)],
            "to_user_id": [self.colleague_id],
            "notification_id": [self.notification_id],
            "target": [
                f"content:{self.shelf.items['Approved'].content_id}",
                *(f"content:{one.content_id}" for one in kept),
            ],
            "thing_id": [one.content_id for one in kept],
            "group": [Group.TOPIC_TAG.value],
            "number": [1, 2],
            "question_id": ["q-single"],
            "language": ["en"],
            "product_suite": self.options[Group.PRODUCT_SUITE],
            "product": self.options[Group.PRODUCT],
            "product_concept": self.options[Group.PRODUCT_CONCEPT],
            "tags": [list(self.options[Group.TOPIC_TAG]), []],
            "option_id": list(self.options[Group.TOPIC_TAG]),
            "into": list(reversed(self.options[Group.TOPIC_TAG])),
            "parent_id": self.options[Group.PRODUCT_SUITE],
        }

    def first(self, name: str) -> Any:
        return next(iter(self.values.get(name, ())), None)

    def etag(self, path: Mapping[str, Any]) -> str:
        """Of the version that the thing has now."""
        return f'"{self._revision(path)}-0123456789abcdef"'

    def _revision(self, path: Mapping[str, Any]) -> int:
        for name, revision in _REVISIONS.items():
            if name in path:
                try:
                    return revision(path)
                except NotFound:
                    break
        return 1


def _comment(path: Mapping[str, Any]) -> int:
    return int(comment_by_id(str(path.get("content_id")), str(path["comment_id"])).rev)


def _item(path: Mapping[str, Any]) -> int:
    return int(store.item_by_id(str(path["content_id"]), fresh=True).rev)


def _option(path: Mapping[str, Any]) -> int:
    from metadata.store import option_by_id

    return int(option_by_id(str(path["option_id"])).rev)


def _course(path: Mapping[str, Any]) -> int:
    from lms.store import course_by_id

    return int(course_by_id(str(path["course_id"])).rev)


_REVISIONS: Mapping[str, Callable[[Mapping[str, Any]], int]] = {
    "comment_id": _comment,
    "content_id": _item,
    "option_id": _option,
    "course_id": _course,
}


def stocked(client: Callable[[str], Any]) -> Stock:
    pool = Pool(client("cognito-idp"))
    settings.COGNITO_USER_POOL_ID = pool.pool_id
    name = settings.WEBHOOK_SEALING_KEYS_PARAMETER
    client("ssm").put_parameter(Name=name, Value=new_sealing_key(), Type="SecureString")
    parameters.forget()
    for person in CAST:
        ensure_profile(by=person)
    options = {
        group: [ensure_option(group=group, label=f"{group.value} {number}", by=SYSTEM) for number in range(2)]
        for group in Group
        if group is not Group.PRODUCT
    }
    suite = options[Group.PRODUCT_SUITE][0]
    options[Group.PRODUCT] = [ensure_option(group=Group.PRODUCT, label="product 0", parent_id=suite, by=SYSTEM)]
    campus, shelf = build(), Shelf(client)
    approved = f"content:{shelf.items['Approved'].content_id}"
    told = _notified(VERA, approved)
    following.follow(target=approved, by=VERA)
    keeper = Keeper(client("dynamodb"), settings.AWS_REGION)
    return Stock(campus, shelf, keeper, options, pool["cora"].user_id, told)


def _notified(person: Person, about: str) -> str:
    """What a worker leaves in her inbox; its id."""
    now = clock.now()
    notification_id = rules.id_for(now, about)
    row = {"kind": Kind.UPDATED.value, "about": about, "actor_id": SYSTEM.user_id, "unread_of": person.user_id}
    moments = {"created_at": now, "updated_at": now, "ttl": now + rules.KEPT}
    key = inbox.key_of(notification_id)
    inbox.save([(InboxHead(person.user_id, inbox.HEAD, unread=1), Notification(person.user_id, key, **row, **moments))])
    return notification_id
