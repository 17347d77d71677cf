"""Merging options, for Admins: what it would touch, doing it, helping it along, and undoing it."""

from __future__ import annotations

from datetime import datetime

from ninja import Router
from pydantic import Field

from accounts.http import Request
from accounts.permissions import Permission, require
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core.api import etags
from core.api.schemas import Cursor, Id, IfMatch, Input, Listing, Output
from core.errors import Invalid, NotFound, Refused
from metadata import access, references, store
from metadata.api.options import ID, ONE
from metadata.enums import Group, JobKind
from metadata.models import Job, Option
from metadata.picking import OptionSource
from metadata.services import merging
from metadata.services.options import load

router = Router(tags=["Metadata: merges"], auth=Bearer(Area.METADATA))


class MergeInto(Input):
    into: Id = Field(description="The option that stays.", examples=[ID])


class MergePreview(Output):
    refused: str = Field(description="Why it cannot be done; empty where it can.")
    children: list[str] = Field(description="The names of the options that would move along.")
    moving: int = Field(description="How many things name the one that goes.")
    staying: int = Field(description="How many name the one that stays.")


class Merge(Output):
    job_id: str = Field(examples=[ID])
    source_id: str
    target_id: str
    started_by: str
    started_at: datetime
    followed: int = Field(description="How many things have been rewritten so far.")
    is_finished: bool
    is_undone: bool

    @classmethod
    def of(cls, job: Job) -> Merge:
        return cls(
            job_id=job.option_id.removeprefix("job:"),
            source_id=job.source_id,
            target_id=job.target_id,
            started_by=job.started_by,
            started_at=job.created_at,
            followed=int(job.followed),
            is_finished=bool(job.finished_at),
            is_undone=bool(job.undone_at),
        )


class MergeList(Listing[Merge]):
    """Those under way stand on the first page, before those that are done."""


@router.get(f"{ONE}/merge", response=MergePreview, operation_id="previewMerge", summary="What a merge would touch")
def merge_preview(request: Request, group: Group, option_id: str, into: Id) -> MergePreview:
    source, target = _both(request, group, option_id, into)
    refused, children = "", list[Option]()
    try:
        children = merging.check(source, target)
    except Refused as error:
        refused = error.message
    counts = references.all_uses()
    return MergePreview(
        refused=refused,
        children=[child.label for child in children],
        moving=counts.get(option_id, 0),
        staying=counts.get(into, 0),
    )


@router.post(f"{ONE}/merge", response=Merge, operation_id="mergeOption", summary="Merge it into another")
def merge(request: Request, group: Group, option_id: str, if_match: IfMatch, body: MergeInto) -> Merge:
    """At once for every reader; what names it is rewritten by and by. It can be undone for 30 days."""
    seen = etags.seen(if_match)
    _both(request, group, option_id, body.into)
    with etags.matching():
        job = merging.merge(source_id=option_id, target_id=body.into, seen_rev=seen, by=request.user)
    return Merge.of(job)


@router.get("/merges", response=MergeList, operation_id="listMerges", summary="Merges, newest first")
def merges(request: Request, cursor: Cursor = "") -> MergeList:
    require(request.user, Permission.METADATA_MANAGE)
    done = store.jobs(store.DONE, cursor=cursor or None, limit=50)
    under_way = [] if cursor else list(store.jobs(store.OPEN, limit=50).items)
    shown = [job for job in (*under_way, *done.items) if job.kind == JobKind.MERGE]
    return MergeList(items=[Merge.of(job) for job in shown], next_cursor=done.next_cursor)


@router.post("/merges/{job_id}/continue", response=Merge, operation_id="continueMerge", summary="Rewrite the next few")
def merge_continue(request: Request, job_id: str) -> Merge:
    """The portal does it by itself, too; saying it again and again finishes it now."""
    job = access.managed_job(request.user, job_id)
    return Merge.of(merging.advance(job_id=job.option_id, by=request.user))


@router.post("/merges/{job_id}/undo", response=Merge, operation_id="undoMerge", summary="Undo it")
def merge_undo(request: Request, job_id: str) -> Merge:
    job = access.managed_job(request.user, job_id)
    return Merge.of(merging.undo(job_id=job.option_id, by=request.user))


def _both(request: Request, group: Group, option_id: str, into: str) -> tuple[Option, Option]:
    """Raises Refused, NotFound, and Invalid for what nothing can be merged into."""
    source = load(option_id, request.user)
    if source.group_key != group:
        raise NotFound
    if into not in OptionSource(group, option_id, below=True).named([into], ()):
        raise Invalid(fields={"into": "Choose an option of the same group that is in use."})
    return source, store.option_by_id(into)
