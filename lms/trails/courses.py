"""What learning tells the audit log and the pages about people: what was done, in words, and who authors what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts import trail
from accounts.about import Fact, tells_about_people
from accounts.models import AuditEntry
from accounts.permissions import Permission, can
from accounts.person import SYSTEM, Person
from accounts.store import names_of
from accounts.trail import Noun, Thing, words_for
from content.about_people import owned
from core import clock
from core.index import index
from core.index.documents import Query
from core.pages import Action
from lms import permissions, store
from lms.documents.courses import COURSE

COURSE_WORDS = {
    "course.created": _("made the course"),
    "course.edited": _("edited the course page"),
    "course.deleted": _("deleted the course"),
    "course.lesson_added": _("added a lesson"),
    "course.lesson_edited": _("edited a lesson"),
    "course.lesson_moved": _("moved a lesson"),
    "course.lesson_removed": _("removed a lesson"),
    "course.section_added": _("added a section"),
    "course.section_renamed": _("renamed a section"),
    "course.section_moved": _("moved a section"),
    "course.section_removed": _("removed a section"),
    "course.ready": _("asked for it to be published"),
    "course.not_ready": _("no longer asks for it to be published"),
    "course.published": _("published it"),
    "course.unpublished": _("unpublished it"),
    "course.archived": _("archived it"),
    "course.brought_back": _("brought it back"),
    "course.captions_added": _("added captions"),
    "course.captions_kept": _("kept captions for a new video"),
    "course.captions_removed": _("removed captions"),
    "course.transcript_edited": _("edited a transcript"),
    "course.transcript_requested": _("had a transcript made"),
    "course.thumbnail_changed": _("changed the picture"),
    "course.thumbnail_removed": _("removed the picture"),
    "course.owner_changed": _("gave it another owner"),
    "course.imported": _("imported the course page"),
    "course.lesson_imported": _("imported a lesson"),
    "course.lessons_ordered": _("put the lessons in the order of their source"),
    "course.relabelled": _("moved it along with a merged option"),
}


@dataclass(frozen=True)
class Line:
    """Of a course's history."""

    who: str
    words: str
    what: str
    at: datetime


def history(entries: Sequence[AuditEntry], titles: Mapping[str, str]) -> list[Line]:
    """`titles` are those of the lessons that there are still."""
    shown = [entry for entry in entries if entry.result == "allowed"]
    names = names_of(entry.actor_id for entry in shown)
    return [
        Line(
            names.get(entry.actor_id)
            or (gettext("The portal") if entry.actor_id == SYSTEM.user_id else gettext("Former colleague")),
            words_for(COURSE, entry.action),
            titles.get(str(dict(entry.changes or {}).get("lesson")), ""),
            entry.at,
        )
        for entry in shown
    ]


@tells_about_people
def authored(viewer: Person, user_ids: Sequence[str]) -> Mapping[str, Fact]:
    """One question to the index for all of them; for those who may look at the list it leads to."""
    if not can(viewer, Permission.COURSES_AUTHOR_ALL):
        return {}
    query = Query(
        allowed=permissions.clauses_for(viewer),
        now=clock.now(),
        kinds=frozenset({COURSE}),
        filters={"author": frozenset(user_ids)},
        facets=("author",),
        limit=1,
    )
    counts = index().search(query).facets.get("author", {})
    mine = {user_id: counts[user_id] for user_id in user_ids if counts.get(user_id)}
    if not mine:
        return {}
    with_items = owned(viewer, user_ids)  # whose fact offers to hand all of it over
    return {user_id: _authors(viewer, user_id, mine[user_id], offer=user_id not in with_items) for user_id in mine}


def _authors(viewer: Person, user_id: str, count: int, *, offer: bool) -> Fact:
    states = "".join(f"&status={state}" for state in ("Draft", "Published", "Unpublished", "Archived"))
    url = f"{reverse('lms:manage')}?owner={user_id}{states}"
    hand_over = Action(gettext("Hand over what they own"), reverse("hand-over", args=[user_id]), "arrow-right-left")
    actions = (hand_over,) if offer and can(viewer, Permission.PEOPLE_MANAGE) else ()
    return Fact(gettext("Authors"), ngettext("%d course", "%d courses", count) % count, url, actions, owned=True)


def _described(viewer: Person, course_ids: Sequence[str]) -> Mapping[str, Thing]:
    found = [one for one in store.courses_by_ids(course_ids) if permissions.can_author(viewer, one)]
    return {one.course_id: Thing(one.title, reverse("lms:manage-course", args=[one.course_id])) for one in found}


trail.register(COURSE, Noun(_("Course"), COURSE_WORDS, _described))
