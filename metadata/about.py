"""What the audit log shows of options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import trail
from accounts.person import Person
from accounts.trail import Noun, Thing
from metadata import store
from metadata.enums import Group

_WORDS = {
    "metadata.created": _("made the option"),
    "metadata.changed": _("changed the option"),
    "metadata.ordered": _("changed its place"),
    "metadata.archived": _("archived the option"),
    "metadata.restored": _("restored the option"),
    "metadata.deleted": _("deleted the option"),
    "metadata.merged": _("merged the option"),
    "metadata.merge_undone": _("undid the merge"),
}


def _described(_viewer: Person, option_ids: Sequence[str]) -> Mapping[str, Thing]:
    """No request: the options are at hand. What was merged keeps its own name here; its address leads on."""
    options = {option.option_id: option for group in Group for option in store.all_of(group)}
    return {
        option_id: Thing(options[option_id].label, reverse("metadata:option", args=[option_id]))
        for option_id in option_ids
        if option_id in options
    }


trail.register("metadata", Noun(_("Option"), _WORDS, _described))
