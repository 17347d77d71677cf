"""Options as programs name them in what they write: by id, with the same rules as the pickers of pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from core.errors import Invalid
from metadata.enums import Group
from metadata.picking import OptionSource

FIELDS: Mapping[str, Group] = {
    "product_suite": Group.PRODUCT_SUITE,
    "product": Group.PRODUCT,
    "product_concept": Group.PRODUCT_CONCEPT,
    "tags": Group.TOPIC_TAG,
}
"""What things that are organised by options call them."""


def check_options(values: Mapping[str, Any], kept: Mapping[str, Any] | None = None) -> None:
    """`kept` is what stood there before, archived or not. Raises Invalid, with a sentence by field."""
    problems = {
        name: "Choose among the options of this group that are in use; send their ids."
        for name, group in FIELDS.items()
        if name in values and not _all_stand(group, _ids(values[name]), _ids((kept or {}).get(name)))
    }
    if problems:
        raise Invalid(fields=problems)


def check_chosen(name: str, group: Group, ids: Iterable[str], kept: Iterable[str] = ()) -> None:
    """The same of a single field. Raises Invalid."""
    if not _all_stand(group, list(ids), list(kept)):
        raise Invalid(fields={name: "Choose among the options of this group that are in use; send their ids."})


def _all_stand(group: Group, ids: Sequence[str], kept: Sequence[str]) -> bool:
    return len(OptionSource(group).named(ids, kept)) == len(set(ids))


def _ids(value: str | Iterable[str] | None) -> Sequence[str]:
    return [value] if isinstance(value, str) else list(value or ())
