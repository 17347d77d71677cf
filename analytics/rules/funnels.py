"""How far the assignments of a range have come by now: a cohort, so that no step can be larger than the one before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analytics.enums import Members
from analytics.rules.months import Months, Span, who


@dataclass(frozen=True)
class Funnel:
    """`ended` were waived or cancelled, and are in none of the others."""

    assigned: int = 0
    begun: int = 0
    met: int = 0
    ended: int = 0

    @property
    def percent(self) -> int:
        return 100 * self.met // self.assigned if self.assigned else 0


def funnel(things: Iterable[Months], span: Span) -> Funnel:
    """The months given reach up to now. What was completed was begun, also where it never said so."""
    every = list(things)
    cohort = who(every, Members.ASSIGNED, span)
    met = cohort & _ever(every, Members.MET)
    begun = cohort & _ever(every, Members.BEGUN) | met
    ended = cohort & _ever(every, Members.ENDED) - met
    left = cohort - ended
    return Funnel(len(left), len(begun - ended), len(met), len(ended))


def _ever(every: Iterable[Months], name: str) -> set[str]:
    return {key for months in every for sheet in months.values() for key in sheet.members.get(name, {})}
