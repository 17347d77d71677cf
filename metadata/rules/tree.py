"""The hierarchy: what may hang under what, and in which order it is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from core.errors import Invalid, Refused
from metadata.enums import Group

PARENT_GROUP: Mapping[Group, Group] = {
    Group.PRODUCT: Group.PRODUCT_SUITE,
    Group.PRODUCT_CONCEPT: Group.PRODUCT_CONCEPT,
    Group.TOPIC_TAG: Group.TOPIC_TAG,
}
MOST_LEVELS = 4
ORDER_STEP = 10
ORDER_MAX = 999_999


Node = Any
"""An option: has `option_id`, `group_key`, `label`, `sort_order`, `archived_at` and `merged_into`."""
N = TypeVar("N", bound=Any)
ParentOf = Callable[[N], str | None]


@dataclass(frozen=True)
class Placed(Generic[N]):
    option: N
    depth: int


def placed(options: Sequence[N], parent_of: ParentOf[N], above: Sequence[str] = ()) -> list[Placed[N]]:
    """Each parent before its children. `above` is the order of another group's options that these hang under.

    What hangs under nothing that is here, or in a circle, counts as a root: nothing may disappear.
    """
    rank = {option_id: place for place, option_id in enumerate(above)}
    ordered = sorted(
        options, key=lambda o: (rank.get(parent_of(o) or "", len(rank)), int(o.sort_order), o.label.casefold())
    )
    known = {option.option_id for option in options}
    children: dict[str | None, list[N]] = defaultdict(list)
    for option in ordered:
        parent = parent_of(option)
        children[parent if parent in known else None].append(option)
    found: dict[str, Placed[N]] = {}
    for root in [*children[None], *ordered]:
        _walk(root, children, found)
    return list(found.values())


def _walk(root: N, children: Mapping[str | None, list[N]], found: dict[str, Placed[N]]) -> None:
    waiting = [(root, 0)]
    while waiting:
        option, depth = waiting.pop()
        if option.option_id not in found:
            found[option.option_id] = Placed(option, depth)
            waiting += [(child, depth + 1) for child in reversed(children.get(option.option_id, []))]


def check_parent(option_id: str | None, group: Group, ancestors: Sequence[Node], height: int = 0) -> None:
    """`ancestors` begins with the parent; `height` is how many levels hang under the option. Raises Invalid."""
    if not ancestors:
        return
    parent, problem = ancestors[0], ""
    if parent.group_key != PARENT_GROUP.get(group):
        problem = "Options of this group cannot hang under that one."
    elif parent.archived_at or parent.merged_into:
        problem = f"“{parent.label}” is no longer in use. Choose another."
    elif option_id in {ancestor.option_id for ancestor in ancestors}:
        problem = "It cannot hang under itself, nor under something that hangs under it."
    elif parent.group_key == group and len(ancestors) + 1 + height > MOST_LEVELS:
        problem = f"The hierarchy has at most {MOST_LEVELS} levels."
    if problem:
        raise Invalid(fields={"parent_id": problem})


def check_merge(source: Node, target: Node, above_source: Iterable[str], above_target: Iterable[str]) -> None:
    """`above_…` are the ids of their ancestors. Raises Refused."""
    if source.option_id == target.option_id:
        raise Refused("An option cannot be merged into itself.")
    if source.group_key != target.group_key:
        raise Refused("Only options of the same group can be merged.")
    if source.merged_into or target.merged_into:
        raise Refused("One of the two has been merged already. Load the page again.")
    if target.archived_at:
        raise Refused(f"“{target.label}” is archived. Restore it first, or choose another.")
    if source.option_id in set(above_target) or target.option_id in set(above_source):
        raise Refused("One of the two hangs under the other. Move it elsewhere first.")


def between(before: int | None, after: int | None) -> int | None:
    """An order between two neighbours, None when there is no room and all have to be numbered anew."""
    low = -1 if before is None else before
    if after is None:
        return low + ORDER_STEP if low + ORDER_STEP <= ORDER_MAX else None
    return (low + after) // 2 if after - low > 1 else None


def sort_order_label(sort_order: int, label: str) -> str:
    """The index sorts it as text: the order, padded, then the label."""
    return f"{sort_order:06d}#{label.casefold()}"
