"""The version in work: opened, written, thrown away; and older ones brought back into it."""

from __future__ import annotations

from ninja import Path, Router

from accounts.http import Request
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from content import access
from content.api.schemas import DraftEdit, Item, ItemDraft
from content.services import drafts
from core.api import etags
from core.api.schemas import IfMatch
from core.errors import NotFound
from metadata.api.choosing import check_options

router = Router(tags=["Library: drafts"], auth=Bearer(Area.CONTENT))

_DRAFT = "/{content_id}/draft"


@router.get(_DRAFT, response=ItemDraft, operation_id="getDraft", summary="The version in work")
def draft(request: Request, content_id: str) -> ItemDraft:
    """For its editors, while it can be edited. Others read it as a version, once it is submitted."""
    item, version = access.draft_for_editing(request.user, content_id)
    if version is None:
        raise NotFound
    return ItemDraft.of(request, item, version)


@router.post(_DRAFT, response=ItemDraft, operation_id="openDraft", summary="Begin the next version, if none is in work")
def draft_open(request: Request, content_id: str) -> ItemDraft:
    """A copy of the live one, which stays up meanwhile."""
    drafts.open_work(content_id=content_id, by=request.user)
    return ItemDraft.now(request, content_id)


@router.patch(_DRAFT, response=ItemDraft, operation_id="editDraft", summary="Change what the version in work says")
def draft_edit(request: Request, content_id: str, if_match: IfMatch, edit: DraftEdit) -> ItemDraft:
    seen, given = etags.seen(if_match), edit.model_dump(exclude_unset=True)
    with etags.matching():
        _, version = drafts.draft_in_work(content_id, request.user, seen)
        before = drafts.fields_of(version)
        check_options(given, vars(before))
        after = drafts.Fields(**vars(before) | given | {"tags": tuple(given.get("tags", before.tags))})
        drafts.edit(content_id=content_id, fields=after, seen_rev=version.text_rev, by=request.user)
    return ItemDraft.now(request, content_id)


@router.delete(_DRAFT, response=Item, operation_id="discardDraft", summary="Throw away the version in work")
def draft_discard(request: Request, content_id: str, if_match: IfMatch) -> Item:
    """What readers see stays as it is. An item that was never approved is deleted instead."""
    with etags.matching():
        drafts.discard_work(content_id=content_id, seen_rev=etags.seen(if_match), by=request.user)
    return Item.now(request, content_id)


@router.post(
    "/{content_id}/versions/{version}/restore",
    response=ItemDraft,
    operation_id="restoreVersion",
    summary="Copy an older version into the draft",
)
def version_restore(request: Request, content_id: str, version: Path[int], if_match: IfMatch) -> ItemDraft:
    """Opens a draft, or overwrites what the one in work says. What readers see stays until that is approved."""
    with etags.matching():
        seen = etags.seen(if_match)
        access.version_for_reading(request.user, content_id, version)
        drafts.open_work(content_id=content_id, copy_of=version, seen_rev=seen, by=request.user)
    return ItemDraft.now(request, content_id)
