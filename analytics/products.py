"""Products and suites in one field: what a dashboard can be narrowed to."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.urls import reverse

from core.picker import Choice, Found
from metadata.enums import Group
from metadata.picking import OptionSource

_SOURCES = tuple(OptionSource(group) for group in (Group.PRODUCT_SUITE, Group.PRODUCT))


class ProductSource:
    """Suites first, then the products under them."""

    @property
    def url(self) -> str:
        return reverse("analytics:pick")

    def found(self, text: str, most: int) -> Found:
        found = [source.found(text, most) for source in _SOURCES]
        choices = [choice for one in found for choice in one.choices]
        return Found(choices[:most], more=len(choices) > most or any(one.more for one in found))

    def named(self, values: Sequence[str], kept: Collection[str]) -> Mapping[str, Choice]:
        return {value: choice for source in _SOURCES for value, choice in source.named(values, kept).items()}
