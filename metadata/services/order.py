"""Putting options in their order among their siblings."""

from __future__ import annotations

from accounts.person import Person
from core.errors import Invalid
from core.events import Event, telling
from metadata import store
from metadata.enums import Group
from metadata.models import Option
from metadata.rules import tree
from metadata.services.options import entry_for, load, touch


def shift(*, option_id: str, places: int, by: Person) -> Option:
    """Up (-1) or down (1); at the end nothing happens."""
    option = load(option_id, by)
    siblings = _siblings(option)
    place = next(n for n, sibling in enumerate(siblings) if sibling.option_id == option_id)
    wanted = max(0, min(len(siblings) - 1, place + places))
    return _move_to(option, siblings, wanted, by) if wanted != place else option


def place_before(*, option_id: str, before_id: str | None, by: Person) -> Option:
    """Before that sibling, or at the end. Raises Invalid when it is no sibling."""
    option = load(option_id, by)
    siblings = _siblings(option)
    others = [sibling.option_id for sibling in siblings if sibling.option_id != option_id]
    if before_id and before_id not in others:
        raise Invalid("Options are ordered beside what hangs under the same one. Use “Edit” to move it elsewhere.")
    return _move_to(option, siblings, others.index(before_id) if before_id else len(others), by)


def number(*, option_id: str, sort_order: int, by: Person) -> Option:
    """As somebody says who knows all the numbers. Raises Invalid."""
    option = load(option_id, by)
    if not 0 <= sort_order <= tree.ORDER_MAX:
        raise Invalid(fields={"sort_order": f"Use a whole number from 0 to {tree.ORDER_MAX}."})
    if sort_order != option.sort_order:
        option.sort_order = sort_order
        touch(option, by)
        with telling(Event("metadata.changed", option_id, by.user_id, {"group": option.group_key})):
            store.save(option, audit=entry_for("ordered", option, by))
    return option


def _siblings(option: Option) -> list[Option]:
    """In their order, the option itself as it was read afresh."""
    store.forget()
    parent = store.parent_of(option)
    found = [one for one in store.options_of(Group(option.group_key)) if store.parent_of(one) == parent]
    return [option if one.option_id == option.option_id else one for one in found]


def _move_to(option: Option, siblings: list[Option], wanted: int, by: Person) -> Option:
    rest = [sibling for sibling in siblings if sibling.option_id != option.option_id]
    before = int(rest[wanted - 1].sort_order) if wanted else None
    after = int(rest[wanted].sort_order) if wanted < len(rest) else None
    order = tree.between(before, after)
    with telling(Event("metadata.changed", option.option_id, by.user_id, {"group": option.group_key})):
        if order is None:
            _number_anew([*rest[:wanted], option, *rest[wanted:]], option, by)
        else:
            option.sort_order = order
            touch(option, by)
            store.save(option, audit=entry_for("ordered", option, by))
    return option


def _number_anew(ordered: list[Option], option: Option, by: Person) -> None:
    """From the end, so that a long list that is interrupted is still in its order."""
    changed = []
    for place, one in enumerate(ordered):
        if int(one.sort_order) != place * tree.ORDER_STEP:
            one.sort_order = place * tree.ORDER_STEP
            touch(one, by)
            changed.append(one)
    while changed:
        part, changed = changed[-store.MOST_AT_ONCE :], changed[: -store.MOST_AT_ONCE]
        store.save(*part, audit=entry_for("ordered", option, by, {"siblings": len(part)}))
