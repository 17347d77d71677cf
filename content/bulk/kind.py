"""Items as a kind of bulk work: the list they are chosen in, the actions it offers, the columns of a file."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.permissions import Permission, can
from accounts.person import Person
from bulk import cells
from bulk.finding import find
from bulk.forms import OwnerForm, PlaceForm, TagsForm
from bulk.kinds import Action, Kind, Reader, register
from content.bulk import forms
from content.bulk.labels import Labels
from content.bulk.steps import OWNERS, SERVICES, Moves
from content.bulk.things import read
from content.documents import KIND
from content.enums import STATUS_LABELS
from content.library import matching
from content.permissions import clauses_for
from core.errors import Refused
from metadata.enums import Group

_ADDRESS = re.compile(r"/content/([\w-]+)")
_OPENS_DRAFTS = _(
    "An item that is live gets a draft of its next version; readers see the change once that is approved."
)


def _writes(person: Person) -> bool:
    return can(person, Permission.CONTENT_CREATE)


def _judges(person: Person) -> bool:
    return can(person, Permission.CONTENT_APPROVE)


ACTIONS = (
    Action("tags", _("Add or remove tags"), "tags", _OPENS_DRAFTS, TagsForm, _writes),
    Action("place", _("Change suite, product or moment"), "package", _OPENS_DRAFTS, PlaceForm, _writes),
    Action(
        "owner",
        _("Change owner"),
        "arrow-right-left",
        _("The new owner looks after them from now on. Of what is live, Approvers decide."),
        OwnerForm,
        _writes,
    ),
    Action(
        "submit",
        _("Submit for review"),
        "send",
        _("Drafts are frozen while an Approver reads them, one by one. You can withdraw them at any time."),
        forms.SubmitForm,
        _writes,
    ),
    Action(
        "withdraw",
        _("Withdraw"),
        "undo-2",
        _("They become drafts again and leave the queue."),
        forms.WithdrawForm,
        _writes,
    ),
    Action(
        "deprecate",
        _("Deprecate"),
        "archive",
        _(
            "They leave lists and searches. Whoever has a link can still read, under a banner that names the replacement."
        ),
        forms.DeprecateForm,
        _judges,
    ),
    Action(
        "restore",
        _("Restore"),
        "archive-restore",
        _("What was deprecated is approved again; of what has expired a draft is made, to be approved anew."),
        forms.RestoreForm,
        _judges,
    ),
)


def _columns(person: Person) -> Mapping[str, Reader]:
    return {
        "add_tags": cells.options("add_tags", Group.TOPIC_TAG),
        "remove_tags": cells.options("remove_tags", Group.TOPIC_TAG, archived=True),
        "suite": _suite,
        "product": cells.option("product", Group.PRODUCT),
        "moment": cells.option("product_concept", Group.PRODUCT_CONCEPT),
        "owner": cells.owner(),
        "do": cells.one_of("move", {move.value: move.value for move in SERVICES}),
        "reason": cells.text("reason"),
        "replacement": lambda cell: {"replacement_id": _find(person, cell)},
    }


def _find(person: Person, text: str) -> str:
    return find(text, kind=KIND, allowed=clauses_for(person), address=_ADDRESS, noun="item")


def _suite(cell: str) -> Mapping[str, str]:
    if cell == cells.NONE:
        raise Refused("An item needs a suite. Name another one.")
    return {"product_suite": cells.option_id(Group.PRODUCT_SUITE, cell)}


ITEMS = Kind(
    name=KIND,
    title=_("Library"),
    route="content:library",
    counted=lambda count: ngettext("%d item", "%d items", count) % count,
    actions=ACTIONS,
    steps=(Labels(), Moves(), OWNERS),
    column="item",
    columns=_columns,
    read=read,
    matching=matching,
    find=_find,
    fields={"version": _("Version"), "status": _("Status")},
    states=STATUS_LABELS,
)
register(ITEMS)
