"""Gives standing assignments to whoever joins a team or gets a role. Nobody waits for it."""

from __future__ import annotations

from core.events import Event, listens_to
from lms.services.assignments import joining, standing


@listens_to("team.member_*", later=True)
def follow_the_team(event: Event) -> None:
    joining.follow_team(str(event.props["user_id"]), event.object_id)


@listens_to("person.role_changed", later=True)
@listens_to("person.enabled", later=True)
@listens_to("person.invited", later=True)
@listens_to("user.signed_in", later=True)
def follow_the_role(event: Event) -> None:
    """Roles are also given in Cognito itself: at her sign-in she is looked at."""
    joining.follow_role(event.object_id)


@listens_to("course.published", later=True)
@listens_to("path.published", later=True)
def give_what_can_be_begun_again(event: Event) -> None:
    standing.give_again(f"{event.object_type}:{event.object_id}")
