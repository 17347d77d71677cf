"""Merging one option into another: at once for every reader, then thing by thing where the old one is written down."""

from __future__ import annotations

from datetime import timedelta

from accounts.permissions import Permission, require
from accounts.person import Person
from core import clock
from core.aws.records import Put
from core.errors import Refused, Stale
from core.events import Event, telling
from metadata import references, store
from metadata.enums import Group, JobKind
from metadata.models import Job, Option
from metadata.rules import names, tree
from metadata.services.options import entry_for, load, new_job, touch
from metadata.services.retiring import children_of

UNDO_DAYS = 30
AT_ONCE = 25
"""Things rewritten before a person gets her answer; the rest follows step by step."""


def check(source: Option, target: Option) -> list[Option]:
    """The options that would move along. Raises Refused."""
    above = [[option.option_id for option in store.ancestors_of(one)[1:]] for one in (source, target)]
    tree.check_merge(source, target, *above)
    if any(source.option_id in (job.source_id, job.target_id) for job in open_merges()):
        raise Refused("A merge of this option is still under way. Wait until it is done.")
    children = children_of(source)
    if len(children) > store.MOST_AT_ONCE:
        raise Refused(f"More than {store.MOST_AT_ONCE} options hang under it. Move some of them first.")
    return children


def open_merges() -> list[Job]:
    return [job for job in store.jobs(store.OPEN, limit=100).items if job.kind == JobKind.MERGE]


def merge(*, source_id: str, target_id: str, by: Person, seen_rev: int | None = None) -> Job:
    """`seen_rev` is the source's. Raises Refused, Stale."""
    source, target = load(source_id, by, seen_rev), load(target_id, by)
    children = check(source, target)
    source.merged_into = target_id
    for child in children:
        child.parent_id = target_id
    job = new_job(JobKind.MERGE, source, target, by, tuple(child.option_id for child in children))
    changed = [source, target, *children]
    for option in changed:
        touch(option, by)
    beside = [Put(job)]
    if not source.archived_at:
        beside.append(store.claim(store.name_claim_of(source), target_id, instead_of=source_id))
    entry = entry_for("merged", source, by, {"into": target_id, "children": len(children)})
    with telling(Event("metadata.merged", source_id, by.user_id, {"job": job.option_id, "into": target_id})):
        store.save(*changed, beside=beside, audit=entry)
    return job


def check_undo(job: Job) -> tuple[Option, Option]:
    """Source and target. Raises Refused."""
    source, target = store.option_by_id(job.source_id), store.option_by_id(job.target_id)
    group, key = Group(source.group_key), names.comparison_key(source.label)
    if job.kind != JobKind.MERGE or job.undone_at:
        raise Refused("This was undone already.")
    if clock.now() > job.created_at + timedelta(days=UNDO_DAYS):
        raise Refused(f"A merge can be undone for {UNDO_DAYS} days.")
    if target.merged_into:
        raise Refused(f"“{target.label}” was itself merged since. Undo that first.")
    if not source.archived_at and store.named(group, key) not in (None, source.option_id, target.option_id):
        raise Refused(f"Another option is called “{source.label}” now. Rename that one first.")
    if not source.archived_at and names.comparison_key(target.label) == key:
        raise Refused(f"“{target.label}” bears its name now. Rename that one first.")
    return source, target


def undo(*, job_id: str, by: Person) -> Job:
    """Raises Refused, Stale."""
    require(by, Permission.METADATA_MANAGE)
    job = store.job_by_id(job_id)
    source, target = check_undo(job)
    source.merged_into, job.undone_at, job.finished_at = None, clock.now(), None
    job.cursors, job.followed, job.group_key, job.updated_at = {}, 0, store.OPEN, clock.now()
    children = [child for child in children_of(target) if child.option_id in job.children]
    for child in children:
        child.parent_id = source.option_id
    for option in (source, target, *children):
        touch(option, by)
    beside = [Put(job)]
    if not source.archived_at:
        beside.append(store.claim(store.name_claim_of(source), source.option_id, instead_of=target.option_id))
    with telling(Event("metadata.merge_undone", source.option_id, by.user_id, {"job": job_id})):
        store.save(source, target, *children, beside=beside, audit=entry_for("merge_undone", source, by))
    return job


def advance(*, job_id: str, limit: int = AT_ONCE, by: Person) -> Job:
    """The next few steps of what refers to the option; when nobody has any left, the job is finished."""
    require(by, Permission.METADATA_MANAGE)
    job = store.job_by_id(job_id)
    cursors: dict[str, str | None] = dict(job.cursors or {})
    for holder in references.holders() if not job.finished_at else ():
        if cursors.get(holder.name, "") is not None:
            step = holder.follow(job, cursors.get(holder.name) or "", limit)
            cursors[holder.name] = step.cursor
            job.followed = int(job.followed) + step.done
    if job.finished_at:
        return job
    job.cursors, job.updated_at = cursors, clock.now()
    if all(cursors.get(holder.name, "") is None for holder in references.holders()):
        job.finished_at = clock.now()
    try:
        store.save_job(job)
    except Stale:  # somebody else moved it on, or undid it
        return store.job_by_id(job_id)
    return job
