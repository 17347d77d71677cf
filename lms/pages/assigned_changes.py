"""What can be done to open assignments, to one or to several with an answer for each: as data for pages and buttons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.person import Person
from accounts.store import names_of
from core.errors import Invalid, PortalError
from lms.forms.assigning import DueFields, ReasonForm
from lms.models import Assignment
from lms.services import assignments

MOST_AT_ONCE = 100
Words = str | Promise


@dataclass(frozen=True)
class Change:
    label: Words
    done: Words
    about: Words
    icon: str
    apply: Callable[[Any, str, str, Person], Any]
    style: str = "primary"


def _extend(form: DueFields, user_id: str, assignment_id: str, by: Person) -> None:
    assignments.extend(user_id=user_id, assignment_id=assignment_id, when=form.when, by=by)


def _waive(form: Form, user_id: str, assignment_id: str, by: Person) -> None:
    reason = form.cleaned_data["reason"]
    assignments.waive(user_id=user_id, assignment_id=assignment_id, reason=reason, by=by)


def _cancel(form: Form, user_id: str, assignment_id: str, by: Person) -> None:
    reason = form.cleaned_data["reason"]
    assignments.cancel(user_id=user_id, assignment_id=assignment_id, reason=reason, by=by)


CHANGES: Mapping[str, Change] = {
    "extend": Change(
        _("Change due date"),
        _("Due date changed"),
        _("Reminders begin anew with the new date. Without a date, nothing is due."),
        "calendar-clock",
        _extend,
    ),
    "waive": Change(
        _("Waive"),
        _("Waived"),
        _("It need not be done. The person sees that it was waived, and the reason is kept."),
        "circle-minus",
        _waive,
    ),
    "cancel": Change(
        _("Cancel assignment"),
        _("Cancelled"),
        _("As if it had never been assigned: the person does not see it any more. What was learned stays."),
        "circle-x",
        _cancel,
        "danger",
    ),
}


def form_for(what: str, data: QueryDict | None, one: Assignment | None = None) -> Form:
    if what != "extend":
        return ReasonForm(data)
    initial: dict[str, Any] = {}
    if one and one.due_on:
        initial["due_on"] = one.due_on
    elif one and one.due_at:
        local = timezone.localtime(one.due_at)
        initial |= {"due_on": local.date(), "due_time": local.time()}
    return DueFields(data, initial=initial)


def keys_of(query: QueryDict) -> list[str]:
    return list(dict.fromkeys(key for key in query.getlist("key") if "~" in key))


def change_all(what: str, form: Form, found: Sequence[Assignment], by: Person) -> dict[str, Any]:
    """What is wrong with the form itself is Invalid; what one of them does not allow is its own answer."""
    names = names_of(one.user_id for one in found)
    rows = []
    for one in found:
        why = ""
        try:
            CHANGES[what].apply(form, one.user_id, one.assignment_id, by)
        except Invalid:
            raise
        except PortalError as error:
            why = error.message
        rows.append((names.get(one.user_id) or gettext("Former colleague"), one.title, why))
    return {"rows": rows, "counts": Counter("refused" if why else "done" for _name, _title, why in rows)}
