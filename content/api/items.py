from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.http import QueryDict
from ninja import Query, Router, Status
from pydantic import BaseModel, ConfigDict, Field

from accounts.http import Request
from accounts.permissions import Permission, require
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from content import access, item_page, store
from content.api.schemas import Item, NewItem
from content.library import LIBRARY, listing
from content.rows import Row, rows_of
from content.services import drafts
from core import clock
from core.api import etags
from core.api.answering import created
from core.api.idempotency import made_id, once
from core.api.schemas import Cursor, IfMatch, Listing, Output
from metadata.api.choosing import check_options

router = Router(tags=["Library"], auth=Bearer(Area.CONTENT))

Values = list[str]


class Wanted(BaseModel):
    """The filters of the library's page, under the same names."""

    model_config = ConfigDict(frozen=True)

    q: str = Field("", max_length=200, description="Words to look for.")
    suite: Values = Field([], max_length=50, description="Ids or slugs of suites.")
    product: Values = Field([], max_length=50)
    concept: Values = Field([], max_length=50)
    tag: Values = Field([], max_length=50)
    type: Values = Field([], max_length=50, description="For example `pdf`.")
    status: Values = Field([], max_length=50, description="For example `Approved`.")
    freshness: Values = Field([], max_length=50)
    owner: Values = Field([], max_length=50, description="Ids of people; `me` is you.")
    sort: Literal["", "newest", "title", "relevance"] = ""
    cursor: Cursor = ""

    def query(self) -> QueryDict:
        made = QueryDict(mutable=True)
        for name, value in self.model_dump(exclude={"cursor"}).items():
            made.setlist(name, value if isinstance(value, list) else [value])
        return LIBRARY.canonical(made)


class ItemRow(Output):
    """An item as lists show it: labels, not ids."""

    content_id: str = Field(examples=["01jd2v7m3s8q4k6w9x0y1z2a3b"])
    title: str
    summary: str
    format: str
    status: str
    suite: str
    concept: str
    owner_name: str
    updated_at: datetime

    @classmethod
    def of(cls, row: Row) -> ItemRow:
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class ItemRows(Listing[ItemRow]):
    pass


class ItemList(Listing[ItemRow]):
    total: int


@router.get("", response=ItemList, operation_id="listContent", summary="The library, filtered")
def items(request: Request, wanted: Query[Wanted]) -> ItemList:
    filters = LIBRARY.asked(wanted.query(), request.user.user_id)
    found = listing(request.user, filters, wanted.cursor or None)
    return ItemList(items=[ItemRow.of(row) for row in found.rows], next_cursor=found.next_cursor, total=found.total)


@router.post("", response={201: Item}, operation_id="createContent", summary="Begin a draft of your own")
@once(lambda request, content_id: _created(request, content_id))
def create(request: Request, new: NewItem) -> Status[Item]:
    check_options(new.model_dump())
    made = drafts.create(kind=new.kind, fields=new.fields(), content_id=made_id(request), by=request.user)
    return _created(request, str(made.content_id))


def _created(request: Request, content_id: str) -> Status[Item]:
    return created(request, f"content/{content_id}", Item.now(request, content_id))


@router.get("/review", response=ItemRows, operation_id="listReviews", summary="What waits for review, longest first")
def reviews(request: Request, cursor: Cursor = "") -> ItemRows:
    require(request.user, Permission.CONTENT_APPROVE)
    found = store.items_in_review(cursor=cursor or None)
    rows = rows_of(access.readable(request.user, found.items), clock.now())
    return ItemRows(items=[ItemRow.of(row) for row in rows], next_cursor=found.next_cursor)


@router.get("/{content_id}", response=Item, operation_id="getContent", summary="An item")
def item(request: Request, content_id: str) -> Item:
    found = access.item_for_reading(request.user, content_id)
    return Item.of(request, found, access.shown_version(request.user, found))


@router.delete("/{content_id}", response={204: None}, operation_id="deleteContent", summary="Delete a draft for good")
def delete(request: Request, content_id: str, if_match: IfMatch) -> Status[None]:
    """Only what was never approved, by its owner. Admins may purge the rest."""
    with etags.matching():
        drafts.delete(content_id=content_id, seen_rev=etags.seen(if_match), by=request.user)
    return Status(204, None)


@router.get("/{content_id}/used-by", response=ItemRows, operation_id="listUses", summary="Items that point to it")
def used_by(request: Request, content_id: str) -> ItemRows:
    """By a link in their text, or as what to use instead. The first fifty that you may see."""
    found, now = access.item_for_reading(request.user, content_id), clock.now()
    hits = item_page.used_by(request.user, found, now, limit=50).hits
    rows = rows_of(access.items_for_reading(request.user, [hit.doc_id for hit in hits]), now)
    return ItemRows(items=[ItemRow.of(row) for row in rows], next_cursor=None)
