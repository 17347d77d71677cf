"""What the attributes of a record are, for who shows or copies records without knowing which they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pynamodb.attributes import (
    Attribute,
    BooleanAttribute,
    MapAttribute,
    NumberAttribute,
    TTLAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
    VersionAttribute,
)

from core.aws.records import BaseRecord, IntegerAttribute


class Kind(StrEnum):
    MOMENT = "moment"
    FLAG = "flag"
    WHOLE = "whole"
    NUMBER = "number"
    TEXT = "text"
    DATA = "data"
    """Lists, maps and whatever else JSON can hold."""


@dataclass(frozen=True)
class Described:
    kind: Kind
    optional: bool


_KINDS: tuple[tuple[type[Attribute[Any]], Kind], ...] = (
    (UTCDateTimeAttribute, Kind.MOMENT),
    (TTLAttribute, Kind.MOMENT),
    (BooleanAttribute, Kind.FLAG),
    (VersionAttribute, Kind.WHOLE),
    (IntegerAttribute, Kind.WHOLE),
    (NumberAttribute, Kind.NUMBER),
)


def described(record: type[BaseRecord]) -> Mapping[str, Described]:
    return {name: _described(attribute) for name, attribute in record.get_attributes().items()}


def _described(attribute: Attribute[Any]) -> Described:
    kind = next((kind for known, kind in _KINDS if isinstance(attribute, known)), None)
    if kind is None:
        kind = Kind.TEXT if type(attribute) is UnicodeAttribute else Kind.DATA
    return Described(kind, bool(attribute.null or attribute.default is not None))


def key_names(record: type[BaseRecord] | BaseRecord) -> list[str]:
    """The hash key's name, and the range key's where there is one."""
    return [name for name in (record._hash_keyname, record._range_keyname) if name]


def plain(value: Any) -> Any:
    """Maps and lists of PynamoDB's as those of Python."""
    if isinstance(value, MapAttribute):
        return value.as_dict()
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value
