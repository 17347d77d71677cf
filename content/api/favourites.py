"""What somebody starred and what she opened last."""

from __future__ import annotations

from ninja import Router, Status
from pydantic import Field

from accounts import services as people
from accounts.http import Request
from accounts.store import profile_of
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from content import access
from content.api.items import ItemRow
from content.rows import rows_of
from core import clock
from core.api.schemas import Output

router = Router(tags=["Me"], auth=Bearer(Area.PROFILE))


class Favourites(Output):
    starred: list[ItemRow]
    gone: list[str] = Field(description="Ids of what you starred and may no longer see.")
    recent: list[ItemRow] = Field(description="What you opened last on its page.")


@router.get("", response=Favourites, operation_id="getFavourites", summary="What I starred, and opened last")
def favourites(request: Request) -> Favourites:
    profile = profile_of(request.user.user_id)
    starred, recent = (list(profile.favourites[:100]), list(profile.recent)) if profile else ([], [])
    visible = access.items_for_reading(request.user, list(dict.fromkeys(starred + recent)))
    rows = {row.content_id: ItemRow.of(row) for row in rows_of(visible, clock.now())}
    return Favourites(
        starred=[rows[one] for one in starred if one in rows],
        gone=[one for one in starred if one not in rows],
        recent=[rows[one] for one in recent if one in rows],
    )


@router.put("/{content_id}", response={204: None}, operation_id="star", summary="Star an item")
def star(request: Request, content_id: str) -> Status[None]:
    access.item_for_reading(request.user, content_id)
    people.toggle_favourite(by=request.user, content_id=content_id, on=True)
    return Status(204, None)


@router.delete("/{content_id}", response={204: None}, operation_id="unstar", summary="Take a star away")
def unstar(request: Request, content_id: str) -> Status[None]:
    """Also from what you may no longer see."""
    people.toggle_favourite(by=request.user, content_id=content_id, on=False)
    return Status(204, None)
