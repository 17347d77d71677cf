from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(StrEnum):
    """PREPARED: it was shown what would become of each, and nothing is done yet."""

    PREPARED = "prepared"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"


class Outcome(StrEnum):
    """Of a row. WAITING: to be done. PARTLY: something of it was done before the rest was refused."""

    WAITING = "waiting"
    DONE = "done"
    SAME = "same"
    PARTLY = "partly"
    REFUSED = "refused"


Told = tuple[str | Promise, str, str]
"""Label, tone, icon."""

STATES: dict[str, Told] = {
    State.PREPARED: (_("Not begun"), "", "clipboard-list"),
    State.RUNNING: (_("Under way"), "info", "loader"),
    State.STOPPED: (_("Stopped"), "warning", "circle-pause"),
    State.DONE: (_("Finished"), "success", "circle-check"),
}
PLANNED: dict[str, Told] = {
    Outcome.WAITING: (_("Will change"), "info", "pencil"),
    Outcome.SAME: (_("Stays as it is"), "", "circle-minus"),
    Outcome.REFUSED: (_("Cannot be changed"), "error", "circle-alert"),
}
OUTCOMES: dict[str, Told] = {
    Outcome.DONE: (_("Changed"), "success", "circle-check"),
    Outcome.PARTLY: (_("Changed in part"), "warning", "triangle-alert"),
    Outcome.SAME: (_("Stayed as it was"), "", "circle-minus"),
    Outcome.REFUSED: (_("Left as it was"), "error", "circle-alert"),
    Outcome.WAITING: (_("Not done"), "", "hourglass"),
}
