from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import time_zones
from accounts.enums import AuditResult, ListView, Role, TeamRole, Theme
from accounts.permissions import ROLES
from accounts.services.tokens import DAYS, MAX_NAME
from accounts.tokens.scopes import Scope
from core.picker import PickField, PickingForm, PickSeveralField, Source

MAX_REASON = 1000
RESULTS = (
    (AuditResult.ALLOWED.value, _("Done")),
    (AuditResult.DENIED.value, _("Refused")),
    (AuditResult.FAILED.value, _("Failed")),
)
THEMES = ((Theme.SYSTEM.value, _("As my device")), (Theme.LIGHT.value, _("Light")), (Theme.DARK.value, _("Dark")))
LIST_VIEWS = ((ListView.ROWS.value, _("Rows")), (ListView.CARDS.value, _("Cards")))


class ThemeForm(forms.Form):
    theme = forms.TypedChoiceField(choices=THEMES, coerce=Theme)


class PreferencesForm(PickingForm, ThemeForm):
    theme = forms.TypedChoiceField(label=_("Theme"), choices=THEMES, coerce=Theme, widget=forms.RadioSelect)
    list_view = forms.TypedChoiceField(
        label=_("Show lists as"), choices=LIST_VIEWS, coerce=ListView, widget=forms.RadioSelect
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)
    product_ids = PickSeveralField(
        label=_("My products"),
        required=False,
        hint=_("Choose products"),
        help_text=_("Your home page shows what is new for them."),
    )

    def __init__(self, *args: Any, products: Source, **kwargs: Any) -> None:
        """Where there are no products at all the field is left out."""
        super().__init__(*args, sources={"product_ids": products}, **kwargs)
        zones = [(name, name.replace("_", " ")) for name in time_zones.names()]
        self.fields["time_zone"].choices = [("", _("As the organisation")), *zones]  # type: ignore[attr-defined]
        if not products.found("", 1).choices:
            del self.fields["product_ids"]


def role_choices() -> list[tuple[str, str]]:
    return [(role.value, info.title) for role, info in ROLES.items()]


class RoleForm(forms.Form):
    role = forms.TypedChoiceField(label=_("Role"), choices=role_choices, coerce=Role, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept in the audit log."),
    )


class DisableForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept in the audit log."),
    )


class InviteForm(forms.Form):
    email = forms.CharField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    name = forms.CharField(label=_("Name"), required=False, max_length=120)
    role = forms.TypedChoiceField(label=_("Role"), choices=role_choices, coerce=Role, initial=Role.VIEWER.value)


class AuditForm(forms.Form):
    month = forms.ChoiceField(label=_("Month"), required=False)
    day = forms.DateField(label=_("Day (UTC)"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    who = forms.CharField(label=_("Person"), required=False, max_length=254)
    thing = forms.RegexField(
        r"^[a-z_]+:[^\s#]{1,200}$",
        label=_("Thing"),
        required=False,
        error_messages={"invalid": _("Write its kind and its id, for example content:01jd2…")},
    )
    action = forms.ChoiceField(label=_("What was done"), required=False)
    result = forms.ChoiceField(label=_("Result"), required=False, choices=[("", _("Any")), *RESULTS])

    def __init__(self, *args: Any, months: Sequence[tuple[str, str]], actions: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = [("", _("Any time")), *months]  # type: ignore[attr-defined]
        self.fields["action"].choices = [("", _("Anything")), *actions]  # type: ignore[attr-defined]


class TeamForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class AskAboutForm(PickingForm):
    person = PickField(label=_("Person"), hint=_("Beginning of a name or an e-mail address"))


class AddToTeamForm(PickingForm):
    people = PickSeveralField(label=_("People"), hint=_("Beginning of a name or an e-mail address"))
    role = forms.TypedChoiceField(
        label=_("As"),
        choices=[(TeamRole.MEMBER.value, _("Members")), (TeamRole.MANAGER.value, _("Managers"))],
        coerce=TeamRole,
        initial=TeamRole.MEMBER.value,
        widget=forms.RadioSelect,
    )


class PartForm(forms.Form):
    """What somebody is to be in the team; empty for nothing any more."""

    person = forms.CharField(max_length=200)
    role = forms.TypedChoiceField(
        required=False,
        choices=[("", ""), *((role.value, role.value) for role in TeamRole)],
        coerce=TeamRole,
        empty_value=None,
    )


def _durations() -> list[tuple[int, str]]:
    return [(days, ngettext("%d day", "%d days", days) % days) for days in DAYS]


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=MAX_NAME,
        help_text=_("What will use it, so that you know it again."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(label=_("What it may do"), widget=forms.CheckboxSelectMultiple)
    days = forms.TypedChoiceField(label=_("Lasts for"), choices=_durations, coerce=int, initial=90)

    def __init__(self, *args: Any, scopes: Sequence[Scope], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [(scope.name, scope.label) for scope in scopes]  # type: ignore[attr-defined]
