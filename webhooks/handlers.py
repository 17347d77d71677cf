"""What webhooks hear: everything, from the worker."""

from __future__ import annotations

from core import work
from core.events import Event, listens_to
from webhooks.services import delivering, sending


@listens_to("*", later=True)
def hear(event: Event) -> None:
    delivering.hear(event)


work.again_and_again(sending.turn)
