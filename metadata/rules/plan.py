"""What an import would do, row by row, before any of it is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from core.errors import Invalid
from metadata.enums import Group, Hue
from metadata.rules import names, tree
from metadata.rules.rows import Row

_YES = frozenset({"yes", "true", "1", "x", "archived"})
_NO = frozenset({"", "no", "false", "0"})
Key = tuple[Group, str]


class Deed(StrEnum):
    CREATE = "create"
    CHANGE = "change"
    SAME = "same"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Known:
    """An option that is there; `parent` is its parent's name."""

    option_id: str
    group: Group
    label: str
    parent: str
    color: str
    sort_order: int
    archived: bool

    @property
    def key(self) -> Key:
        return self.group, names.comparison_key(self.label)


@dataclass(frozen=True)
class Planned:
    """`wanted` has the columns that the row decides; `changes` those that differ, as (column, before, after)."""

    number: int
    deed: Deed
    group: Group | None = None
    label: str = ""
    option_id: str = ""
    wanted: Mapping[str, str] = field(default_factory=dict)
    changes: Sequence[tuple[str, str, str]] = ()
    problem: str = ""

    @property
    def key(self) -> Key:
        assert self.group
        return self.group, names.comparison_key(self.label)

    @property
    def parent_key(self) -> Key | None:
        above = tree.PARENT_GROUP.get(self.group) if self.group else None
        parent = self.wanted.get("parent", "")
        return (above, names.comparison_key(parent)) if above and parent else None


class Plan:
    def __init__(self, rows: Iterable[Row], known: Iterable[Known]) -> None:
        self._by_id = {option.option_id: option for option in known}
        self._by_key = {option.key: option for option in self._by_id.values() if not option.archived}
        self._archived = {option.key: option for option in self._by_id.values() if option.archived}
        self._lookalikes = {(o.group, names.slug_of(o.label)): o.label for o in self._by_id.values()}
        self._seen: dict[Key, int] = {}
        self._ids: dict[str, int] = {}
        self.rows = self._with_parents([self._planned(row) for row in rows])

    def count(self, deed: Deed) -> int:
        return sum(row.deed is deed for row in self.rows)

    def _planned(self, row: Row) -> Planned:
        try:
            return self._checked(row)
        except Invalid as invalid:
            return Planned(row.number, Deed.REFUSE, label=row.values.get("label", "")[:200], problem=invalid.message)

    def _checked(self, row: Row) -> Planned:
        if row.problem:
            raise Invalid(row.problem)
        group, label = _group(row.values["group"]), names.check_label(row.values["label"])
        key = (group, names.comparison_key(label))
        if key in self._seen:
            raise Invalid(f"It has the same name as row {self._seen[key]}; case, width and spacing do not count.")
        found = self._match(row, key)
        wanted = _wanted(row.values, group) | {"label": label}
        if found is None and (like := self._lookalikes.get((group, names.slug_of(label)))):
            raise Invalid(f"It differs from “{like}” in accents or signs only. Make it by hand if it is meant.")
        if found and found.option_id in self._ids:
            raise Invalid(f"It is about the same option as row {self._ids[found.option_id]}.")
        self._seen[key] = row.number
        self._ids |= {found.option_id: row.number} if found else {}
        self._lookalikes.setdefault((group, names.slug_of(label)), label)
        changes = _changes(found, wanted)
        deed = Deed.CREATE if found is None else Deed.CHANGE if changes else Deed.SAME
        return Planned(row.number, deed, group, label, found.option_id if found else "", wanted, changes)

    def _match(self, row: Row, key: Key) -> Known | None:
        """By its id, else by its name. An id of another portal says nothing here."""
        by_name = self._by_key.get(key) or self._archived.get(key)
        found = self._by_id.get(row.values.get("option_id", ""))
        if found and found.group is not key[0]:
            raise Invalid("Its id belongs to an option of another group.")
        if found and by_name and by_name.option_id != found.option_id and not by_name.archived:
            raise Invalid(f"Another option is called “{by_name.label}” already.")
        return found or by_name

    def _with_parents(self, rows: list[Planned]) -> list[Planned]:
        """Parents may come in the same file, below as well. Whose parent is refused is refused, too."""
        while True:
            made = {row.key for row in rows if row.deed is not Deed.REFUSE}
            above = self._parents_after(rows)
            checked = [self._with_parent(row, made, above) for row in rows]
            if checked == rows:
                return rows
            rows = checked

    def _parents_after(self, rows: list[Planned]) -> dict[Key, Key]:
        above = {
            option.key: (tree.PARENT_GROUP[option.group], names.comparison_key(option.parent))
            for option in self._by_id.values()
            if option.parent and option.group in tree.PARENT_GROUP
        }
        for row in rows:
            if row.deed is not Deed.REFUSE and "parent" in row.wanted:
                above.pop(row.key, None)
                if row.parent_key:
                    above[row.key] = row.parent_key
        return above

    def _with_parent(self, row: Planned, made: set[Key], above: Mapping[Key, Key]) -> Planned:
        if row.deed is Deed.REFUSE or not row.wanted.get("parent"):
            return row
        problem = ""
        if row.parent_key is None:
            problem = "Options of this group have no parent."
        elif row.parent_key not in made and row.parent_key not in self._by_key:
            problem = f"There is no “{row.wanted['parent']}” that it could hang under."
        elif _levels(row.key, above) is None:
            problem = f"It would hang under itself, or more than {tree.MOST_LEVELS} levels deep."
        return replace(row, deed=Deed.REFUSE, problem=problem) if problem else row


def in_order(rows: Sequence[Planned]) -> list[Planned]:
    """Parents before what hangs under them."""
    by_key = {row.key: row for row in rows if row.deed is not Deed.REFUSE}
    above = {key: row.parent_key for key, row in by_key.items() if row.parent_key in by_key}
    return sorted(rows, key=lambda row: _levels(row.key, above) or 0 if row.group else 0)


def _levels(key: Key, above: Mapping[Key, Key | None]) -> int | None:
    """How many are above it; None when they are too many, or never end."""
    levels, at = 0, above.get(key)
    while at is not None:
        levels += at[0] is key[0]
        if levels >= tree.MOST_LEVELS or at == key:
            return None
        if at[0] is not key[0]:
            return levels + 1
        at = above.get(at)
    return levels


def _group(text: str) -> Group:
    plain = text.strip().lower().replace(" ", "_")
    if plain not in set(Group):
        raise Invalid(f"“{text[:60]}” is not a group. The groups are {', '.join(Group)}.")
    return Group(plain)


def _wanted(values: Mapping[str, str], group: Group) -> dict[str, str]:
    """The columns that the file has, in the form in which they are compared. Raises Invalid."""
    wanted = {"parent": " ".join(values["parent"].split())} if "parent" in values else {}
    if "color" in values:
        wanted["color"] = values["color"].strip().lower()
        if wanted["color"] and wanted["color"] not in set(Hue):
            raise Invalid(f"“{values['color'][:40]}” is not a colour. The colours are {', '.join(Hue)}.")
    if values.get("sort_order", "").strip():
        number = values["sort_order"].strip()
        if not (number.isascii() and number.isdigit() and int(number) <= tree.ORDER_MAX):
            raise Invalid(f"The order must be a whole number from 0 to {tree.ORDER_MAX}.")
        wanted["sort_order"] = str(int(number))
    if "archived" in values:
        said = values["archived"].strip().lower()
        if said not in _YES | _NO:
            raise Invalid("Under “archived” write yes, or nothing.")
        wanted["archived"] = "yes" if said in _YES else ""
    return wanted


def _changes(found: Known | None, wanted: Mapping[str, str]) -> list[tuple[str, str, str]]:
    if found is None:
        return [(name, "", value) for name, value in wanted.items() if value and name != "label"]
    now = {
        "label": found.label,
        "parent": found.parent,
        "color": found.color,
        "sort_order": str(found.sort_order),
        "archived": "yes" if found.archived else "",
    }
    differs = {name: value for name, value in wanted.items() if value != now[name]}
    if names.comparison_key(differs.get("parent", now["parent"])) == names.comparison_key(now["parent"]):
        differs.pop("parent", None)
    return [(name, now[name], value) for name, value in differs.items()]
