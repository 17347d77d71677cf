"""What notifications hear, from the worker: nobody waits for it."""

from __future__ import annotations

from contextlib import suppress

from core import work
from core.errors import NotFound
from core.events import Event, listens_to
from notifications import comment_occasions, occasions, rules  # noqa: F401  (comments register)
from notifications.enums import Followed
from notifications.services import errands, following, people, telling
from notifications.store import subscriptions

_OWNED = {kind.value for kind in (Followed.CONTENT, Followed.COURSE, Followed.PATH)}

work.again_and_again(errands.turn)


@listens_to("person.*", later=True)
def forget_roles(_event: Event) -> None:
    people.forget()


@listens_to("*.created", later=True)
@listens_to("content.imported", later=True)
@listens_to("*.owner_changed", later=True)
def follow_what_is_hers(event: Event) -> None:
    """Whoever owned it before follows it no more, unless she had chosen to."""
    if event.object_type not in _OWNED:
        return
    target = rules.target_of(Followed(event.object_type), event.object_id)
    with suppress(NotFound):
        owner = occasions.owner_of(event)
        following.owns(owner, target)
        for former in subscriptions.owners_following(target):
            if former != owner:
                following.no_longer_owns(former, target)


@listens_to("*.deleted", later=True)
def forget_what_is_gone(event: Event) -> None:
    if event.object_type in _OWNED:
        following.forget(rules.target_of(Followed(event.object_type), event.object_id))


@listens_to("*", later=True)
def tell(event: Event) -> None:
    """Few at once; those who follow it one slice after the other."""
    with suppress(NotFound):
        for plan in occasions.plans_for(event):
            telling.tell(plan.news, plan.people)
            if plan.targets:
                errands.send(plan.news, plan.targets)
