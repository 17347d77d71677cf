from __future__ import annotations

from accounts.permissions import Permission, require
from accounts.person import Person
from accounts.store import audit_entry
from core import clock
from core.errors import Stale
from core.events import Event, publish
from core.ids import new_id
from metadata import rules, store
from metadata.enums import Group
from metadata.models import Option


def ensure_option(
    *,
    group: Group,
    label: str,
    parent_id: str | None = None,
    color: str | None = None,
    sort_order: int = 0,
    by: Person,
) -> str:
    """The id of the option with this name, which is made if there is none. Raises Invalid, Refused."""
    label = rules.check_label(label)
    key = rules.comparison_key(label)
    if found := store.named(group, key):
        return found
    require(by, Permission.METADATA_MANAGE)
    option = _new_option(group, label, parent_id, color, sort_order, by)
    entry = audit_entry(
        by=by, action="metadata.created", object_type="metadata", object_id=option.option_id, changes={"group": group}
    )
    try:
        store.create(option, key, audit=entry)
    except Stale:
        if found := store.named(group, key):
            return found
        raise
    publish(Event("metadata.created", option.option_id, by.user_id, {"group": group.value}))
    return option.option_id


def _new_option(
    group: Group, label: str, parent_id: str | None, color: str | None, sort_order: int, by: Person
) -> Option:
    now = clock.now()
    return Option(
        option_id=new_id(),
        group_key=group.value,
        sort_order=sort_order,
        sort_order_label=f"{sort_order:06d}#{label.casefold()}",
        label=label,
        slug=rules.slug_of(label),
        parent_id=parent_id,
        color=color,
        created_at=now,
        updated_at=now,
        created_by=by.user_id,
        updated_by=by.user_id,
    )
