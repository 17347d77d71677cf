"""What the management pages show of options, computed before any template runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import AuditEntry
from accounts.person import SYSTEM, Person
from accounts.store import names_of
from core import clock
from core.pages import Action
from core.paging import seal, unseal
from metadata import references, store
from metadata.enums import Group, JobKind
from metadata.labels import TITLES
from metadata.models import Job, Option
from metadata.rules.names import search_key
from metadata.rules.tree import Placed
from metadata.services import merging, retiring

PER_PAGE = 200
_WORDS = {
    "metadata.created": ("made it", "plus"),
    "metadata.changed": ("changed it", "pencil"),
    "metadata.ordered": ("changed its place", "arrow-up-down"),
    "metadata.archived": ("archived it", "archive"),
    "metadata.restored": ("brought it back", "undo-2"),
    "metadata.merged": ("merged it into another", "merge"),
    "metadata.merge_undone": ("undid the merge", "undo-2"),
}


@dataclass(frozen=True)
class Row:
    """`up` and `down` are empty at the ends; `path` says what is above where the hierarchy is not shown."""

    option_id: str
    label: str
    path: str
    depth: int
    hue: str
    parent: str
    uses: int
    uses_url: str
    is_badge: bool
    archived: bool
    url: str
    up: str
    down: str


@dataclass(frozen=True)
class Shelf:
    group: Group
    rows: Sequence[Row]
    total: int
    next_cursor: str | None
    text: str


def tabs(current: Group | None, merges: bool = False) -> list[dict[str, Any]]:
    groups = [
        {
            "label": TITLES[group],
            "url": shelf_url(group),
            "current": group is current,
            "count": sum(not option.archived_at for option in store.options_of(group)),
        }
        for group in Group
    ]
    return [*groups, {"label": gettext("Merges"), "url": reverse("metadata:merges"), "current": merges, "count": None}]


def shelf_url(group: Group | str) -> str:
    return f"{reverse('metadata:manage')}?group={group}"


def shelf(group: Group, text: str = "", cursor: str | None = None) -> Shelf:
    wanted = search_key(text)
    places = [place for place in store.tree_of(group) if wanted in search_key(place.option.label)]
    after = unseal(f"shelf:{group}", cursor)
    ids = [place.option.option_id for place in places]
    start = ids.index(after) + 1 if after in ids else 0
    shown = places[start : start + PER_PAGE]
    more = seal(f"shelf:{group}", ids[start + PER_PAGE - 1]) if len(ids) > start + PER_PAGE else None
    return Shelf(group, _rows(places, shown, flat=bool(wanted)), len(places), more, text)


def _rows(places: Sequence[Placed[Option]], shown: Sequence[Placed[Option]], *, flat: bool) -> list[Row]:
    counts = references.shown()
    siblings: dict[str | None, list[str]] = {}
    for place in places:
        siblings.setdefault(store.parent_of(place.option), []).append(place.option.option_id)
    return [_row(place, counts, siblings, flat=flat) for place in shown]


def _row(
    place: Placed[Option], counts: Mapping[str, int], siblings: Mapping[str | None, list[str]], *, flat: bool
) -> Row:
    option, parent = place.option, store.parent_of(place.option)
    beside = siblings[parent]
    above = store.by_id().get(parent or "")
    return Row(
        option_id=option.option_id,
        label=option.label,
        path=above.label if above and (flat or above.group_key != option.group_key) else "",
        depth=0 if flat else place.depth,
        hue=option.color or (above.color if above else None) or "",
        parent=parent or "",
        uses=counts.get(option.option_id, 0),
        uses_url=references.address(option),
        is_badge=option.group_key == Group.BADGE,
        archived=bool(option.archived_at),
        url=reverse("metadata:option", args=[option.option_id]),
        up="" if flat or beside[0] == option.option_id else reverse("metadata:up", args=[option.option_id]),
        down="" if flat or beside[-1] == option.option_id else reverse("metadata:down", args=[option.option_id]),
    )


def facts(person: Person, option: Option) -> dict[str, Any]:
    """What its page says and offers beside the form."""
    return {
        "option": option,
        "group_title": TITLES[Group(option.group_key)],
        "shelf_url": shelf_url(option.group_key),
        "uses": references.shown().get(option.option_id, 0),
        "all_uses": references.all_uses().get(option.option_id, 0),
        "uses_url": references.address(option),
        "merged": [o.label for o in store.all_of(Group(option.group_key)) if o.merged_into == option.option_id],
        **_actions(person, option),
    }


def _actions(person: Person, option: Option) -> dict[str, Any]:
    def address(name: str) -> str:
        return reverse(f"metadata:{name}", args=[option.option_id])

    archive = Action(
        gettext("Archive"),
        address("archive"),
        "archive",
        refused_because=retiring.refusal(person, option, "archive") or None,
    )
    restore = Action(gettext("Restore"), address("restore"), "undo-2")
    delete = Action(
        gettext("Delete"),
        address("delete"),
        "trash-2",
        "danger quiet",
        refused_because=retiring.refusal(person, option, "delete") or None,
    )
    return {
        "merge": Action(gettext("Merge into another"), address("merge"), "merge"),
        "retire": restore if option.archived_at else archive,
        "delete": delete,
    }


def history(entries: Sequence[AuditEntry]) -> list[dict[str, Any]]:
    names = names_of(entry.actor_id for entry in entries)
    return [
        {
            "who": names.get(entry.actor_id) or _nobody(entry.actor_id),
            "what": gettext(_WORDS.get(entry.action, ("changed it", "pencil"))[0]),
            "icon": _WORDS.get(entry.action, ("", "pencil"))[1],
            "when": entry.at,
            "why": entry.reason or "",
        }
        for entry in entries
    ]


def _nobody(user_id: str) -> str:
    return gettext("The portal") if user_id == SYSTEM.user_id else gettext("Former colleague")


@dataclass(frozen=True)
class MergeRow:
    number: str
    source: str
    target: str
    who: str
    at: datetime
    state: str
    followed: int
    undo: Action | None
    undo_until: datetime


def merge_rows(jobs: Sequence[Job]) -> list[MergeRow]:
    names = names_of(job.started_by for job in jobs)
    labels = {option.option_id: option.label for group in Group for option in store.all_of(group)}
    return [_merge_row(job, names, labels) for job in jobs if job.kind == JobKind.MERGE]


def _merge_row(job: Job, names: Mapping[str, str], labels: Mapping[str, str]) -> MergeRow:
    number = job.option_id.removeprefix("job:")
    until = job.created_at + timedelta(days=merging.UNDO_DAYS)
    open_state, done_state = ("undoing", "undone") if job.undone_at else ("running", "done")
    may_undo = not job.undone_at and clock.now() < until
    return MergeRow(
        number=number,
        source=labels.get(job.source_id, ""),
        target=labels.get(job.target_id, ""),
        who=names.get(job.started_by) or _nobody(job.started_by),
        at=job.created_at,
        state=done_state if job.finished_at else open_state,
        followed=int(job.followed),
        undo=Action(gettext("Undo"), reverse("metadata:undo", args=[number]), "undo-2") if may_undo else None,
        undo_until=until,
    )
