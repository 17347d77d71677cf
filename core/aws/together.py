"""Records of several tables read in one request, for pages that show a little of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar, cast

from core.aws import clients
from core.aws.errors import translated
from core.aws.records import BaseRecord, can_be_key

R = TypeVar("R", bound=BaseRecord)
AT_ONCE = 100
_Raw = dict[str, Any]


class Together:
    """What `read_together` found, by class and key. `asked` are the classes that it looked for."""

    def __init__(
        self, found: Mapping[tuple[type[BaseRecord], Any], BaseRecord], asked: Iterable[type[BaseRecord]] = ()
    ) -> None:
        self._found = found
        self.asked = frozenset(asked)

    def get(self, model: type[R], key: Any) -> R | None:
        return cast("R | None", self._found.get((model, key)))

    def many(self, model: type[R], keys: Iterable[Any]) -> list[R]:
        """In the order asked for; missing ones are left out."""
        found = (self.get(model, key) for key in keys)
        return [one for one in found if one is not None]


def read_together(wanted: Mapping[type[BaseRecord], Iterable[Any]], *, consistent: bool = False) -> Together:
    """One BatchGetItem per hundred keys, of whatever tables. The key of a record with a range key is a pair.

    Two classes that share a table must not be asked for the same key.
    """
    asked = {
        _place(model, raw): (model, key, raw)
        for model, keys in wanted.items()
        for key in dict.fromkeys(keys)
        if (raw := _raw(model, key))
    }
    found: dict[tuple[type[BaseRecord], Any], BaseRecord] = {}
    places = list(asked)
    for start in range(0, len(places), AT_ONCE):
        chunk = [asked[place] for place in places[start : start + AT_ONCE]]
        models = {str(model.Meta.table_name): model for model, _, _ in chunk}
        for table, item in _batch([(model, raw) for model, _, raw in chunk], consistent):
            model, key, _ = asked[_place(models[table], item)]
            found[model, key] = model.from_raw_data(item)
    return Together(found, wanted)


def _batch(keys: Iterable[tuple[type[BaseRecord], _Raw]], consistent: bool) -> Iterator[tuple[str, _Raw]]:
    pending: dict[str, Any] = {}
    for model, raw in keys:
        of_table = pending.setdefault(str(model.Meta.table_name), {"Keys": [], "ConsistentRead": consistent})
        of_table["Keys"].append(raw)
    while pending:
        with translated():
            answer = clients.client("dynamodb").batch_get_item(RequestItems=pending)
        for table, items in answer["Responses"].items():
            yield from ((table, item) for item in items)
        pending = answer.get("UnprocessedKeys") or {}


def _key_attributes(model: type[BaseRecord]) -> list[Any]:
    both = (model._hash_key_attribute(), model._range_key_attribute())  # type: ignore[no-untyped-call]
    return [attribute for attribute in both if attribute is not None]


def _raw(model: type[BaseRecord], key: Any) -> _Raw | None:
    """The key as DynamoDB reads it; None for one that it could not hold."""
    parts = key if isinstance(key, tuple) else (key,)
    if not all(map(can_be_key, parts)):
        return None
    return {
        attribute.attr_name: {attribute.attr_type: attribute.serialize(part)}
        for attribute, part in zip(_key_attributes(model), parts, strict=True)
    }


def _place(model: type[BaseRecord], raw: _Raw) -> tuple[str, ...]:
    """Tells records apart across tables."""
    return str(model.Meta.table_name), *(repr(raw[attribute.attr_name]) for attribute in _key_attributes(model))
