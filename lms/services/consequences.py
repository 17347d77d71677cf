"""What follows from something else and is written together with it, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from accounts.models import AuditEntry
from core.aws.records import Check, Delete, Put
from core.events import Event


@dataclass(frozen=True)
class Consequences:
    """`events` are published once the rest is written."""

    changes: Sequence[Put | Delete | Check] = ()
    audit: Sequence[AuditEntry] = ()
    events: Sequence[Event] = ()

    def with_event(self, event: Event) -> Consequences:
        return replace(self, events=(event, *self.events))

    def __add__(self, other: Consequences) -> Consequences:
        return Consequences((*self.changes, *other.changes), (*self.audit, *other.audit), (*self.events, *other.events))


NOTHING = Consequences()
