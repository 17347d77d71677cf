"""Tags, suite, product and moment of many items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from accounts.person import Person
from bulk.kinds import Change, Wanted
from bulk.labels import TAGS, Values, changes_between, relabelled, standing
from content import permissions
from content.bulk.things import Shelved
from content.enums import Kind, Status
from content.rules import relabelling
from content.services import drafts
from core import clock


class Labels:
    """Of an item's draft; where there is none, of a new one, which readers see once it has been approved."""

    names = TAGS | frozenset(relabelling.SINGLE)

    def plan(self, thing: Shelved, wanted: Wanted, by: Person) -> Sequence[Change]:
        item, version = thing.item, thing.version
        before = standing(asdict(drafts.fields_of(version)), relabelling.SINGLE)
        after = relabelled(before, wanted, relabelling.SINGLE)
        changes = changes_between(before, after)
        if not changes:
            return ()
        permissions.check_edit(by, item, clock.now())
        drafts.tidied(Kind(version.kind), _with(drafts.fields_of(version), after))
        for name, value in after.items():
            setattr(version, name, value)
        if not item.work_version:
            changes.append(Change("version", int(item.live_version or 0), int(item.last_version) + 1))
            item.work_version, item.work_status = int(item.last_version) + 1, Status.DRAFT.value
            version.status = Status.DRAFT.value
        return changes

    def do(self, ref: str, wanted: Wanted, by: Person) -> None:
        draft = drafts.open_work(content_id=ref, by=by)
        fields = drafts.fields_of(draft)
        new = relabelled(standing(asdict(fields), relabelling.SINGLE), wanted, relabelling.SINGLE)
        drafts.edit(content_id=ref, fields=_with(fields, new), seen_rev=draft.text_rev, by=by)


def _with(fields: drafts.Fields, values: Values) -> drafts.Fields:
    return replace(fields, **{**values, "tags": tuple(values["tags"])})
