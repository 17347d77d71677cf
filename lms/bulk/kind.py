"""Courses as a kind of bulk work: the list they are chosen in, the actions it offers, the columns of a file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.permissions import Permission, can
from accounts.person import Person
from bulk import cells
from bulk.finding import find
from bulk.forms import OwnerForm, PlaceForm, TagsForm
from bulk.kinds import Action, Kind, Reader, register
from lms import permissions, store
from lms.bulk import forms
from lms.bulk.steps import MOVES, OWNERS, Labels, Moves
from lms.documents.courses import COURSE
from lms.enums import COURSE_STATUS_LABELS
from lms.models import Course
from lms.pages.authoring import clauses_for, matching
from metadata.enums import Group

_ADDRESS = re.compile(r"/learn/(?:manage|courses)/([\w-]+)")
_AT_ONCE = _("The change holds at once, in the catalogue too.")


def _writes(person: Person) -> bool:
    return can(person, Permission.COURSES_AUTHOR)


def _publishes(person: Person) -> bool:
    return can(person, Permission.COURSES_PUBLISH)


ACTIONS = (
    Action("tags", _("Add or remove tags"), "tags", _AT_ONCE, TagsForm, _writes),
    Action("place", _("Change suite, product or moment"), "package", _AT_ONCE, PlaceForm, _writes),
    Action(
        "owner",
        _("Change owner"),
        "arrow-right-left",
        _("The new owner looks after them from now on. Of what was published, Approvers decide."),
        OwnerForm,
        _writes,
    ),
    Action(
        "ready",
        _("Ask to publish"),
        "send",
        _("Approvers find them in their list, and publish them one by one."),
        forms.ReadyForm,
        _writes,
    ),
    Action(
        "unpublish",
        _("Unpublish"),
        "eye-off",
        _("They leave the catalogue. Whoever has begun can go on; whoever has finished keeps the certificate."),
        forms.UnpublishForm,
        _publishes,
    ),
    Action(
        "archive",
        _("Archive"),
        "archive",
        _("They are put away. Courses that somebody is still to finish are left as they are."),
        forms.ArchiveForm,
        _publishes,
    ),
    Action(
        "bring-back",
        _("Bring back"),
        "archive-restore",
        _("They come back from the archive, unpublished."),
        forms.BringBackForm,
        _publishes,
    ),
)


def _columns(_person: Person) -> Mapping[str, Reader]:
    return {
        "add_tags": cells.options("add_tags", Group.TOPIC_TAG),
        "remove_tags": cells.options("remove_tags", Group.TOPIC_TAG, archived=True),
        "suite": cells.option("product_suite", Group.PRODUCT_SUITE),
        "product": cells.option("product", Group.PRODUCT),
        "moment": cells.option("product_concept", Group.PRODUCT_CONCEPT),
        "badge": cells.option("badge", Group.BADGE),
        "owner": cells.owner(),
        "do": cells.one_of("move", {move: move for move in MOVES}),
    }


def _read(by: Person, course_ids: Sequence[str]) -> Mapping[str, Course]:
    """Those whose draft she may see: nothing else of a course is changed in bulk."""
    found = store.courses_as_they_are(course_ids)
    return {course.course_id: course for course in found if permissions.can_author(by, course)}


def _find(person: Person, text: str) -> str:
    return find(text, kind=COURSE, allowed=clauses_for(person), address=_ADDRESS, noun="course")


COURSES = Kind(
    name=COURSE,
    title=_("Author courses"),
    route="lms:manage",
    counted=lambda count: ngettext("%d course", "%d courses", count) % count,
    actions=ACTIONS,
    steps=(Labels(), Moves(), OWNERS),
    column="course",
    columns=_columns,
    read=_read,
    matching=matching,
    find=_find,
    fields={"status": _("Status"), "ready": _("Asked to be published")},
    states={**COURSE_STATUS_LABELS, "ready": "Yes"},
)
register(COURSES)
