"""Reads and writes of options. They change seldom and every page shows their labels, so a process remembers them for a
minute; readers resolve an option that was merged to the one that stands in its place."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from accounts.models import AuditEntry
from core.aws.records import Check, Delete, Put, find, get, query, write
from core.paging import Page
from metadata.enums import Group
from metadata.models import Job, NameClaim, Option, Trace
from metadata.rules import names, tree
from metadata.rules.tree import PARENT_GROUP, Placed, placed

REMEMBERED_SECONDS = 60
_AT_ONCE = 2_500
"""What a page of DynamoDB's holds of options, at 400 bytes each."""
MOST_AT_ONCE = 80
"""Options of one transaction, which holds at most a hundred changes with their claims and audit entries."""

Remembered = tuple[Option, ...]
_remembered: dict[Group, tuple[float, Remembered]] = {}
_resolved: tuple[tuple[Remembered, ...], Mapping[str, Option]] = ((), {})


def all_of(group: Group) -> Remembered:
    """Merged and archived ones too; at most a minute old."""
    read_at, options = _remembered.get(group, (0.0, ()))
    if not read_at or time.monotonic() - read_at > REMEMBERED_SECONDS:
        options = tuple(_read(group))
        _remembered[group] = (time.monotonic(), options)
    return options


def _read(group: Group) -> list[Option]:
    options: list[Option] = []
    cursor = None
    while True:
        page = query(Option.by_group, group.value, scope="options", cursor=cursor, limit=_AT_ONCE)
        options += page.items
        cursor = page.next_cursor
        if cursor is None:
            return options


def tree_of(group: Group) -> list[Placed[Option]]:
    """Those that were not merged into others, archived ones too, each parent before its children."""
    above = PARENT_GROUP.get(group)
    order = [option.option_id for option in options_of(above)] if above and above != group else []
    return placed([option for option in all_of(group) if not option.merged_into], parent_of, order)


def options_of(group: Group) -> Sequence[Option]:
    """As `tree_of`, without the depth."""
    return [place.option for place in tree_of(group)]


def by_id() -> Mapping[str, Option]:
    """Every id of every group; that of a merged option gives the one that stands in its place."""
    global _resolved
    groups = tuple(all_of(group) for group in Group)
    if len(_resolved[0]) != len(groups) or any(a is not b for a, b in zip(_resolved[0], groups, strict=True)):
        options = {option.option_id: option for group in groups for option in group}
        _resolved = groups, {option_id: _standing(option, options) for option_id, option in options.items()}
    return _resolved[1]


def _standing(option: Option, options: Mapping[str, Option]) -> Option:
    passed = {option.option_id}
    while option.merged_into and option.merged_into in options and option.merged_into not in passed:
        option = options[option.merged_into]
        passed.add(option.option_id)
    return option


def labels() -> Mapping[str, str]:
    return {option_id: option.label for option_id, option in by_id().items()}


def resolve(option_id: str) -> str:
    """The id that stands for it now; one that is unknown stays as it is."""
    option = by_id().get(option_id)
    return option.option_id if option else option_id


def with_merged(option_ids: Iterable[str]) -> frozenset[str]:
    """What these stand for, with all that was merged into it: a filter finds what no job has rewritten yet."""
    standing = {resolve(option_id) for option_id in option_ids}
    merged = {o.option_id for group in Group for o in all_of(group) if o.merged_into}
    return frozenset(standing | {option_id for option_id in merged if resolve(option_id) in standing})


def parent_of(option: Option) -> str | None:
    return resolve(option.parent_id) if option.parent_id else None


def ancestors_of(option: Option | None) -> list[Option]:
    """The nearest first, with itself."""
    found: dict[str, Option] = {}
    options = by_id()
    while option and option.option_id not in found:
        found[option.option_id] = option
        option = options.get(option.parent_id or "")
    return list(found.values())


def addressed(group: Group, text: str) -> str | None:
    """The id behind what stands in an address: an id, a slug, or a slug from before."""
    for option in all_of(group):
        if text in (option.option_id, option.slug, *option.aliases):
            return resolve(option.option_id)
    return None


def option_by_id(option_id: str) -> Option:
    """Read afresh. Raises NotFound, too, for the ids of claims and jobs, which share the table."""
    return get(Option, option_id if ":" not in option_id else "-", consistent=True)


def named(group: Group, key: str) -> str | None:
    """The id of the option that holds this name; `key` is `names.comparison_key(label)`."""
    claim = find(NameClaim, claim_id(group, key), consistent=True)
    return resolve(claim.claimed_by) if claim else None


def claim_id(group: Group, key: str) -> str:
    return f"name:{group.value}:{key}"


def name_claim_of(option: Option) -> str:
    return claim_id(Group(option.group_key), names.comparison_key(option.label))


def slug_claim_id(group: Group, slug: str) -> str:
    return f"slug:{group.value}:{slug}"


def claim(claim_id: str, option_id: str, *, instead_of: str | None = None) -> Put:
    """Stale when somebody else holds it; `instead_of` is an option that hands it over."""
    condition = NameClaim.option_id.does_not_exist()
    for holder in {option_id, instead_of or option_id}:
        condition |= NameClaim.claimed_by == holder
    return Put(NameClaim(claim_id, claimed_by=option_id), condition)


def release(claim_id: str, option_id: str) -> Delete:
    held = NameClaim.option_id.does_not_exist() | (NameClaim.claimed_by == option_id)
    return Delete(NameClaim(claim_id), held)


def still_there(option_id: str) -> Check:
    return Check(Option(option_id), Option.group_key.exists() & Option.merged_into.does_not_exist())


def save(*options: Option, beside: Sequence[Put | Delete | Check] = (), audit: AuditEntry) -> None:
    """Options with their claims, jobs and conditions. Raises Stale when one of them was changed or taken meanwhile."""
    for option in options:
        option.sort_order_label = tree.sort_order_label(int(option.sort_order), option.label)
    with _remembering(*options):
        write(*(Put(option) for option in options), *beside, audit=[audit])


def delete(option: Option, claims: Sequence[Delete], *, audit: AuditEntry) -> None:
    with _remembering(option, gone=True):
        write(Delete(option), *claims, audit=[audit])


@contextmanager
def _remembering(*options: Option, gone: bool = False) -> Iterator[None]:
    """What was just written is known here at once, without reading it again; what failed is read again."""
    try:
        yield
    except BaseException:
        forget()
        raise
    for group in {Group(option.group_key) for option in options}:
        if group in _remembered:
            read_at, known = _remembered[group]
            fresh = {option.option_id: option for option in known}
            fresh |= {option.option_id: option for option in options if option.group_key == group}
            for option in options if gone else ():
                fresh.pop(option.option_id, None)
            _remembered[group] = read_at, tuple(fresh.values())


def forget() -> None:
    """Makes this process read the options again."""
    _remembered.clear()


OPEN, DONE = "job:open", "job:done"


def jobs(state: str, *, cursor: str | None = None, limit: int = 20) -> Page[Job]:
    """Newest first; `state` is OPEN or DONE."""
    return query(Job.by_state, state, scope=state, cursor=cursor, limit=limit, newest_first=True)


def job_by_id(job_id: str) -> Job:
    """Raises NotFound."""
    return get(Job, job_id if job_id.startswith("job:") else "-", consistent=True)


def save_job(job: Job) -> None:
    """How far it has come. What it does is audited where it does it. Raises Stale when another moved it on."""
    job.group_key = DONE if job.finished_at else OPEN
    write(Put(job), audit=())


def trace_of(job: Job, ref: str, fields: Mapping[str, object], *, of: str = "") -> Put:
    """To be written with what the merge changes in `ref`; not once the merge was undone.

    `of` is the holder's name for those that share the traces of a job with the library, whose own have none.
    """
    label = f"~{of}:{ref}" if of else ref
    trace = Trace(
        f"trace:{job.option_id}:{label}",
        group_key=f"trace:{job.option_id}",
        sort_order_label=label,
        fields=dict(fields),
    )
    return Put(trace)


def still_merging(job: Job) -> Check:
    return Check(Job(job.option_id), Job.undone_at.does_not_exist())


def traces_of(job: Job, limit: int, *, of: str = "") -> dict[str, Trace]:
    """By what they are of."""
    begin = f"~{of}:" if of else ""
    label = Trace.sort_order_label
    within = label.startswith(begin) if of else label < "~"
    found = query(Trace.by_job, f"trace:{job.option_id}", scope=f"traces:{of}", limit=limit, range_condition=within)
    return {str(trace.sort_order_label).removeprefix(begin): trace for trace in found.items}


def without_trace(trace: Trace) -> Delete:
    return Delete(trace)


def forget_trace(trace: Trace) -> None:
    write(Delete(trace), audit=())
