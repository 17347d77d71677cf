"""What stands in the cells of a file, turned into what is wanted. Names are compared as metadata compares them."""

from __future__ import annotations

from collections.abc import Mapping

from accounts.person import Person
from bulk import owners
from bulk.kinds import Reader, Wanted
from core.errors import Refused
from metadata.enums import Group
from metadata.models import Option
from metadata.rules.names import comparison_key, slug_of
from metadata.store import addressed, all_of, by_id, resolve

NONE = "-"
"""Takes a value away; an empty cell leaves it as it is."""
_BETWEEN = ";"
_CALLED = {
    Group.PRODUCT_SUITE: "suite",
    Group.PRODUCT: "product",
    Group.PRODUCT_CONCEPT: "moment",
    Group.TOPIC_TAG: "tag",
    Group.BADGE: "badge",
}


def option(name: str, group: Group) -> Reader:
    def read(cell: str) -> Wanted:
        return {name: NONE if cell == NONE else option_id(group, cell)}

    return read


def options(name: str, group: Group, *, archived: bool = False) -> Reader:
    """Several in one cell, with semicolons between them. `archived`: those may be named as well."""

    def read(cell: str) -> Wanted:
        named = [part.strip() for part in cell.split(_BETWEEN) if part.strip()]
        return {name: list(dict.fromkeys(option_id(group, one, archived=archived) for one in named))}

    return read


def owner() -> Reader:
    """Asks Cognito for each address once, however many rows have it."""
    known: dict[str, Person | Refused] = {}

    def read(cell: str) -> Wanted:
        if cell not in known:
            try:
                known[cell] = owners.by_email(cell)
            except Refused as refused:
                known[cell] = refused
        found = known[cell]
        if isinstance(found, Refused):
            raise Refused(found.message)
        return {"owner": found.user_id}

    return read


def one_of(name: str, values: Mapping[str, str]) -> Reader:
    """`values`: what a person writes -> what is wanted."""
    known = {comparison_key(written): value for written, value in values.items()}

    def read(cell: str) -> Wanted:
        value = known.get(comparison_key(cell))
        if value is None:
            raise Refused(f"“{cell[:60]}” is not one of: {', '.join(values)}.")
        return {name: value}

    return read


def text(name: str) -> Reader:
    return lambda cell: {name: cell}


def option_id(group: Group, named: str, *, archived: bool = False) -> str:
    """By its name, its id or its address. Raises Refused."""
    known = by_id()
    found = addressed(group, named) or _with_key(group, comparison_key(named))
    if found is None:
        raise Refused(_unknown(group, named))
    option = known[found]
    if option.archived_at and not archived:
        raise Refused(f"The {_CALLED[group]} “{option.label}” is archived. Restore it first, or choose another.")
    return str(option.option_id)


def _with_key(group: Group, key: str) -> str | None:
    named = [option for option in all_of(group) if comparison_key(option.label) == key]
    first = min(named, key=_last_choice, default=None)
    return resolve(first.option_id) if first else None


def _last_choice(option: Option) -> bool:
    """What was archived or merged no longer holds its name."""
    return bool(option.archived_at or option.merged_into)


def _unknown(group: Group, named: str) -> str:
    sentence = f"There is no {_CALLED[group]} “{named[:80]}”."
    slug = slug_of(named)
    like = next((o.label for o in all_of(group) if slug_of(o.label) == slug and not o.merged_into), None)
    return f"{sentence} Do you mean “{like}”? Accents and signs count." if like else sentence
