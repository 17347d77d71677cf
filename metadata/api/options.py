"""Options: read by everybody who chooses among them, kept in order by Admins."""

from __future__ import annotations

from typing import Annotated

from ninja import Router, Status
from pydantic import Field

from accounts.http import Request
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core.api import etags
from core.api.answering import created
from core.api.idempotency import once
from core.api.schemas import Id, IfMatch, Input, Output
from core.errors import NotFound
from metadata import access, references, store
from metadata.enums import Group, Hue
from metadata.models import Option
from metadata.rules.names import MAX_LABEL
from metadata.services import options as services
from metadata.services import order, retiring
from metadata.store import options_of, parent_of

router = Router(tags=["Metadata"], auth=Bearer(Area.METADATA))

ID = "01jd2v7m3s8q4k6w9x0y1z2a3b"
ONE = "/{group}/options/{option_id}"
Label = Annotated[str, Field(max_length=MAX_LABEL * 2, examples=["Advancement"])]


class OptionOut(Output):
    option_id: str = Field(examples=[ID])
    label: str = Field(examples=["Advancement"])
    slug: str = Field(examples=["advancement"])
    parent_id: str | None = Field(description="The suite of a product; what another option hangs under.")
    color: str | None = Field(examples=["teal"])
    is_archived: bool = Field(description="No longer offered, and still where it is.")
    merged_into: str | None = Field(description="The option that stands in its place.")

    @classmethod
    def of(cls, option: Option) -> OptionOut:
        return cls(
            option_id=option.option_id,
            label=option.label,
            slug=option.slug,
            parent_id=parent_of(option),
            color=option.color,
            is_archived=bool(option.archived_at),
            merged_into=store.resolve(option.merged_into) if option.merged_into else None,
        )

    @classmethod
    def revised(cls, request: Request, option: Option) -> OptionOut:
        """And says, for the ETag, which revision this is."""
        etags.revision(request, int(option.rev))
        return cls.of(option)


class OptionList(Output):
    items: list[OptionOut]


class OptionUses(Output):
    """What an Admin wants to know before she retires an option."""

    shown: int = Field(description="How many things of the library readers see with it.")
    everywhere: int = Field(description="With drafts, earlier versions and what was retired.")
    cannot_archive: str = Field(description="Why not; empty where it can be.")
    cannot_delete: str


class NewOption(Input):
    label: Label
    parent_id: Id | None = None
    color: Hue | None = None


class OptionEdit(Input):
    """What is left out stays as it is."""

    label: Label = ""
    parent_id: Id | None = None
    color: Hue | None = None


class Place(Input):
    before_id: Id | None = Field(description="The sibling that it comes before; null for the end.")


@router.get("/{group}/options", response=OptionList, operation_id="listOptions", summary="What can be chosen, in order")
def options(request: Request, group: Group) -> OptionList:
    """Archived ones too. Kept for a minute by each process."""
    return OptionList(items=[OptionOut.of(option) for option in options_of(group)])


@router.post("/{group}/options", response={201: OptionOut}, operation_id="createOption", summary="Make an option")
@once()
def option_create(request: Request, group: Group, new: NewOption) -> Status[OptionOut]:
    made = services.create(group=group, fields=services.Fields(**new.model_dump()), by=request.user)
    return created(request, f"metadata/{group}/options/{made.option_id}", OptionOut.revised(request, made))


@router.get(ONE, response=OptionOut, operation_id="getOption", summary="An option")
def option(request: Request, group: Group, option_id: str) -> OptionOut:
    return OptionOut.revised(request, _in_group(group, option_id))


@router.get(f"{ONE}/uses", response=OptionUses, operation_id="getOptionUses", summary="What refers to it")
def option_uses(request: Request, group: Group, option_id: str) -> OptionUses:
    shown = access.managed_option(request.user, _in_group(group, option_id).option_id)
    return OptionUses(
        shown=references.shown().get(option_id, 0),
        everywhere=references.all_uses().get(option_id, 0),
        cannot_archive=retiring.refusal(request.user, shown, "archive"),
        cannot_delete=retiring.refusal(request.user, shown, "delete"),
    )


@router.patch(ONE, response=OptionOut, operation_id="editOption", summary="Rename, recolour or move under another")
def option_edit(request: Request, group: Group, option_id: str, if_match: IfMatch, edit: OptionEdit) -> OptionOut:
    """Its old address stays its own for ever, its old name is free again."""
    seen = etags.seen(if_match)
    before = services.load(_in_group(group, option_id).option_id, request.user)
    stands = {"label": before.label, "parent_id": parent_of(before), "color": before.color}
    fields = services.Fields(**stands | edit.model_dump(exclude_unset=True))
    with etags.matching():
        edited = services.edit(option_id=option_id, fields=fields, seen_rev=seen, by=request.user)
    return OptionOut.revised(request, edited)


@router.post(f"{ONE}/place", response=OptionOut, operation_id="placeOption", summary="Put it among its siblings")
def option_place(request: Request, group: Group, option_id: str, place: Place) -> OptionOut:
    access.managed_option(request.user, _in_group(group, option_id).option_id)
    moved = order.place_before(option_id=option_id, before_id=place.before_id, by=request.user)
    return OptionOut.revised(request, moved)


@router.post(f"{ONE}/archive", response=OptionOut, operation_id="archiveOption", summary="Offer it no longer")
def option_archive(request: Request, group: Group, option_id: str, if_match: IfMatch) -> OptionOut:
    seen = etags.seen(if_match)
    _in_group(group, option_id)
    with etags.matching():
        return OptionOut.revised(request, retiring.archive(option_id=option_id, seen_rev=seen, by=request.user))


@router.post(f"{ONE}/restore", response=OptionOut, operation_id="restoreOption", summary="Offer it again")
def option_restore(request: Request, group: Group, option_id: str, if_match: IfMatch) -> OptionOut:
    seen = etags.seen(if_match)
    _in_group(group, option_id)
    with etags.matching():
        return OptionOut.revised(request, retiring.restore(option_id=option_id, seen_rev=seen, by=request.user))


@router.delete(ONE, response={204: None}, operation_id="deleteOption", summary="Delete what nothing refers to")
def option_delete(request: Request, group: Group, option_id: str, if_match: IfMatch) -> Status[None]:
    seen = etags.seen(if_match)
    _in_group(group, option_id)
    with etags.matching():
        retiring.delete(option_id=option_id, seen_rev=seen, by=request.user)
    return Status(204, None)


def _in_group(group: Group, option_id: str) -> Option:
    """Raises NotFound for one of another group, too."""
    found = store.option_by_id(option_id)
    if found.group_key != group:
        raise NotFound
    return found
