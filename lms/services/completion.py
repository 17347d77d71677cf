"""What follows from finishing a course, in the same transaction: a certificate, assignments that are met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from accounts.models import AuditEntry
from accounts.person import Person
from core.aws.records import Check, Delete, Put
from core.events import Event
from lms.models import CourseProgress
from lms.rules.outline import Outline


@dataclass(frozen=True)
class Consequences:
    changes: Sequence[Put | Delete | Check] = ()
    audit: Sequence[AuditEntry] = ()
    events: Sequence[Event] = ()

    def with_event(self, event: Event) -> Consequences:
        return replace(self, events=(event, *self.events))

    def __add__(self, other: Consequences) -> Consequences:
        return Consequences((*self.changes, *other.changes), (*self.audit, *other.audit), (*self.events, *other.events))


NOTHING = Consequences()


def consequences(person: Person, outline: Outline, summary: CourseProgress, now: datetime) -> Consequences:
    """To be written together with `summary`, which may still be changed here."""
    return NOTHING
