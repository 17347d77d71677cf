"""The operations of the API's own document, and the least that each of them wants to be asked with."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from portal.api import api

DOCUMENT: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema()))
METHODS = ("get", "put", "post", "patch", "delete")

Value = Callable[[str], Any]
"""Gives something to name for a parameter or field, None where there is nothing."""


@dataclass(frozen=True)
class Operation:
    name: str
    method: str
    path: str
    details: Mapping[str, Any]

    @property
    def path_names(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)

    def takes(self, header: str) -> bool:
        return any(one["name"] == header for one in self.details.get("parameters", ()))

    def address(self, path: Mapping[str, Any], query: Mapping[str, Any]) -> str:
        """Below `/v1/`."""
        filled = self.path.removeprefix("/v1/")
        for name, value in path.items():  # of others than those in the address, too
            filled = filled.replace(f"{{{name}}}", quote(str(value), safe=""))
        return f"{filled}?{urlencode(query)}" if query else filled

    def least_query(self, value: Value) -> dict[str, Any]:
        wanted = [one for one in self.details.get("parameters", ()) if one["in"] == "query" and one["required"]]
        return {one["name"]: _least(one["name"], one["schema"], value) for one in wanted}

    def least_body(self, value: Value) -> Any:
        content = self.details.get("requestBody", {}).get("content", {})
        return _least("", content["application/json"]["schema"], value) if content else None


def _least(name: str, schema: Mapping[str, Any], value: Value) -> Any:
    if "$ref" in schema:
        return _least(name, DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]], value)
    known = value(name) if name else None
    if known is not None:
        return known
    for word in ("examples", "enum", "anyOf", "oneOf", "allOf"):
        if schema.get(word):
            first = schema[word][0]
            return _least(name, first, value) if word.endswith("Of") else first
    for word in {"const", "default"} & set(schema):
        return schema[word]
    return _least_of_type(schema, value)


def _least_of_type(schema: Mapping[str, Any], value: Value) -> Any:
    kind = schema.get("type")
    if kind == "object":
        fields = schema.get("properties", {})
        return {name: _least(name, fields[name], value) for name in schema.get("required", ())}
    if kind == "array":
        return [_least("", schema["items"], value) for _number in range(schema.get("minItems", 0))]
    if kind in ("integer", "number"):
        return schema.get("minimum", 1)
    return {"boolean": False, "null": None}.get(str(kind), "x" * max(1, schema.get("minLength", 1)))


OPERATIONS = {
    methods[method]["operationId"]: Operation(methods[method]["operationId"], method.upper(), path, methods[method])
    for path, methods in DOCUMENT["paths"].items()
    for method in METHODS
    if method in methods
}
