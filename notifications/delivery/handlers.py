"""What delivery does when something happened: SES tells of mail that did not arrive, a person moves to another zone."""

from __future__ import annotations

from core import clock
from core.aws import mail as ses
from core.events import Event, listens_to
from core.work import hears
from notifications.delivery.channels import sending as channels
from notifications.delivery.services import trouble, waiting

hears(ses.EVENT_SOURCE, ses.BOUNCED)(trouble.bounced)
hears(ses.EVENT_SOURCE, ses.COMPLAINED)(trouble.complained)


@listens_to("person.time_zone_changed", later=True, last_is_enough=True)
def keep_mornings_hers(event: Event) -> None:
    waiting.move_to_zone(event.object_id, clock.now())


@listens_to("content.*", later=True)
@listens_to("course.published", later=True)
@listens_to("path.published", later=True)
def tell_channels(event: Event) -> None:
    channels.hear(event)
