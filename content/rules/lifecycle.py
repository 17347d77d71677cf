"""The lifecycle of an item as one table. Services, buttons, documentation and tests read it; nothing repeats it.

An item has what readers see (its live version, whose state is the item's own `status`) and, while somebody prepares
the next one, a version in work (`work_status`). A move acts on one of the two: that is its `on`. Before the first
approval there is only the work, and the item's status follows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from content.enums import Move, Status
from core.errors import Refused


class On(StrEnum):
    WORK = "work"
    ITEM = "item"


class Who(StrEnum):
    """EDITOR: owner, co-editors, or who may edit all. JUDGE: who may approve, but not of her own item."""

    EDITOR = "editor"
    JUDGE = "judge"


@dataclass(frozen=True)
class Transition:
    """`label` names the button, `done` the toast. `event` is published and is the audit's action."""

    on: On
    to: Status
    who: Who
    label: str
    done: str
    event: str
    needs_reason: bool = False


S = Status
TRANSITIONS: Mapping[tuple[Status, Move], Transition] = {
    (S.DRAFT, Move.SUBMIT): Transition(
        On.WORK, S.IN_REVIEW, Who.EDITOR, "Submit for review", "Submitted for review", "content.submitted"
    ),
    (S.IN_REVIEW, Move.WITHDRAW): Transition(
        On.WORK, S.DRAFT, Who.EDITOR, "Withdraw", "Withdrawn", "content.withdrawn"
    ),
    (S.IN_REVIEW, Move.REQUEST_CHANGES): Transition(
        On.WORK, S.DRAFT, Who.JUDGE, "Request changes", "Changes requested", "content.changes_requested", True
    ),
    (S.IN_REVIEW, Move.APPROVE): Transition(On.WORK, S.APPROVED, Who.JUDGE, "Approve", "Approved", "content.approved"),
    (S.APPROVED, Move.VERIFY): Transition(
        On.ITEM, S.APPROVED, Who.EDITOR, "Still correct", "Marked as still correct", "content.verified"
    ),
    (S.APPROVED, Move.DEPRECATE): Transition(
        On.ITEM, S.DEPRECATED, Who.JUDGE, "Deprecate", "Deprecated", "content.deprecated", True
    ),
    (S.APPROVED, Move.EXPIRE): Transition(On.ITEM, S.EXPIRED, Who.JUDGE, "Expire", "Expired", "content.expired", True),
    (S.SCHEDULED, Move.EXPIRE): Transition(On.ITEM, S.EXPIRED, Who.JUDGE, "Expire", "Expired", "content.expired", True),
    (S.DEPRECATED, Move.EXPIRE): Transition(
        On.ITEM, S.EXPIRED, Who.JUDGE, "Expire", "Expired", "content.expired", True
    ),
    (S.DEPRECATED, Move.RESTORE): Transition(
        On.ITEM, S.APPROVED, Who.JUDGE, "Restore", "Restored as approved", "content.restored"
    ),
    (S.EXPIRED, Move.RESTORE): Transition(
        On.ITEM, S.DRAFT, Who.JUDGE, "Restore as draft", "Restored as a draft", "content.restored"
    ),
}

_MOVES_ON = {move: transition.on for (_, move), transition in TRANSITIONS.items()}


def subject(move: Move, status: Status, work_status: Status | None) -> Status | None:
    """The state that the move looks at: the item's, or that of the version in work."""
    return work_status if _MOVES_ON[move] is On.WORK else status


def transition(move: Move, status: Status, work_status: Status | None) -> Transition:
    """Raises Refused with the reason. `status` must be the effective one, see `visibility.effective_status`."""
    state = subject(move, status, work_status)
    found = TRANSITIONS.get((state, move)) if state else None
    if found is None:
        raise Refused(_why_not(move, state))
    return found


def moves_from(status: Status, work_status: Status | None) -> list[tuple[Move, Transition]]:
    """What the states allow, in the table's order, whoever asks."""
    return [
        (move, found)
        for (state, move), found in TRANSITIONS.items()
        if state is (work_status if found.on is On.WORK else status)
    ]


def _why_not(move: Move, state: Status | None) -> str:
    allowed = sorted({_WORDS[found] for found, other in TRANSITIONS if other is move})
    now = f"this one is {_WORDS[state]}" if state else "nothing of this item is being worked on"
    return f"Only what is {' or '.join(allowed)} allows “{_label(move)}”; {now}."


def _label(move: Move) -> str:
    return next(found.label for (_, other), found in TRANSITIONS.items() if other is move)


_WORDS = {
    S.DRAFT: "a draft",
    S.IN_REVIEW: "in review",
    S.APPROVED: "approved",
    S.DEPRECATED: "deprecated",
    S.EXPIRED: "expired",
    S.SCHEDULED: "scheduled",
}
