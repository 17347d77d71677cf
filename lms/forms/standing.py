"""Forms of standing assignments: input to domain values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.permissions import ROLES
from core.picker import PickField, PickingForm
from lms.forms.assigning import EVERYBODY
from lms.services.assignments.orders import MOST_NOTE
from lms.services.assignments.standing import MOST_DAYS, Whom

TEAM, ROLE = "team", "role"


class RuleFields(forms.Form):
    days = forms.IntegerField(
        label=_("Due so many days after joining"),
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        help_text=_("At the end of that day, where each person lives. Leave it empty for no due date."),
    )
    note = forms.CharField(
        label=_("What you want to say about it"),
        required=False,
        max_length=MOST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class StandingForm(RuleFields, PickingForm):
    target = PickField(label=_("Course or path"), hint=_("Words of a course or path"))
    whom = forms.ChoiceField(
        label=_("Whom"),
        choices=[(TEAM, _("Whoever is in a team")), (ROLE, _("Whoever has a role"))],
        initial=TEAM,
        widget=forms.RadioSelect,
    )
    team = PickField(label=_("Team"), required=False, empty=_("Choose a team"), hint=_("Name of a team"))
    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=[(EVERYBODY, _("Everybody")), *((role.value, ROLES[role].title) for role in Role)],
    )
    field_order = ("target", "whom", "team", "role", "days", "note")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("whom") == TEAM and cleaned.get("team") == "":
            self.add_error("team", _("Choose the team."))
        return cleaned

    @property
    def chosen(self) -> Whom:
        if self.cleaned_data["whom"] == TEAM:
            return Whom(team_id=self.cleaned_data["team"])
        role = self.cleaned_data["role"]
        return Whom(role=None if role in ("", EVERYBODY) else Role(role))


class EndForm(forms.Form):
    withdraw = forms.BooleanField(
        label=_("Take back what nobody has begun"),
        required=False,
        help_text=_("What somebody has begun or completed stays as it is either way."),
    )
