"""Preferences: the form is the accounts', the products that can be chosen are the metadata's."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from accounts.access import keep_preferences
from accounts.forms import PreferencesForm
from accounts.http import Request
from accounts.signed_in import preferences_of
from core.pages import go, page
from core.saving import status_for
from metadata.enums import Group
from metadata.picking import OptionSource


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: Request) -> HttpResponse:
    products = OptionSource(Group.PRODUCT, known=True)
    form = PreferencesForm(request.POST or None, products=products, initial=asdict(preferences_of(request.session)))
    if form.is_valid():
        keep_preferences(request, **form.cleaned_data)
        messages.success(request, gettext("Preferences saved"))
        return go(request, "preferences")
    return page(request, "portal/preferences.html", {"form": form}, status=status_for(form))
