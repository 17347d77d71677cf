"""The moves of an item's lifecycle, and who owns it, as steps of bulk work."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from accounts.person import Person
from bulk.kinds import Change, Wanted
from bulk.owning import Owners
from content import permissions
from content.bulk.things import Shelved
from content.enums import Move, Status
from content.rules.lifecycle import TRANSITIONS, On, subject
from content.services import giving, lifecycle
from core import clock
from core.errors import Invalid

SERVICES: Mapping[Move, Callable[..., None]] = {
    Move.SUBMIT: lifecycle.submit,
    Move.WITHDRAW: lifecycle.withdraw,
    Move.DEPRECATE: lifecycle.deprecate,
    Move.RESTORE: lifecycle.restore,
}
"""Approving is done one by one, by who has read it; and so is what hides an item from its readers."""
_TAKES = {Move.DEPRECATE: ("reason", "replacement_id"), Move.RESTORE: ("reason",)}


class Moves:
    names = frozenset({"move"})

    def plan(self, thing: Shelved, wanted: Wanted, by: Person) -> Sequence[Change]:
        item, version, move, now = thing.item, thing.version, Move(wanted["move"]), clock.now()
        status, work = permissions.status_of(item, now), permissions.work_status_of(item)
        if is_done(move, status, work):
            return ()
        found = permissions.check_move(by, item, move, now, version if item.work_version else None)
        if move is Move.SUBMIT and (missing := lifecycle.missing(version)):
            raise Invalid(" ".join(missing.values()))
        if permissions.needs_reason(by, item, found, None) and not str(wanted.get("reason", "")).strip():
            raise Invalid("Say why: a reason is needed.")
        if wanted.get("replacement_id") == item.content_id:
            raise Invalid("An item cannot replace itself.")
        before = subject(move, status, work)
        if found.on is On.WORK:
            item.work_status = version.status = found.to.value
        else:
            item.status = found.to.value
        return [Change("status", before, found.to.value)]

    def do(self, ref: str, wanted: Wanted, by: Person) -> None:
        move = Move(wanted["move"])
        told = {name: wanted.get(name, "") for name in _TAKES.get(move, ())}
        SERVICES[move](content_id=ref, by=by, **told)


def is_done(move: Move, status: Status, work_status: Status | None) -> bool:
    """It stands already where the move would take it, so that a list given twice is no mistake."""
    state = subject(move, status, work_status)
    arrivals = {found.to for (_, other), found in TRANSITIONS.items() if other is move}
    return state in arrivals and (state, move) not in TRANSITIONS


def give(content_id: str, to_user: Person, by: Person) -> None:
    giving.give(content_id=content_id, to_user=to_user, by=by)


OWNERS = Owners(check=permissions.check_give, give=give, record_of=lambda thing: thing.item)
