"""What every app's admin stands on: records for reading, the audit log as their history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from accounts import store, trail
from core.admin.record_admin import RecordAdmin


class PortalAdmin(RecordAdmin):
    """`object_type` is what the audit log calls the thing, and `object_id` which attribute names it there."""

    object_type = ""
    object_id = ""

    def history_of(self, request: HttpRequest, record: Any) -> Sequence[dict[str, Any]]:
        if not self.object_type:
            return ()
        found = store.audit_of_target(f"{self.object_type}:{getattr(record, self.object_id)}", limit=50).items
        names = store.names_of(entry.actor_id for entry in found)
        return [
            {
                "at": entry.at,
                "who": names.get(entry.actor_id) or entry.actor_id,
                "what": trail.words_for(entry.object_type, entry.action),
                "reason": entry.reason,
            }
            for entry in found
        ]
