"""XML of strangers: no entities of its own, nothing fetched, nothing too large or too deep."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as Defused

from core.errors import Invalid

_DEEPEST = 200


def parse(data: bytes, name: str) -> Element:
    """Names of elements lose their namespace, so that every version of a standard reads alike. Raises Invalid."""
    try:
        root: Element = Defused.fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise Invalid(f"“{name}” defines entities or fetches from elsewhere. For safety it is not read.") from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        where = f" (line {error.position[0]})" if isinstance(error, ParseError) else ""
        raise Invalid(f"“{name}” is not well-formed XML{where}.") from error
    _plain(root, name)
    return root


def _plain(root: Element, name: str) -> None:
    level = [root]
    for _ in range(_DEEPEST):
        for element in level:
            element.tag = _local(element.tag)
            element.attrib = {_local(key): value for key, value in element.attrib.items()}
        level = [child for element in level for child in element if isinstance(child.tag, str)]
        if not level:
            return
    raise Invalid(f"“{name}” is nested too deep.")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else tag


def text_of(element: Element | None) -> str:
    """All words below it, on one line."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def at(element: Element, path: str) -> str:
    return text_of(element.find(path))


def inner(element: Element) -> str:
    """What stands between its tags, as markup."""
    inside = (tostring(child, encoding="unicode", method="html") for child in element)
    return (element.text or "") + "".join(inside)


def children(element: Element, *tags: str) -> Iterator[Element]:
    for child in element:
        if child.tag in tags:
            yield child
