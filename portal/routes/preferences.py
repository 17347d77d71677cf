"""How a person likes the portal: the choices are the accounts', the products among them the metadata's."""

from __future__ import annotations

from ninja import Router
from pydantic import Field

from accounts import time_zones
from accounts.enums import ListView, Theme
from accounts.http import Request
from accounts.models import Profile
from accounts.services import set_preferences
from accounts.store import profile_of
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core.api.schemas import Id, Input, Output
from core.errors import Invalid
from metadata.api.choosing import check_chosen
from metadata.enums import Group

router = Router(tags=["Me"], auth=Bearer(Area.PROFILE))


class Preferences(Output):
    theme: Theme
    list_view: ListView
    time_zone: str = Field(description="Empty for the organisation's.", examples=["Europe/Berlin"])
    product_ids: list[str] = Field(description="What her home page shows news of.")

    @classmethod
    def of(cls, profile: Profile | None) -> Preferences:
        if profile is None:
            return cls(theme=Theme.SYSTEM, list_view=ListView.ROWS, time_zone="", product_ids=[])
        return cls.model_validate(profile)


class PreferencesEdit(Input):
    """What is left out stays as it is."""

    theme: Theme | None = None
    list_view: ListView | None = None
    time_zone: str | None = Field(None, max_length=64)
    product_ids: list[Id] | None = Field(None, max_length=100, description="Ids of options.")


@router.get("/preferences", response=Preferences, operation_id="getPreferences", summary="How I like the portal")
def my_preferences(request: Request) -> Preferences:
    return Preferences.of(profile_of(request.user.user_id))


@router.patch("/preferences", response=Preferences, operation_id="changePreferences", summary="Change how I like it")
def my_preferences_change(request: Request, change: PreferencesEdit) -> Preferences:
    """Pages that are open in a browser show it from the next sign-in on."""
    if change.time_zone and change.time_zone not in time_zones.names():
        raise Invalid(fields={"time_zone": "Choose a zone of the IANA database, for example Europe/Berlin."})
    if change.product_ids is not None:
        profile = profile_of(request.user.user_id)
        check_chosen("product_ids", Group.PRODUCT, change.product_ids, profile.product_ids if profile else ())
    return Preferences.of(set_preferences(by=request.user, **change.model_dump()))
