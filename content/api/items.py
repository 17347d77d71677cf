from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.http import QueryDict
from ninja import Query, Router
from pydantic import BaseModel, ConfigDict, Field

from accounts.http import Request
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from content import access
from content.enums import Kind, Status
from content.library import LIBRARY, listing
from content.models import ContentItem, ContentVersion
from content.permissions import status_of
from content.rows import Row
from core import clock
from core.api.schemas import Cursor, Listing, Output

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


class ItemList(Listing[ItemRow]):
    total: int


class Item(Output):
    """The item as its page shows it to you: its live version, or the one in work where there is none yet."""

    content_id: str = Field(examples=["01jd2v7m3s8q4k6w9x0y1z2a3b"])
    kind: Kind
    status: Status
    version: int
    title: str
    summary: str
    body: str
    link_url: str
    product_suite: str | None = Field(description="The id of an option, as are the three below.")
    product: str | None
    product_concept: str | None
    tags: list[str]
    owner_user_id: str
    updated_at: datetime

    @classmethod
    def of(cls, item: ContentItem, version: ContentVersion) -> Item:
        return cls(
            content_id=item.content_id,
            kind=Kind(item.kind),
            status=status_of(item, clock.now()),
            version=int(version.version),
            title=version.title,
            summary=version.summary or "",
            body=version.body or "",
            link_url=version.link_url or "",
            product_suite=version.product_suite,
            product=version.product,
            product_concept=version.product_concept,
            tags=list(version.tags),
            owner_user_id=item.owner_user_id,
            updated_at=version.updated_at,
        )


@router.get("", response=ItemList, operation_id="listContent", summary="The library, filtered")
def items(request: Request, wanted: Query[Wanted]) -> ItemList:
    filters = LIBRARY.asked(wanted.query(), request.user.user_id)
    found = listing(request.user, filters, wanted.cursor or None)
    return ItemList(items=[ItemRow.of(row) for row in found.rows], next_cursor=found.next_cursor, total=found.total)


@router.get("/{content_id}", response=Item, operation_id="getContent", summary="An item")
def item(request: Request, content_id: str) -> Item:
    found = access.item_for_reading(request.user, content_id)
    return Item.of(found, access.shown_version(request.user, found))
