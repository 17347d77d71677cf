"""A record as the Django admin sees it: an unmanaged model with a field for each attribute, made from the record itself.

It never meets a database; it gives forms their fields and lists their columns, and nothing else.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from pynamodb.attributes import (
    Attribute,
    BooleanAttribute,
    JSONAttribute,
    ListAttribute,
    MapAttribute,
    NumberAttribute,
    TTLAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
    VersionAttribute,
)

from core.aws.records import AnyMapAttribute, BaseRecord, IntegerAttribute

_BETWEEN = "|"
KEY = "record_key"

_FIELDS: tuple[tuple[type[Attribute[Any]], type[models.Field[Any, Any]]], ...] = (
    (UTCDateTimeAttribute, models.DateTimeField),
    (TTLAttribute, models.DateTimeField),
    (BooleanAttribute, models.BooleanField),
    (VersionAttribute, models.BigIntegerField),
    (IntegerAttribute, models.BigIntegerField),
    (NumberAttribute, models.FloatField),
    (JSONAttribute, models.JSONField),
    (AnyMapAttribute, models.JSONField),
    (ListAttribute, models.JSONField),
    (MapAttribute, models.JSONField),
    (UnicodeAttribute, models.TextField),
)


class Shape(models.Model):
    """`record` is what it was made of, None for one that is being added."""

    record: BaseRecord | None = None

    class Meta:
        abstract = True

    def __str__(self) -> str:
        titles = (getattr(self, name, None) for name in ("title", "label", "display_name"))
        return str(next(filter(None, titles), self.pk))


def shape_of(record: type[BaseRecord], app: str, *, named: Any, plural: Any) -> type[Shape]:
    """The model for a record class; `named` and `plural` are what the admin calls it."""
    options = {"managed": False, "app_label": app, "verbose_name": named, "verbose_name_plural": plural}
    fields: dict[str, Any] = {name: _field(attribute) for name, attribute in record.get_attributes().items()}
    fields[KEY] = models.CharField(primary_key=True, editable=False, max_length=2048)
    made = {"__module__": f"{app}.admin", "Meta": type("Meta", (), options), **fields}
    return type(f"{record.__name__}Shape", (Shape,), made)


def _field(attribute: Attribute[Any]) -> models.Field[Any, Any]:
    kind = next(field for known, field in _FIELDS if isinstance(attribute, known))
    if kind is models.BooleanField:
        return kind(null=bool(attribute.null), blank=True)
    return kind(null=True, blank=bool(attribute.null or attribute.default is not None))


def shaped(shape: type[Shape], record: BaseRecord) -> Shape:
    values = {name: _plain(getattr(record, name)) for name in record.get_attributes()}
    instance = shape(**values, **{KEY: key_of(record)})
    instance.record = record
    return instance


def _plain(value: Any) -> Any:
    if isinstance(value, MapAttribute):
        return value.as_dict()
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def key_of(record: BaseRecord) -> str:
    names = (record._hash_keyname, record._range_keyname)
    return _BETWEEN.join(str(getattr(record, name)) for name in names if name)


def parts_of(key: str, record: type[BaseRecord]) -> tuple[Any, ...]:
    """The key that an address names. Raises ValueError for one that is none."""
    names = [name for name in (record._hash_keyname, record._range_keyname) if name]
    parts = key.split(_BETWEEN, 1) if len(names) == 2 else [key]
    if len(parts) != len(names):
        raise ValueError(key)
    attributes = record.get_attributes()
    return tuple(
        int(part) if isinstance(attributes[name], NumberAttribute | IntegerAttribute) else part
        for name, part in zip(names, parts, strict=True)
    )
