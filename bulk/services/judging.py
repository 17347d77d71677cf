"""One row: what would become of it, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.person import Person
from bulk.enums import Outcome
from bulk.kinds import Change, Kind, Step, Wanted
from core.errors import Invalid, NotFound, Refused, Stale
from core.events import held_back

MISSING = "It does not exist, or you do not have access to it."
NOTHING_ASKED = "Nothing is asked for in this row."
_TRIES = 3
OF_THE_ROW = (NotFound, Refused, Invalid)
"""What is wrong with this row alone; anything else, such as a store that does not answer, holds for all of them."""


@dataclass(frozen=True)
class Verdict:
    outcome: Outcome
    changes: Sequence[Change] = ()
    why: str = ""


def judge(kind: Kind, thing: Any, wanted: Wanted, by: Person) -> Verdict:
    """What would become of it; `thing` is None for what she may not see."""
    try:
        plan = _plan(kind, thing, wanted, by)
    except OF_THE_ROW as error:
        return Verdict(Outcome.REFUSED, why=error.message)
    changes = [change for _, changes in plan for change in changes]
    return Verdict(Outcome.WAITING if changes else Outcome.SAME, changes, "" if plan else NOTHING_ASKED)


def carry_out(kind: Kind, ref: str, thing: Any, wanted: Wanted, by: Person) -> Verdict:
    """Does it by the services, step by step, as far as it is not so already. Nothing is done where a step would be
    refused beforehand; where one is refused all the same, the outcome says what was done before it."""
    done: list[Change] = []
    for _try in range(_TRIES):
        try:
            with held_back():
                for step, changes in _plan(kind, thing, wanted, by):
                    if changes:
                        step.do(ref, wanted, by)
                        done += changes
        except Stale:  # somebody else wrote at this moment: what is left is judged again
            thing = kind.read(by, [ref]).get(ref)
        except OF_THE_ROW as error:
            return _refused(done, error.message)
        else:
            return Verdict(Outcome.DONE if done else Outcome.SAME, done)
    return _refused(done, "Others kept changing it at the same moment. Repeat it for this one.")


def _refused(done: Sequence[Change], why: str) -> Verdict:
    return Verdict(Outcome.PARTLY if done else Outcome.REFUSED, done, why)


def _plan(kind: Kind, thing: Any, wanted: Wanted, by: Person) -> list[tuple[Step, Sequence[Change]]]:
    """Raises what the services would."""
    if thing is None:
        raise NotFound(MISSING)
    asked = (step for step in kind.steps if step.names.intersection(wanted))
    return [(step, step.plan(thing, wanted, by)) for step in asked]
