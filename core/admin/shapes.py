"""A record as the Django admin sees it: an unmanaged model with a field for each attribute, made from the record itself.

It never meets a database; it gives forms their fields and lists their columns, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from core.aws.attributes import Described, Kind, described, key_names, plain
from core.aws.records import BaseRecord

_BETWEEN = "|"
KEY = "record_key"

_FIELDS: Mapping[Kind, type[models.Field[Any, Any]]] = {
    Kind.MOMENT: models.DateTimeField,
    Kind.WHOLE: models.BigIntegerField,
    Kind.NUMBER: models.FloatField,
    Kind.TEXT: models.TextField,
    Kind.DATA: models.JSONField,
}


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
    fields: dict[str, Any] = {name: _field(attribute) for name, attribute in described(record).items()}
    fields[KEY] = models.CharField(primary_key=True, editable=False, max_length=2048)
    made = {"__module__": f"{app}.admin", "Meta": type("Meta", (), options), **fields}
    return type(f"{record.__name__}Shape", (Shape,), made)


def _field(attribute: Described) -> models.Field[Any, Any]:
    if attribute.kind is Kind.FLAG:
        return models.BooleanField(null=attribute.optional, blank=True)
    return _FIELDS[attribute.kind](null=True, blank=attribute.optional)


def shaped(shape: type[Shape], record: BaseRecord) -> Shape:
    values = {name: plain(getattr(record, name)) for name in record.get_attributes()}
    instance = shape(**values, **{KEY: key_of(record)})
    instance.record = record
    return instance


def key_of(record: BaseRecord) -> str:
    return _BETWEEN.join(str(getattr(record, name)) for name in key_names(record))


def parts_of(key: str, record: type[BaseRecord]) -> tuple[Any, ...]:
    """The key that an address names. Raises ValueError for one that is none."""
    names = key_names(record)
    parts = key.split(_BETWEEN, 1) if len(names) == 2 else [key]
    if len(parts) != len(names):
        raise ValueError(key)
    kinds = described(record)
    return tuple(int(part) if kinds[name].kind is Kind.WHOLE else part for name, part in zip(names, parts, strict=True))
