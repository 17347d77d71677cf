"""The tree of an OLX course: most of its elements only point to a file in which they are written out."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from core.errors import Invalid
from lms.exchange.packages import Package
from lms.exchange.xml import parse

COURSE = "course.xml"
_MOST_OPENED = 20_000


class Tree:
    """`base` is the folder of `course.xml`. Elements come resolved, with the attributes of both places."""

    def __init__(self, package: Package, base: str) -> None:
        self.package, self.base = package, base
        self._opened = 0

    def root(self) -> Element:
        """Raises Invalid."""
        name = self.at(COURSE)
        root = self.resolved(parse(self.package.data(name), name))
        policy = self._policy(root)
        root.attrib |= {key: str(value) for key, value in policy.items() if isinstance(value, str | int | float)}
        return root

    def at(self, *parts: str) -> str:
        return posixpath.normpath(posixpath.join(self.base, *parts))

    def resolved(self, element: Element) -> Element:
        """Raises Invalid when the file it points to cannot be read, or things point to each other without end."""
        self._opened += 1
        if self._opened > _MOST_OPENED:
            raise Invalid("Its parts point to each other without end.")
        name = self.file_of(element)
        if len(element) or (element.text or "").strip() or name not in self.package:
            return element
        written = parse(self.package.data(name), name)
        written.attrib = {**element.attrib, **written.attrib, "url_name": element.get("url_name", "")}
        return written

    def file_of(self, element: Element) -> str:
        url_name = element.get("url_name", "").replace(":", "/")
        return self.at(element.tag, f"{url_name}.xml") if url_name else ""

    def children(self, element: Element, problems: list[tuple[str, str]]) -> Iterator[Element]:
        """One that cannot be read is told in `problems`, and the others go on."""
        for child in element:
            try:
                yield self.resolved(child)
            except Invalid as error:
                problems.append((child.get("display_name") or child.get("url_name") or child.tag, error.message))

    def text(self, *places: str) -> str:
        """Of the first of these files that is there."""
        for place in places:
            name = self.at(place)
            if name in self.package:
                return self.package.text(name)
        return ""

    def grading(self, root: Element) -> dict[str, Any]:
        return self._json(f"policies/{root.get('url_name', '')}/grading_policy.json", "grading_policy.json")

    def _policy(self, root: Element) -> dict[str, Any]:
        """What Studio changed since, which stands beside the tree."""
        run = root.get("url_name", "")
        found = self._json(f"policies/{run}/policy.json", f"policies/{run}.json", "policy.json").get(f"course/{run}")
        return found if isinstance(found, dict) else {}

    def _json(self, *places: str) -> dict[str, Any]:
        try:
            found = json.loads(self.text(*places) or "{}")
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}
