"""How somebody keeps up with what she was assigned, in one word: what is worst decides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Pace(StrEnum):
    """In the order in which they want attention."""

    OVERDUE = "overdue"
    BEHIND = "behind"
    ON_TRACK = "on-track"
    DONE = "done"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Counts:
    """Of her assignments. `soon` are due within seven days and not begun; these and `overdue` are among `open`."""

    open: int = 0
    overdue: int = 0
    soon: int = 0
    completed: int = 0

    @property
    def pace(self) -> Pace:
        if self.overdue:
            return Pace.OVERDUE
        if self.soon:
            return Pace.BEHIND
        if self.open:
            return Pace.ON_TRACK
        return Pace.DONE if self.completed else Pace.NOTHING
