"""Values of a manifest, each read as what it has to be. All raise Invalid with the place in the manifest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.errors import Invalid


class Reader:
    """`where` says what the values describe, for the sentence in which one of them is refused."""

    def __init__(self, values: Mapping[str, Any], where: str) -> None:
        self.values, self.where = values, where

    def text(self, name: str, default: str = "") -> str:
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise Invalid(f"{self.where}: “{name}” must be a text. Put it in quotes.")
        return str(value).strip()

    def written(self, name: str) -> str:
        """With all its spaces and lines."""
        value = self.values.get(name)
        return value if isinstance(value, str) else self.text(name)

    def needed(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise Invalid(f"{self.where}: “{name}” is missing.")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        found = (Reader({name: value}, self.where).text(name) for value in self.list(name))
        return tuple(text for text in found if text)

    def list(self, name: str) -> Sequence[Any]:
        value = self.values.get(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise Invalid(f"{self.where}: “{name}” must be a list.")
        return value

    def maps(self, name: str) -> Sequence[Mapping[str, Any]]:
        found = self.list(name)
        if not all(isinstance(one, dict) for one in found):
            raise Invalid(f"{self.where}: every entry of “{name}” must have names with values.")
        return found

    def flag(self, name: str, default: bool) -> bool:
        value = self.values.get(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise Invalid(f"{self.where}: “{name}” must be true or false.")
        return value

    def number(self, name: str, most: int = 10_000_000) -> int | None:
        value = self.values.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
            raise Invalid(f"{self.where}: “{name}” must be a whole number from 0 to {most}.")
        return value
