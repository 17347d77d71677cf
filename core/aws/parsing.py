"""DynamoDB's items as they come.

botocore walks through every answer by the model of its shape, value by value. That is a seventh of the CPU of a page, and
for items it changes nothing unless one holds binary: JSON has made of them what PynamoDB reads. All else is botocore's.
"""

from __future__ import annotations

from typing import Any

from botocore.parsers import JSONParser, ResponseParser, ResponseParserFactory

_ITEMS = {"AttributeMap", "ItemList", "Key"}
_BINARY = (b'"B"', b'"BS"')


class _ItemsAsTheyCome(JSONParser):
    _as_they_come = False

    def _handle_json_body(self, raw_body: bytes, shape: Any) -> Any:
        self._as_they_come = not any(mark in raw_body for mark in _BINARY)
        return super()._handle_json_body(raw_body, shape)  # type: ignore[misc]

    def _parse_shape(self, shape: Any, node: Any) -> Any:
        if self._as_they_come and shape.name in _ITEMS:
            return node
        return super()._parse_shape(shape, node)  # type: ignore[misc]


class Factory(ResponseParserFactory):
    def create_parser(self, protocol_name: str) -> ResponseParser:
        if protocol_name == "json":
            return _ItemsAsTheyCome(**self._defaults)  # type: ignore[attr-defined]
        return super().create_parser(protocol_name)
