"""Completes the OpenAPI document: what can be refused follows from what an operation takes, and is said of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from ninja.openapi.schema import OpenAPISchema

from core.api.problems import CONTENT_TYPE
from core.api.schemas import Problem

SCOPE = "x-scope"
"""Under which an operation says what scope a token needs, until the document is complete."""
_METHODS = ("get", "put", "post", "patch", "delete")
_DESCRIPTIONS = {
    304: "Not changed since the version that `If-None-Match` names.",
    400: "Not acceptable: `detail` says why, `errors` where.",
    401: "No token, or one that does not hold (any more).",
    403: "The person's role, or the state of the thing, does not allow it.",
    404: "Missing, or hidden from this person: the two look the same.",
    409: "Somebody else was first, or the same request is under way. Nothing was written.",
    412: "Changed since the version that `If-Match` names. Nothing was written.",
    413: "The body is too large.",
    415: "The body is not `application/json`.",
    422: "Well-formed, but not what this address takes: `errors` says where.",
    428: "`If-Match` is missing.",
    429: "Too many requests; `Retry-After` says for how many seconds.",
    500: "Our fault. Quote `request_id` when you tell us.",
    503: "A service we rely on does not answer. Nothing was lost.",
}
_HEADERS: dict[str, Any] = {
    "ETag": {"description": "Names this version; for `If-None-Match` and `If-Match`.", "schema": {"type": "string"}},
    "Location": {"description": "Where the new thing is.", "schema": {"type": "string"}},
    "Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}},
}


class Document(OpenAPISchema):
    def add_schema_definitions(self, definitions: dict[str, Any]) -> None:
        """Raises ImproperlyConfigured for two schemas of one name: the document would give one for the other."""
        twice = [name for name, found in definitions.items() if self.schemas.get(name, found) != found]
        if twice:
            raise ImproperlyConfigured(f"Two schemas of the API are called {', '.join(twice)}. Rename one of each.")
        super().add_schema_definitions(definitions)


def complete(document: dict[str, Any]) -> None:
    components = document["components"]
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    components["schemas"] |= schema.pop("$defs", {}) | {"Problem": schema}
    components["responses"] = {f"Problem{status}": _response(status) for status in _DESCRIPTIONS if status != 304}
    components["responses"]["NotModified"] = {"description": _DESCRIPTIONS[304]}
    for path in document["paths"].values():
        for method in _METHODS:
            if method in path:
                _complete_operation(method, path[method])
                for content in path[method].get("requestBody", {}).get("content", {}).values():
                    _leave_out_defaults(content["schema"], components["schemas"])


def _leave_out_defaults(schema: Any, schemas: dict[str, Any]) -> None:
    """Generated clients send what is said to be the default, though nobody gave it: a change would empty every field."""
    if isinstance(schema, dict):
        schema.pop("default", None)
        if "$ref" in schema:
            _leave_out_defaults(schemas[schema["$ref"].rpartition("/")[2]], schemas)
        for part in [*schema.get("properties", {}).values(), schema.get("items"), *_choices(schema)]:
            _leave_out_defaults(part, schemas)


def _choices(schema: dict[str, Any]) -> Iterator[Any]:
    for word in ("anyOf", "oneOf", "allOf"):
        yield from schema.get(word, ())


def _complete_operation(method: str, operation: dict[str, Any]) -> None:
    if scope := operation.pop(SCOPE, None):
        operation["security"] = [{scheme: [scope] for scheme in one} for one in operation["security"]]
    responses = {str(status): response for status, response in operation["responses"].items()}
    for status in {"200", "201"} & set(responses):
        responses[status]["headers"] = {name: _HEADERS[name] for name in ("ETag", "Location")[: int(status) - 199]}
    responses |= {
        str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in _refusals(method, operation)
    }
    if method == "get":
        responses["304"] = {"$ref": "#/components/responses/NotModified"}
    operation["responses"] = dict(sorted(responses.items()))
    for parameter in operation.get("parameters", ()):
        parameter["schema"].pop("title", None)
        parameter.pop("examples", None)  # they stand in its schema, as JSON Schema has them
        parameter["required"] |= parameter["name"] == "If-Match"


def _refusals(method: str, operation: dict[str, Any]) -> Iterator[int]:
    parameters = operation.get("parameters", ())
    yield from (400, 403, 404, 429, 500, 503)
    if operation.get("security"):
        yield 401
    if parameters or operation.get("requestBody"):
        yield 422
    if method != "get":
        yield from (409, 413)
    if operation.get("requestBody"):
        yield 415
    if any(parameter["name"] == "If-Match" for parameter in parameters):
        yield from (412, 428)


def _response(status: int) -> dict[str, Any]:
    made: dict[str, Any] = {
        "description": _DESCRIPTIONS[status],
        "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status == 429:
        made["headers"] = {"Retry-After": _HEADERS["Retry-After"]}
    return made
