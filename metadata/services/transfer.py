"""Bringing options in from a file and handing them out to one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from accounts.permissions import Permission, require
from accounts.person import Person
from core.errors import PortalError
from metadata import store
from metadata.enums import Group
from metadata.models import Option
from metadata.rules import rows
from metadata.rules.plan import Deed, Known, Plan, Planned, in_order
from metadata.services import options, order, retiring

MOST_ROWS = 5000


@dataclass(frozen=True)
class Outcome:
    """`done` is what was done, with a `problem` what was done before it."""

    row: Planned
    problem: str = ""
    done: tuple[str, ...] = ()


def exported(by: Person) -> list[dict[str, str]]:
    require(by, Permission.METADATA_MANAGE)
    store.forget()
    return [_as_row(option) for group in Group for option in store.options_of(group)]


def _as_row(option: Option) -> dict[str, str]:
    known = _known(option)
    return {
        "option_id": known.option_id,
        "group": known.group.value,
        "label": known.label,
        "parent": known.parent,
        "color": known.color,
        "sort_order": str(known.sort_order),
        "archived": "yes" if known.archived else "",
        "slug": option.slug,
    }


def plan(data: bytes, *, is_json: bool, by: Person, most: int = MOST_ROWS) -> Plan:
    """Changes nothing. Raises Invalid, Refused."""
    require(by, Permission.METADATA_MANAGE)
    found = rows.read(data, is_json=is_json, most=most)
    store.forget()
    return Plan(found, [_known(option) for group in Group for option in store.options_of(group)])


def apply(planned: Plan, *, by: Person) -> Iterator[Outcome]:
    """Row by row, each audited and whole in itself; a row that fails says so and the others go on."""
    require(by, Permission.METADATA_MANAGE)
    for row in in_order(planned.rows):
        if row.deed is Deed.REFUSE:
            yield Outcome(row, row.problem)
            continue
        done: list[str] = []
        try:
            done.extend(_steps(row, by))
        except PortalError as error:
            yield Outcome(row, error.message, tuple(done))
        else:
            yield Outcome(row, "", tuple(done))


def _steps(row: Planned, by: Person) -> Iterator[str]:
    """Does one thing after the other and names what was done."""
    changed = {name for name, _, _ in row.changes}
    assert row.group
    if row.deed is Deed.CREATE:
        number = row.wanted.get("sort_order")
        option_id = options.create(
            group=row.group,
            fields=options.Fields(row.label, _parent_id(row), row.wanted.get("color") or None),
            sort_order=int(number) if number else None,
            by=by,
        ).option_id
        yield "created"
    else:
        option_id = row.option_id
        if "archived" in changed and not row.wanted["archived"]:
            retiring.restore(option_id=option_id, by=by)
            yield "restored"
        if changed & {"label", "parent", "color"}:
            _edit(row, by)
            yield "changed"
        if "sort_order" in changed:
            order.number(option_id=option_id, sort_order=int(row.wanted["sort_order"]), by=by)
            yield "ordered"
    if "archived" in changed and row.wanted["archived"]:
        retiring.archive(option_id=option_id, by=by)
        yield "archived"


def _edit(row: Planned, by: Person) -> None:
    option = store.option_by_id(row.option_id)
    parent = _parent_id(row) if "parent" in row.wanted else store.parent_of(option)
    color = row.wanted["color"] or None if "color" in row.wanted else option.color
    fields = options.Fields(row.label, parent, color)
    options.edit(option_id=row.option_id, fields=fields, seen_rev=option.rev, by=by)


def _parent_id(row: Planned) -> str | None:
    return store.named(*row.parent_key) if row.parent_key else None


def _known(option: Option) -> Known:
    parent = store.by_id().get(option.parent_id or "")
    return Known(
        option.option_id,
        Group(option.group_key),
        option.label,
        parent.label if parent else "",
        option.color or "",
        int(option.sort_order),
        bool(option.archived_at),
    )
