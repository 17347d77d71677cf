"""What the schemas of all routes have in common."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from ninja import Header
from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, Strict

T = TypeVar("T")


def _written(value: Any) -> Any:
    """Else a number would be taken for seconds since 1970."""
    if value is not None and not isinstance(value, str | datetime):
        raise ValueError("Write an ISO 8601 moment with its zone, for example 2026-03-01T09:00:00Z.")
    return value


def _near(value: datetime) -> datetime:
    """Nobody means another century, and beyond the calendar's ends a moment has no place in another zone."""
    if not 2000 <= value.year < 2100:
        raise ValueError("Choose a moment between the years 2000 and 2100.")
    return value


Moment = Annotated[
    AwareDatetime, BeforeValidator(_written), AfterValidator(_near), Field(examples=["2026-03-01T09:00:00.000Z"])
]
Number = Annotated[int, Strict()]
"""A whole number that is written as one: neither `"3"` nor `true`."""
Flag = Annotated[bool, Strict()]
"""`true` or `false`: neither `1` nor `"yes"`."""
Id = Annotated[str, Field(min_length=1, max_length=200, examples=["01jd2v7m3s8q4k6w9x0y1z2a3b"])]
IfMatch = Annotated[
    str,
    Header("", alias="If-Match", description="The `ETag` of the version that you have seen: required.", max_length=200),
]

Cursor = Annotated[str, Field(max_length=4000, description="`next_cursor` of the page before; empty for the first.")]


class Input(BaseModel):
    """Unknown fields are refused: a misspelt one is never ignored, and nobody is named but by her token."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Output(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True)


class Listing(Output, Generic[T]):
    """A list's schema is a subclass of its own, for example `class ItemList(Listing[ItemRow])`."""

    items: list[T]
    next_cursor: str | None = Field(description="Leads to the next page; null on the last one.")


class FieldProblem(Output):
    field: str = Field(examples=["body.title"])
    detail: str = Field(examples=["Give it a title."])


class Problem(Output):
    """RFC 9457. `code` tells programs what it was, `detail` people what to do."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Nothing here"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["This page does not exist, or you do not have access to it."])
    code: str = Field(examples=["not_found"])
    request_id: str = Field(examples=["01jd2v7m3s8q4k6w9x0y1z2a3b"])
    errors: list[FieldProblem] | None = None
