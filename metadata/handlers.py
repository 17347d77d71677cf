"""What happens after an option was renamed or merged: those who refer to it follow, the first few at once."""

from __future__ import annotations

from accounts.person import SYSTEM
from core.events import Event, listens_to
from metadata import store
from metadata.enums import JobKind
from metadata.services import merging


@listens_to("metadata.merged")
@listens_to("metadata.merge_undone")
def follow_merge(event: Event) -> None:
    merging.advance(job_id=str(event.props["job"]), by=SYSTEM)


@listens_to("metadata.renamed")
def follow_rename(event: Event) -> None:
    for job in store.jobs(store.OPEN, limit=100).items:
        if job.kind == JobKind.RENAME and job.source_id == event.object_id:
            merging.advance(job_id=job.option_id, by=SYSTEM)
