"""What the schemas of all routes have in common."""

from __future__ import annotations

from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")

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
