"""What the schemas of all routes have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Output(BaseModel):
    model_config = ConfigDict(frozen=True)


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
