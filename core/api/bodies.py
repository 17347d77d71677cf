"""JSON as it is taken: bounded, and without anything that two readers could understand differently."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from core.api.errors import NotJson, TooLarge
from core.errors import Invalid

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 20


class StrictParser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        """Raises NotJson, TooLarge, Invalid."""
        if request.content_type != "application/json":
            raise NotJson
        check_size(request)
        return parsed(request.body)


def check_size(request: HttpRequest) -> None:
    """By what is announced, before any of it is read. Raises TooLarge."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if not announced.isdecimal() or int(announced) > MAX_BYTES:
        raise TooLarge(f"A body may have {MAX_BYTES // 1024} KB. Send files to the address that “upload-url” gives.")


def parsed(raw: bytes) -> Any:
    """Raises Invalid, which says what is wrong with it."""
    try:
        value = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_each_once,
            parse_constant=_no_number,
            parse_float=_finite,
        )
    except UnicodeDecodeError as error:
        raise Invalid("The body is not UTF-8.") from error
    except RecursionError as error:
        raise _too_deep() from error
    except ValueError as error:
        raise Invalid("The body is not JSON.") from error
    _check(value, MAX_DEPTH)
    return value


def _each_once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Invalid("The body names a field twice in one object.")
        found[name] = value
    return found


def _no_number(text: str) -> Any:
    raise Invalid(f"The body has {text}, which JSON does not know.")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise Invalid("The body has a number that is too large.")
    return number


def _check(value: Any, depth: int) -> None:
    if depth < 0:
        raise _too_deep()
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, dict):
        for name, inner in value.items():
            _check_text(name)
            _check(inner, depth - 1)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, depth - 1)


def _check_text(text: str) -> None:
    if "\x00" in text:
        raise Invalid("The body has a text with a NUL character.")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Invalid("The body has half of a character: a lone surrogate.") from error


def _too_deep() -> Invalid:
    return Invalid(f"The body is nested more than {MAX_DEPTH} deep.")
