"""Making options and changing them: one write each, with the names and addresses that they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from accounts.models import AuditEntry
from accounts.permissions import Permission, require
from accounts.person import Person
from accounts.store import audit_entry
from core import clock
from core.aws.records import Check, Delete, Put
from core.errors import Invalid, NotFound, Refused, Stale
from core.events import Event, telling
from core.ids import new_id
from metadata import store
from metadata.enums import Group, Hue, JobKind
from metadata.models import Job, Option
from metadata.rules import names, tree


@dataclass(frozen=True)
class Fields:
    """What people decide of an option."""

    label: str
    parent_id: str | None = None
    color: str | None = None


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
    label = names.check_label(label)
    if found := store.named(group, names.comparison_key(label)):
        return found
    try:
        return create(group=group, fields=Fields(label, parent_id, color), sort_order=sort_order, by=by).option_id
    except Invalid:
        if found := store.named(group, names.comparison_key(label)):
            return found
        raise


def create(*, group: Group, fields: Fields, sort_order: int | None = None, by: Person) -> Option:
    """At the end of its siblings, unless told where. Raises Invalid, too, when the name is taken."""
    require(by, Permission.METADATA_MANAGE)
    fields = _checked(fields)
    check_free(group, fields.label, None)
    check_parent(None, group, fields.parent_id)
    try:
        option = _create(group, fields, sort_order, by)
    except Stale:  # another option took the same address meanwhile; the next one is free
        option = _create(group, fields, sort_order, by)
    return option


def _create(group: Group, fields: Fields, sort_order: int | None, by: Person) -> Option:
    option = _new_option(group, fields, sort_order, by)
    claims = [store.claim(store.name_claim_of(option), option.option_id), store.claim(_slug(option), option.option_id)]
    with telling(Event("metadata.created", option.option_id, by.user_id, {"group": group.value})):
        _save(option, [*claims, *_parent_stays(fields.parent_id)], entry_for("created", option, by))
    return option


def edit(*, option_id: str, fields: Fields, seen_rev: int, by: Person) -> Option:
    """Name, place and colour in one write. Raises Invalid, Refused, Stale."""
    option = load(option_id, by)
    if option.rev != seen_rev:
        raise Stale("Somebody else changed this option while you were writing. Compare the two before you save again.")
    fields, group, before = (
        _checked(fields),
        Group(option.group_key),
        Fields(option.label, store.parent_of(option), option.color),
    )
    if fields == before:
        return option
    beside: list[Put | Delete | Check] = []
    if fields.label != option.label:
        beside += _rename(option, fields.label, by)
    if fields.parent_id != before.parent_id:
        check_parent(option, group, fields.parent_id)
        beside += _parent_stays(fields.parent_id)
        option.sort_order = _last_place(group, fields.parent_id)
    option.parent_id, option.color = fields.parent_id, fields.color
    touch(option, by)
    changed = [name for name in Fields.__dataclass_fields__ if getattr(before, name) != getattr(fields, name)]
    name = "metadata.renamed" if "label" in changed else "metadata.changed"
    with telling(Event(name, option_id, by.user_id, {"group": group.value})):
        _save(option, beside, entry_for("changed", option, by, {"fields": changed, "slug": option.slug}))
    return option


def load(option_id: str, by: Person, seen_rev: int | None = None) -> Option:
    """Afresh, for changing it. Raises Refused, NotFound; Stale when its `rev` is not the one that was seen."""
    require(by, Permission.METADATA_MANAGE)
    option = store.option_by_id(option_id)
    if seen_rev is not None and option.rev != seen_rev:
        raise Stale("Somebody else changed this option meanwhile. Look at it, then decide again.")
    if option.merged_into:
        raise Refused("It was merged into another option. Undo that first, or change the other one.")
    return option


def touch(option: Option, by: Person) -> None:
    option.updated_at, option.updated_by = clock.now(), by.user_id


def entry_for(action: str, option: Option, by: Person, changes: Mapping[str, object] | None = None) -> AuditEntry:
    told = {"group": option.group_key, **(changes or {})}
    return audit_entry(
        by=by, action=f"metadata.{action}", object_type="metadata", object_id=option.option_id, changes=told
    )


def check_free(group: Group, label: str, option_id: str | None) -> None:
    """Raises Invalid when another option holds the name."""
    holder = store.named(group, names.comparison_key(label))
    if holder and holder != option_id:
        known = store.by_id().get(holder)
        raise Invalid(
            fields={"label": f"There is already an option with this name: “{known.label if known else label}”."}
        )


def check_parent(option: Option | None, group: Group, parent_id: str | None) -> None:
    """Reads afresh what is above. Raises Invalid."""
    if parent_id:
        height = _height(option) if option else 0
        tree.check_parent(option.option_id if option else None, group, _ancestors(parent_id), height)


def _ancestors(option_id: str | None) -> list[Option]:
    found: dict[str, Option] = {}
    while option_id and option_id not in found:
        try:
            found[option_id] = store.option_by_id(option_id)
        except NotFound as error:
            raise Invalid(fields={"parent_id": "That option is no longer there. Choose another."}) from error
        parent = found[option_id].parent_id
        option_id = store.resolve(parent) if parent else None
    return list(found.values())


def _height(option: Option) -> int:
    """How many levels hang under it."""
    places = store.tree_of(Group(option.group_key))
    start = next((n for n, place in enumerate(places) if place.option.option_id == option.option_id), None)
    if start is None:
        return 0
    deepest = places[start].depth
    for place in places[start + 1 :]:
        if place.depth <= places[start].depth:
            break
        deepest = max(deepest, place.depth)
    return deepest - places[start].depth


def _checked(fields: Fields) -> Fields:
    if fields.color and fields.color not in set(Hue):
        raise Invalid(fields={"color": f"Choose one of {', '.join(Hue)}."})
    return Fields(names.check_label(fields.label), fields.parent_id or None, fields.color or None)


def _new_option(group: Group, fields: Fields, sort_order: int | None, by: Person) -> Option:
    now = clock.now()
    return Option(
        option_id=new_id(),
        group_key=group.value,
        sort_order=_last_place(group, fields.parent_id) if sort_order is None else sort_order,
        label=fields.label,
        slug=names.free_slug(fields.label, _taken_slugs(group)),
        parent_id=fields.parent_id,
        color=fields.color,
        created_at=now,
        updated_at=now,
        created_by=by.user_id,
        updated_by=by.user_id,
    )


def _rename(option: Option, label: str, by: Person) -> list[Put | Delete | Check]:
    """Its old address stays its own for ever; its old name is free again."""
    group, old_name, new_key = Group(option.group_key), store.name_claim_of(option), names.comparison_key(label)
    check_free(group, label, option.option_id)
    beside: list[Put | Delete | Check] = [Put(new_job(JobKind.RENAME, option, option, by))]
    option.label = label
    if not option.archived_at and store.name_claim_of(option) != old_name:
        beside += [store.claim(store.claim_id(group, new_key), option.option_id)]
        beside += [store.release(old_name, option.option_id)]
    slug = names.free_slug(label, _taken_slugs(group) - {option.slug, *option.aliases})
    if slug != option.slug:
        option.aliases = [alias for alias in (*option.aliases, option.slug) if alias != slug]
        option.slug = slug
        beside += [store.claim(_slug(option), option.option_id)]
    return beside


def new_job(kind: JobKind, source: Option, target: Option, by: Person, children: tuple[str, ...] = ()) -> Job:
    now, number = clock.now(), new_id()
    return Job(
        f"job:{number}",
        group_key=store.OPEN,
        sort_order_label=number,
        kind=kind.value,
        source_id=source.option_id,
        target_id=target.option_id,
        children=list(children),
        cursors={},
        started_by=by.user_id,
        created_at=now,
        updated_at=now,
    )


def _save(option: Option, beside: list[Put | Delete | Check], entry: AuditEntry) -> None:
    """Says which name was lost, where it was that and not the option that changed meanwhile."""
    try:
        store.save(option, beside=beside, audit=entry)
    except Stale:
        store.forget()
        check_free(Group(option.group_key), option.label, option.option_id)
        raise


def _taken_slugs(group: Group) -> frozenset[str]:
    return frozenset(slug for option in store.all_of(group) for slug in (option.slug, *option.aliases))


def _last_place(group: Group, parent_id: str | None) -> int:
    orders = [int(o.sort_order) for o in store.options_of(group) if store.parent_of(o) == parent_id]
    return min(max(orders, default=0) + tree.ORDER_STEP, tree.ORDER_MAX)


def _parent_stays(parent_id: str | None) -> list[Put | Delete | Check]:
    return [store.still_there(parent_id)] if parent_id else []


def _slug(option: Option) -> str:
    return store.slug_claim_id(Group(option.group_key), option.slug)
