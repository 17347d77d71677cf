"""What paths and assignments tell the audit log and the pages about people: what was done, in words, and how much is
asked of whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import trail
from accounts.about import Fact, tells_about_people
from accounts.permissions import Permission, can
from accounts.person import Person
from accounts.trail import Noun, Thing
from core import clock
from core.index import index
from core.index.documents import Query
from lms import permissions
from lms.documents.assignments import ASSIGNMENT
from lms.enums import AssignmentStatus
from lms.pages.assigned import EVERYTHING
from lms.pages.assignment import WORDS
from lms.store.paths import paths_by_ids

S = AssignmentStatus
_OPEN = frozenset({S.ASSIGNED.value, S.IN_PROGRESS.value, S.OVERDUE.value})
PATH_WORDS = {
    "path.created": _("made the path"),
    "path.edited": _("edited the path page"),
    "path.step_added": _("added a step"),
    "path.step_removed": _("removed a step"),
    "path.step_changed": _("made a step required or optional"),
    "path.steps_ordered": _("changed the order of the steps"),
    "path.step_waived": _("let everybody off a step"),
    "path.step_required": _("required a step again"),
    "path.published": _("published it"),
    "path.unpublished": _("unpublished it"),
    "path.archived": _("archived it"),
    "path.brought_back": _("brought it back"),
    "path.owner_changed": _("gave it another owner"),
}


@tells_about_people
def assigned(viewer: Person, user_ids: Sequence[str]) -> Mapping[str, Fact]:
    """Two questions to the index for all of them, none to a table."""
    if not can(viewer, Permission.LEARNING_ASSIGN):
        return {}
    asked, late = _counts(user_ids, _OPEN), _counts(user_ids, frozenset({S.OVERDUE.value}))
    return {one: _fact(one, asked[one], late.get(one, 0)) for one in user_ids if asked.get(one)}


def _counts(user_ids: Sequence[str], states: frozenset[str]) -> Mapping[str, int]:
    query = Query(
        allowed=EVERYTHING,
        now=clock.now(),
        kinds=frozenset({ASSIGNMENT}),
        filters={"assignee": frozenset(user_ids), "state": states},
        facets=("assignee",),
        limit=1,
    )
    # A facet is counted as if it were not itself filtered: others than these are in it, too.
    return index().search(query).facets.get("assignee", {})


def _fact(user_id: str, count: int, late: int) -> Fact:
    text = gettext("%(count)d, %(late)d overdue") % {"count": count, "late": late} if late else str(count)
    states = "".join(f"&state={state}" for state in sorted(_OPEN))
    return Fact(gettext("Assigned"), text, f"{reverse('lms:assignments')}?who={user_id}{states}")


def _described(viewer: Person, path_ids: Sequence[str]) -> Mapping[str, Thing]:
    found = [path for path in paths_by_ids(path_ids) if permissions.can_author(viewer, path)]
    return {path.path_id: Thing(path.title, reverse("lms:manage-path", args=[path.path_id])) for path in found}


trail.register("path", Noun(_("Path"), PATH_WORDS, _described))
trail.register("assignments", Noun(_("Assignments"), {"assignments.exported": _("exported the assignments")}))
trail.register("assignment", Noun(_("Assignment"), {action: words for action, (words, *_rest) in WORDS.items()}))
trail.register(
    "standing",
    Noun(
        _("Standing assignment"),
        {
            "standing.begun": _("made a standing assignment"),
            "standing.changed": _("changed a standing assignment"),
            "standing.ended": _("ended a standing assignment"),
        },
    ),
)
