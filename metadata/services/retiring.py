"""Taking options out of use, and back."""

from __future__ import annotations

from accounts.permissions import Permission, can
from accounts.person import Person
from core import clock
from core.errors import Refused
from core.events import Event, telling
from metadata import references, store
from metadata.enums import Group
from metadata.models import Option
from metadata.rules.names import comparison_key
from metadata.services.options import check_free, check_parent, entry_for, load, touch

_ONLY_CHOICE = (Group.PRODUCT_SUITE, Group.PRODUCT)


def archive(*, option_id: str, by: Person, seen_rev: int | None = None) -> Option:
    """Gone from pickers, still shown where it is; its name is free again. Raises Refused."""
    option = load(option_id, by, seen_rev)
    if option.archived_at:
        return option
    check_archive(option)
    option.archived_at = clock.now()
    touch(option, by)
    name = store.release(store.name_claim_of(option), option_id)
    with telling(Event("metadata.archived", option_id, by.user_id, {"group": option.group_key})):
        store.save(option, beside=[name], audit=entry_for("archived", option, by))
    return option


def check_archive(option: Option) -> None:
    """Raises Refused."""
    if any(child.archived_at is None for child in children_of(option)):
        raise Refused("Other options hang under it. Move or archive them first.")
    if Group(option.group_key) in _ONLY_CHOICE and (bare := references.left_bare(option)):
        raise Refused(
            f"{bare} visible {'item has' if bare == 1 else 'items have'} no other one. Merge it into its replacement instead."
        )


def restore(*, option_id: str, by: Person, seen_rev: int | None = None) -> Option:
    """Back into use. Raises Invalid when its name was given to another option meanwhile."""
    option = load(option_id, by, seen_rev)
    if not option.archived_at:
        return option
    group = Group(option.group_key)
    check_free(group, option.label, option_id)
    check_parent(option, group, store.parent_of(option))
    option.archived_at = None
    touch(option, by)
    name = store.claim(store.claim_id(group, comparison_key(option.label)), option_id)
    with telling(Event("metadata.restored", option_id, by.user_id, {"group": option.group_key})):
        store.save(option, beside=[name], audit=entry_for("restored", option, by))
    return option


def delete(*, option_id: str, by: Person, seen_rev: int | None = None) -> None:
    """Only what nothing refers to. Raises Refused."""
    option = load(option_id, by, seen_rev)
    check_delete(option)
    group = Group(option.group_key)
    claims = [store.release(store.slug_claim_id(group, slug), option_id) for slug in (option.slug, *option.aliases)]
    if not option.archived_at:
        claims.append(store.release(store.name_claim_of(option), option_id))
    with telling(Event("metadata.deleted", option_id, by.user_id, {"group": option.group_key})):
        store.delete(option, claims, audit=entry_for("deleted", option, by, {"slug": option.slug}))


def check_delete(option: Option) -> None:
    """Raises Refused, with what still refers to it."""
    if uses := references.all_uses().get(option.option_id, 0):
        raise Refused(f"It is in use {uses} {'time' if uses == 1 else 'times'}. Archive it, or merge it into another.")
    if children_of(option):
        raise Refused("Other options hang under it. Move them first.")
    if len(store.with_merged([option.option_id])) > 1:
        raise Refused("Others were merged into it, and their addresses lead here. Archive it instead.")


def children_of(option: Option) -> list[Option]:
    return [
        child
        for group in Group
        for child in store.options_of(group)
        if child.parent_id and store.parent_of(child) == option.option_id
    ]


def refusal(person: Person, option: Option, deed: str) -> str:
    """Why not, or an empty string: for the button that would `archive` or `delete` it."""
    if not can(person, Permission.METADATA_MANAGE):
        return "Only Admins do this."
    try:
        {"archive": check_archive, "delete": check_delete}[deed](option)
    except Refused as refused:
        return refused.message
    return ""
