"""Who may do what to an item. One rule answers both "may she see it?" and "which ones may she see?"."""

from __future__ import annotations

from datetime import datetime

from accounts.permissions import Permission, can
from accounts.person import Person
from content.enums import Move, Status
from content.models import ContentComment, ContentItem, ContentVersion
from content.rules import lifecycle, visibility
from content.rules.comments import READERS, Talk, review_of
from content.rules.lifecycle import Who
from core.errors import Refused
from core.index.documents import Clause, Fields

_LIVE = frozenset(visibility.LIVE)
_REVIEWABLE = _LIVE | {Status.IN_REVIEW, Status.EXPIRED, Status.SCHEDULED}


def clauses_for(person: Person) -> tuple[Clause, ...]:
    """What she may see, as the index understands it; any one clause suffices."""
    if can(person, Permission.CONTENT_READ_ALL):
        return (Clause({}, "Admins see every item, whatever its state."),)
    clauses = []
    if can(person, Permission.CONTENT_APPROVE):
        clauses.append(Clause({"status": _REVIEWABLE}, "Approvers see what is live, in review or retired."))
    elif can(person, Permission.CONTENT_READ):
        clauses.append(
            Clause({"status": _LIVE}, "Everybody sees what is approved, or deprecated and known by its link.")
        )
    if can(person, Permission.CONTENT_CREATE):
        clauses.append(Clause({"editor": frozenset({person.user_id})}, "Owners and co-editors see their own."))
    return tuple(clauses)


def status_of(item: ContentItem, now: datetime) -> Status:
    return visibility.effective_status(Status(item.status), item.go_live_at, item.expire_at, now)


def work_status_of(item: ContentItem) -> Status | None:
    return Status(item.work_status) if item.work_status else None


def fields_of(item: ContentItem, now: datetime) -> Fields:
    """The fields that clauses ask for."""
    return {"status": (status_of(item, now),), "editor": (item.owner_user_id, *item.editor_ids)}


def can_read(person: Person, item: ContentItem, now: datetime) -> bool:
    fields = fields_of(item, now)
    return any(clause.holds_for(fields) for clause in clauses_for(person))


def can_read_work(person: Person, item: ContentItem) -> bool:
    """The version in work: its editors, and approvers once it has been submitted."""
    if item.work_status == Status.IN_REVIEW and can(person, Permission.CONTENT_APPROVE):
        return True
    return bool(item.work_version) and is_editor(person, item)


def can_read_version(person: Person, item: ContentItem, version: ContentVersion, now: datetime) -> bool:
    """Readers see the live version only; approvers also what came before it, and its editors their discarded drafts."""
    if version.version == item.work_version:
        return can_read_work(person, item)
    if version.version == item.live_version:
        return can_read(person, item, now)
    discarded = version.status == Status.DRAFT
    return is_editor(person, item) or (can(person, Permission.CONTENT_APPROVE) and not discarded)


def is_editor(person: Person, item: ContentItem) -> bool:
    if can(person, Permission.CONTENT_EDIT_ALL):
        return True
    mine = person.user_id in (item.owner_user_id, *item.editor_ids)
    return mine and can(person, Permission.CONTENT_CREATE)


def may_work_on(person: Person, item: ContentItem) -> bool:
    """Whether there is anything that she might do to it beside others, in a list."""
    return can(person, Permission.CONTENT_APPROVE) or is_editor(person, item)


def is_author(person: Person, item: ContentItem, version: ContentVersion | None) -> bool:
    """Owning an item, or having written in or submitted the version in hand, makes it one's own."""
    of_version = (version.author_user_id, version.submitted_by, *version.edited_by) if version else ()
    return person.user_id in (item.owner_user_id, *of_version)


def check_edit(person: Person, item: ContentItem, now: datetime) -> None:
    """Raises Refused. What is in review or retired is edited by nobody: it is withdrawn or restored first."""
    if not is_editor(person, item):
        raise Refused("Only its owner, its co-editors and Admins can edit this item.")
    if item.work_status == Status.IN_REVIEW:
        raise Refused("It is in review. Withdraw it first to make changes.")
    if not item.work_version and status_of(item, now) not in (Status.APPROVED, Status.SCHEDULED):
        raise Refused("It has been retired. Restore it first to make changes.")


def may_delete(person: Person, item: ContentItem) -> bool:
    """What readers may have relied on goes only by an Admin's hand."""
    never_approved_draft = item.status == Status.DRAFT and not item.ever_approved
    return can(person, Permission.CONTENT_PURGE) or (never_approved_draft and item.owner_user_id == person.user_id)


def check_delete(person: Person, item: ContentItem) -> None:
    """Raises Refused."""
    if not may_delete(person, item):
        raise Refused("Only a draft that was never approved can be deleted, and only by its owner.")


def check_give(person: Person, item: ContentItem) -> None:
    """Raises Refused. Who owns what is live Approvers decide; a draft its owner may give away, too."""
    if can(person, Permission.CONTENT_APPROVE):
        return
    if item.owner_user_id != person.user_id or not can(person, Permission.CONTENT_CREATE):
        raise Refused("Only its owner, Approvers and Admins can give it to somebody else.")
    if item.live_version:
        raise Refused("It is live: an Approver decides who owns it.")


def check_move(
    person: Person, item: ContentItem, move: Move, now: datetime, version: ContentVersion | None = None
) -> lifecycle.Transition:
    """The transition that the move would make. Raises Refused, with the sentence that its button shows."""
    found = lifecycle.transition(move, status_of(item, now), work_status_of(item))
    if found.who is Who.EDITOR:
        if not (is_editor(person, item) or (move is Move.VERIFY and can(person, Permission.CONTENT_APPROVE))):
            raise Refused("Only its owner, its co-editors and Admins can do this.")
        return found
    if not can(person, Permission.CONTENT_APPROVE):
        raise Refused("Only Approvers and Admins can do this.")
    if found.who is Who.JUDGE and is_author(person, item, version) and not can(person, Permission.CONTENT_APPROVE_OWN):
        raise Refused("It is your own: another Approver has to decide about it.")
    return found


def needs_reason(
    person: Person, item: ContentItem, found: lifecycle.Transition, version: ContentVersion | None
) -> bool:
    """An Admin who decides about her own item says why; the audit log keeps it."""
    return found.needs_reason or (found.who is Who.JUDGE and is_author(person, item, version))


def refusal(person: Person, item: ContentItem, move: Move, now: datetime, version: ContentVersion | None = None) -> str:
    """Why not, or an empty string: for the button that would do it."""
    try:
        check_move(person, item, move, now, version)
    except Refused as refused:
        return refused.message
    return ""


def edit_refusal(person: Person, item: ContentItem, now: datetime) -> str:
    """Why she cannot edit it, or an empty string."""
    try:
        check_edit(person, item, now)
    except Refused as refused:
        return refused.message
    return ""


def can_read_history(person: Person, item: ContentItem) -> bool:
    """Of drafts and reviews, too; readers see what became of the approved item only."""
    return is_editor(person, item) or can(person, Permission.CONTENT_APPROVE)


def talks_open_to(person: Person, item: ContentItem, now: datetime) -> list[Talk]:
    """The conversations that she may read of now, the readers' first: at least one for who may see the item."""
    known = [READERS, *([review_of(int(item.work_version))] if item.work_version else [])]
    return [talk for talk in known if can_read_talk(person, item, talk, now)]


def can_read_talk(
    person: Person, item: ContentItem, talk: Talk, now: datetime, version: ContentVersion | None = None
) -> bool:
    """What readers say goes with the item. A review's is for those who may see its `version`, as it may be seen in work.

    What was said of a version is hidden from Approvers for as long, and as soon again, as the version is.
    """
    if not can_read(person, item, now):
        return False
    if talk.version is None:
        return bool(item.ever_approved)
    if talk.version == item.work_version:
        return can_read_work(person, item)
    was_submitted = version is not None and version.status != Status.DRAFT
    return version is not None and (
        is_editor(person, item) or (can(person, Permission.CONTENT_APPROVE) and was_submitted)
    )


def why_closed(item: ContentItem, talk: Talk, now: datetime) -> str:
    """Why nobody can write there at the moment, or an empty string."""
    if talk.version is not None:
        return "" if talk.version == item.work_version else "This version is no longer in work."
    status = status_of(item, now)
    if status is Status.SCHEDULED:
        return "Readers do not see this item yet."
    return "" if status in _LIVE else "Readers do not see this item at the moment."


def is_looked_after_by(person: Person, item: ContentItem) -> bool:
    """Who says that a question is settled: its owner, co-editors and Approvers."""
    return is_editor(person, item) or can(person, Permission.CONTENT_APPROVE)


def check_change_comment(person: Person, comment: ContentComment) -> None:
    """Raises Refused."""
    if comment.author_user_id != person.user_id:
        raise Refused("Only whoever wrote a comment can change it.")


def may_remove_comment(person: Person, comment: ContentComment) -> bool:
    return comment.author_user_id == person.user_id or can(person, Permission.CONTENT_PURGE)


def check_remove_comment(person: Person, comment: ContentComment) -> None:
    """Raises Refused."""
    if not may_remove_comment(person, comment):
        raise Refused("Only whoever wrote a comment, and Admins, can remove it.")
