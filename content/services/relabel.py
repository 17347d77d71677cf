"""Items follow their options: rewritten after a merge, taken back when it is undone, found anew after a rename."""

from __future__ import annotations

import logging
from collections.abc import Callable

from accounts.person import SYSTEM
from content import store
from content.enums import Status
from content.models import ContentItem, ContentVersion
from content.rules import relabelling
from content.services.drafts import entry_for
from content.uses import naming
from core.errors import NotFound, PortalError, Stale
from core.events import Event, publish
from metadata import store as options
from metadata.enums import JobKind
from metadata.models import Job, Trace
from metadata.references import Step

logger = logging.getLogger(__name__)

_TRIES = 3


def follow(job: Job, cursor: str, limit: int) -> Step:
    """The next `limit` items; those that cannot be changed now come again with the next step."""
    if job.kind == JobKind.RENAME:
        return _index_anew(job, cursor, limit)
    return _take_back(job, limit) if job.undone_at else _rewrite(job, limit)


def _index_anew(job: Job, cursor: str, limit: int) -> Step:
    found = naming(job.source_id, limit, after=cursor)
    for content_id in found:
        _index(content_id)
    return Step(len(found), found[-1] if len(found) == limit else None)


def _rewrite(job: Job, limit: int) -> Step:
    found = naming(job.source_id, limit)
    done = sum(_tried(content_id, lambda content_id: _rewrite_item(job, content_id)) for content_id in found)
    return Step(done, None if done == len(found) < limit else "more")


def _take_back(job: Job, limit: int) -> Step:
    traces = options.traces_of(job, limit)
    done = sum(_tried(content_id, lambda content_id: _take_back_item(job, traces[content_id])) for content_id in traces)
    return Step(done, None if done == len(traces) < limit else "more")


def _tried(content_id: str, change: Callable[[str], None]) -> int:
    """1 when it was done, 0 when it has to wait. Whoever edits at this moment goes first."""
    for _ in range(_TRIES):
        try:
            change(content_id)
        except Stale:
            continue
        except PortalError as error:
            logger.warning("an item did not follow its option", extra={"error_type": type(error).__name__})
            return 0
        _index(content_id)
        return 1
    return 0


def _index(content_id: str) -> None:
    publish(Event("content.relabelled", content_id, SYSTEM.user_id))


def _rewrite_item(job: Job, content_id: str) -> None:
    """Item and draft, with a trace to undo it. Submitted versions never change: readers resolve what they name."""
    try:
        item = store.item_by_id(content_id, fresh=True)
    except NotFound:
        return
    draft = _draft_of(item)
    changed = {"item": relabelling.follow(item, job.source_id, job.target_id)}
    if draft:
        changed["draft"] = relabelling.follow(draft, job.source_id, job.target_id)
    if any(changed.values()):
        number = int(draft.version) if draft else 0
        trace = options.trace_of(job, content_id, changed | {"number": number})
        store.save_relabelled(
            item,
            draft if changed.get("draft") else None,
            beside=[trace, options.still_merging(job)],
            audit=entry_for("content.relabelled", item, draft, SYSTEM, changes={"into": job.target_id}),
        )


def _take_back_item(job: Job, trace: Trace) -> None:
    gone = [options.without_trace(trace)]
    try:
        item = store.item_by_id(trace.sort_order_label, fresh=True)
    except NotFound:
        options.forget_trace(trace)
        return
    fields, draft = dict(trace.fields), _draft_of(item)
    changed = relabelling.come_back(item, job.source_id, job.target_id, fields["item"])
    same_draft = draft if draft and int(draft.version) == fields["number"] else None
    in_draft = bool(
        same_draft and relabelling.come_back(same_draft, job.source_id, job.target_id, fields.get("draft", {}))
    )
    if not changed and not in_draft:
        options.forget_trace(trace)
        return
    entry = entry_for("content.relabelled", item, same_draft, SYSTEM, changes={"back_to": job.source_id})
    store.save_relabelled(item, same_draft if in_draft else None, beside=gone, audit=entry)


def _draft_of(item: ContentItem) -> ContentVersion | None:
    if not item.work_version or item.work_status != Status.DRAFT:
        return None
    return store.version_of(item.content_id, int(item.work_version), fresh=True)
