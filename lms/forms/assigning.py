"""Forms of those who assign: input to domain values. They know nothing of storage."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.permissions import ROLES
from lms.rules import dues
from lms.services.assignments.changing import MOST_REASON
from lms.services.assignments.orders import MOST_NOTE, When

EVERYBODY = "everybody"
PEOPLE, ROLE, FILE = "people", "role", "file"
MOST_BYTES = 2 * 1024 * 1024


class DueFields(forms.Form):
    """A day, which ends where each person lives; or, with a time, one instant for all, on the clock of who writes it."""

    due_on = forms.DateField(
        label=_("Due on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The end of that day, where each person lives. Leave it empty for no due date."),
    )
    due_time = forms.TimeField(
        label=_("At what time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Only if it must be the same moment for everybody, by your own clock."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("due_time") and not cleaned.get("due_on"):
            self.add_error("due_on", _("Choose the day, too."))
        if (day := cleaned.get("due_on")) and (problem := dues.problem_with_day(day)):
            self.add_error("due_on", problem)
        return cleaned

    @property
    def when(self) -> When:
        day, at = self.cleaned_data["due_on"], self.cleaned_data["due_time"]
        if not at:
            return When(day=day)
        zone = timezone.get_current_timezone_name()
        return When(at=dues.due_at(datetime.combine(day, at), zone).at, zone=zone)


class AssignForm(DueFields):
    """`person` are the ids of those who were chosen. What else is needed depends on `whom`."""

    whom = forms.ChoiceField(
        label=_("Whom"),
        choices=[(PEOPLE, _("People")), (ROLE, _("Everybody with a role")), (FILE, _("A list in a file"))],
        initial=PEOPLE,
        widget=forms.RadioSelect,
    )
    find = forms.CharField(
        label=_("Find people"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        help_text=_("The beginning of a name, or a whole e-mail address."),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=[(EVERYBODY, _("Everybody")), *((role.value, ROLES[role].title) for role in Role)],
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt"}),
        help_text=_("CSV with a column person (e-mail address), and if you like due and note, up to 2 MB."),
    )
    note = forms.CharField(
        label=_("What you want to say about it"),
        required=False,
        max_length=MOST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    must_redo = forms.BooleanField(
        label=_("Everybody takes it anew"),
        required=False,
        help_text=_("Otherwise who completed it before, and is still certified, need not do it again."),
    )

    @property
    def chosen_role(self) -> Role | None:
        value = self.cleaned_data["role"]
        return None if value in ("", EVERYBODY) else Role(value)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 2 MB. Split it."))
        return file


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=MOST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )
