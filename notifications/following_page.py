"""What somebody follows, with titles of what she may see at this moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.person import Person
from core.aws.together import Together
from metadata.store import by_id
from notifications import rules, subjects
from notifications.enums import Followed, Kind, Origin
from notifications.kinds import GONE
from notifications.models import Subscription
from notifications.services.following import GROUPS
from notifications.store import subscriptions
from notifications.subjects import About, Subject

WORDS: dict[Followed, tuple[str | Promise, str]] = {
    Followed.CONTENT: (_("Item"), "file-text"),
    Followed.COURSE: (_("Course"), "graduation-cap"),
    Followed.PATH: (_("Learning path"), "route"),
    Followed.SUITE: (_("Suite"), "layers"),
    Followed.PRODUCT: (_("Product"), "package"),
    Followed.CONCEPT: (_("Concept"), "lightbulb"),
    Followed.TAG: (_("Topic"), "tag"),
}
_PARAMETERS = {Followed.SUITE: "suite", Followed.PRODUCT: "product", Followed.CONCEPT: "concept", Followed.TAG: "tag"}


@dataclass(frozen=True)
class Row:
    target: str
    label: str | Promise
    icon: str
    title: str | Promise
    path: str
    since: datetime
    is_own: bool


@dataclass(frozen=True)
class FollowingPage:
    rows: Sequence[Row]
    next_url: str


def following_page(person: Person, cursor: str | None) -> FollowingPage:
    """Two requests: what she follows, and the titles."""
    page = subscriptions.all_of(person.user_id, cursor=cursor)
    here = reverse("notifications:subscriptions")
    more = f"{here}?{urlencode({'cursor': page.next_cursor})}" if page.next_cursor else ""
    return FollowingPage(rows_of(person, page.items), more)


def rows_of(person: Person, found: Sequence[Subscription]) -> list[Row]:
    """One request for all of them."""
    abouts = {str(one.target): _about(str(one.target)) for one in found}
    things = subjects.read((person, about) for about in abouts.values())
    return [_row(one, _subject(person, abouts[str(one.target)], things)) for one in found]


def _about(target: str) -> About:
    kind, thing_id = rules.parts_of(target)
    return About(Kind.UPDATED, kind.value, thing_id)


def _subject(person: Person, about: About, found: Together) -> Subject | None:
    kind = Followed(about.object_type)
    if kind not in GROUPS:
        return subjects.shown(person, about, found)
    option = by_id().get(about.object_id)
    if option is None:
        return None
    query = urlencode({_PARAMETERS[kind]: option.option_id})
    return Subject(option.label, f"{reverse('content:library')}?{query}")


def _row(one: Subscription, subject: Subject | None) -> Row:
    kind, _thing_id = rules.parts_of(str(one.target))
    label, icon = WORDS[kind]
    return Row(
        target=str(one.target),
        label=label,
        icon=icon if subject else "eye-off",
        title=subject.title if subject else GONE,
        path=subject.url if subject else "",
        since=one.since,
        is_own=one.origin == Origin.OWNER,
    )
