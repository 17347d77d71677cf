"""The demo company's library as it is written down in `library/`: read, checked, turned into values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from content.enums import Kind
from content.rules.review import DEFAULT_DAYS

FOLDER = Path(__file__).parent / "library"
SUITE_FILES = ("advancement", "admissions", "alumni", "success")


@dataclass(frozen=True)
class Suite:
    name: str
    hue: str
    products: tuple[str, ...]


@dataclass(frozen=True)
class Habits:
    """What a person follows and keeps at hand; favourites and opened are slugs of assets."""

    products: tuple[str, ...]
    favourites: tuple[str, ...]
    opened: tuple[str, ...]


@dataclass(frozen=True)
class Company:
    suites: tuple[Suite, ...]
    concepts: tuple[str, ...]
    tags: tuple[str, ...]
    people: Mapping[str, Habits]


@dataclass(frozen=True)
class Asset:
    """One item to be. `story` names its history and `age` the days since that reached its present state."""

    slug: str
    suite: Suite
    title: str
    summary: str
    concept: str
    tags: tuple[str, ...]
    owner: str
    story: str
    age: int
    product: str | None = None
    file: str = ""
    link: str = ""
    article: bool = False
    content: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    replaced_by: str = ""
    review_every: int = DEFAULT_DAYS

    @property
    def content_id(self) -> str:
        """Known beforehand, so that seeding twice finds what is there and articles can link to one another."""
        return content_id(self.slug)

    @property
    def kind(self) -> Kind:
        if self.article:
            return Kind.ARTICLE
        return Kind.LINK if self.link else Kind.FILE

    @property
    def body(self) -> str:
        return (FOLDER / "articles" / f"{self.slug}.md").read_text(encoding="utf-8") if self.article else ""


def content_id(slug: str) -> str:
    return f"demo-{slug}"


@cache
def company() -> Company:
    data = _read("company")
    return Company(
        suites=tuple(Suite(suite["name"], suite["hue"], tuple(suite["products"])) for suite in data["suites"]),
        concepts=tuple(data["concepts"]),
        tags=tuple(data["tags"]),
        people={
            name: Habits(**{key: tuple(values) for key, values in habits.items()})
            for name, habits in data["people"].items()
        },
    )


@cache
def assets() -> tuple[Asset, ...]:
    """What is replaced by another comes after all others."""
    return tuple(sorted(_assets(), key=lambda asset: bool(asset.replaced_by)))


def _assets() -> Iterator[Asset]:
    suites = {suite.name: suite for suite in company().suites}
    for name in SUITE_FILES:
        data = _read(name)
        for entry in data["items"]:
            yield Asset(**entry | {"suite": suites[data["suite"]], "tags": tuple(entry["tags"])})


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return found
