"""The audit log, for Admins."""

from __future__ import annotations

from datetime import datetime

from django.http import StreamingHttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from accounts import audit_list
from accounts.audit_list import Filters, entries, file, month_of, rows_of
from accounts.enums import AuditResult
from accounts.http import Request
from accounts.permissions import Permission, require
from accounts.services.auditing import note_export
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core import clock
from core.api.schemas import Cursor, Listing, Output

router = Router(tags=["Admin: audit log"], auth=Bearer(Area.ADMIN))


class AuditFilters(BaseModel):
    """Without a person, a thing or a month the newest month is read."""

    who: str = Field("", max_length=200, description="The id of whoever did it.")
    thing: str = Field("", max_length=250, pattern=r"^([a-z_]+:[^\s#]{1,200})?$", examples=["course:01jd2v7m3s8q4k6w"])
    action: str = Field("", max_length=100, examples=["course.published"])
    result: AuditResult | None = None
    month: str = Field("", pattern=r"^(20\d\d-(0[1-9]|1[0-2]))?$", examples=["2026-11"])
    day: str = Field(
        "",
        pattern=r"^(20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?$",
        examples=["2026-11-30"],
        description="In UTC, in place of a month.",
    )

    def filters(self) -> Filters:
        month = self.day[:7] or self.month
        month = month if month or self.who or self.thing else month_of(clock.now())
        return Filters(self.who, self.thing, self.action, self.result.value if self.result else "", month, self.day)


class AuditQuery(AuditFilters):
    cursor: Cursor = ""


class AuditChange(Output):
    field: str
    before: str
    after: str


class AuditRow(Output):
    at: datetime
    who: str
    actor_id: str
    role: str
    words: str = Field(examples=["published it"])
    action: str = Field(examples=["course.published"])
    target: str = Field(examples=["course:01jd2v7m3s8q4k6w9x0y1z2a3b"])
    title: str
    version: str
    result: AuditResult
    reason: str
    request_id: str
    changes: list[AuditChange]

    @classmethod
    def of(cls, row: audit_list.Row) -> AuditRow:
        texts = {name: str(getattr(row, name)) for name in ("words", "title", "version")}
        return cls.model_validate(vars(row) | texts)


class AuditList(Listing[AuditRow]):
    """Newest first. A page can hold few entries, or none, where few pass the filters; go on while there is a cursor."""


_CSV = {
    "responses": {
        200: {"description": "UTF-8, with a byte-order mark.", "content": {"text/csv": {"schema": {"type": "string"}}}}
    }
}


@router.get("", response=AuditList, operation_id="listAudit", summary="Who did what, newest first")
def audit(request: Request, wanted: Query[AuditQuery]) -> AuditList:
    require(request.user, Permission.AUDIT_READ)
    found = entries(wanted.filters(), wanted.cursor or None)
    return AuditList(
        items=[AuditRow.of(row) for row in rows_of(request.user, found.items)], next_cursor=found.next_cursor
    )


@router.get(
    "/export.csv",
    auth=Bearer(Area.ADMIN, fresh=True),
    operation_id="exportAudit",
    summary="The same as a file, whatever its length",
    openapi_extra=_CSV,
)
def audit_export(request: Request, wanted: Query[AuditFilters]) -> StreamingHttpResponse:
    """That it was exported is audited itself."""
    require(request.user, Permission.AUDIT_READ)
    filters = wanted.filters()
    note_export(by=request.user, chosen={name: value for name, value in vars(filters).items() if value})
    response = StreamingHttpResponse(file(filters), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="audit-{filters.day or filters.month or "all"}.csv"'
    )
    return response
