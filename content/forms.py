"""Forms of the library: input to domain values. They know nothing of storage."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from content.enums import Kind
from content.rules import fields as limits
from content.rules import review
from content.services.drafts import Fields
from core.picker import PickField, PickingForm
from core.saving import EditingForm
from metadata.enums import Group
from metadata.picking import OptionField, OptionsField

_BEFORE_REVIEW = {"summary", "link_url", "body", "product_suite"}


class PlacedForm(PickingForm, EditingForm):
    """Where people will look for a thing, be it an item, a course or a path."""

    product_suite = OptionField(Group.PRODUCT_SUITE, label=_("Suite"), required=False, empty=_("Choose a suite"))
    product = OptionField(Group.PRODUCT, label=_("Product"), required=False, empty=_("Any product"))
    product_concept = OptionField(
        Group.PRODUCT_CONCEPT,
        label=_("Moment"),
        required=False,
        empty=_("Any moment"),
        help_text=_("When in a deal or a renewal is it needed?"),
    )
    tags = OptionsField(Group.TOPIC_TAG, label=_("Tags"), required=False, hint=_("Choose tags"))
    seen_rev = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def place(self) -> dict[str, str | None]:
        """The options that it has one of."""
        return {name: self.cleaned_data[name] or None for name in ("product_suite", "product", "product_concept")}


class ItemForm(PlacedForm):
    """All that people write into a version; `kind` decides which of body, address and files it has."""

    field_order = ("title", "summary", "link_url", "body")

    title = forms.CharField(label=_("Title"), max_length=limits.MAX_TITLE)
    summary = forms.CharField(
        label=_("Summary"),
        required=False,
        max_length=limits.MAX_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences: what it is, and when to reach for it."),
    )
    link_url = forms.CharField(
        label=_("Web address"),
        required=False,
        max_length=limits.MAX_URL,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    body = forms.CharField(
        label=_("Article"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "class": "mono"}),
        help_text=_("Markdown: # for headings, - for lists, **bold**, [text](address), | for tables."),
    )
    change_note = forms.CharField(
        label=_("What is new in this version"),
        required=False,
        max_length=limits.MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Shown in the history and to the reviewer."),
    )
    minor_change = forms.BooleanField(
        label=_("Minor change"), required=False, help_text=_("Followers are not told about it.")
    )

    def __init__(self, *args: Any, kind: Kind, first_version: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name, wanted in (("body", Kind.ARTICLE), ("link_url", Kind.LINK)):
            if kind is not wanted:
                del self.fields[name]
        for name in _BEFORE_REVIEW.intersection(self.fields):
            self.fields[name].before_review = True  # type: ignore[attr-defined]
        if first_version:
            del self.fields["change_note"], self.fields["minor_change"]

    def to_fields(self) -> Fields:
        data = self.cleaned_data
        return Fields(
            title=data["title"],
            summary=data["summary"],
            body=data.get("body", ""),
            link_url=data.get("link_url", ""),
            tags=tuple(data["tags"]),
            change_note=data.get("change_note", ""),
            minor_change=data.get("minor_change", False),
            **self.place,
        )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DeprecateForm(PickingForm, ReasonForm):
    replacement_id = PickField(
        label=_("Replaced by"),
        required=False,
        empty=_("Nothing replaces it"),
        hint=_("Title or address of an approved item"),
        help_text=_("The item to use instead. Readers are sent there."),
        error_messages={"invalid_choice": _("Choose an approved item that readers can be sent to.")},
    )


class ApprovalForm(ReasonForm):
    seen_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)


def _within_reach() -> list[MinValueValidator | MaxValueValidator]:
    """Beyond it a day has no moment in another zone, or no next review; nobody means such a day."""
    return [
        MinValueValidator(date(2000, 1, 1), _("Choose a day after the year 2000.")),
        MaxValueValidator(date(2100, 1, 1), _("Choose a day before the year 2100.")),
    ]


class DatesForm(forms.Form):
    """Days as people mean them, in the reader's zone: live from the beginning of one, expired after the end of one."""

    go_live_on = forms.DateField(
        label=_("Goes live on"),
        required=False,
        validators=_within_reach(),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    expire_on = forms.DateField(
        label=_("Last day"),
        required=False,
        validators=_within_reach(),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    review_every_days = forms.TypedChoiceField(
        label=_("Review every"),
        coerce=int,
        choices=[(days, format_lazy(_("{} days"), days)) for days in review.CHOICES],
    )

    @property
    def go_live_at(self) -> datetime | None:
        return start_of(self.cleaned_data["go_live_on"])

    @property
    def expire_at(self) -> datetime | None:
        return end_of(self.cleaned_data["expire_on"])


def start_of(day: date | None) -> datetime | None:
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day, time.min)).astimezone(UTC)


def end_of(day: date | None) -> datetime | None:
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59))).astimezone(UTC)


class HandOverForm(PickingForm):
    """`cursor` and `done` say how far it has come, when there is more than one request can move."""

    to_user = PickField(
        label=_("New owner"),
        hint=_("Beginning of a name or an e-mail address"),
        help_text=_("A Contributor, an Approver or an Admin."),
    )
    cursor = forms.CharField(required=False, widget=forms.HiddenInput)
    done = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean_done(self) -> int:
        return self.cleaned_data["done"] or 0

    def go_on(self, done: int, cursor: str | None) -> None:
        data = cast(QueryDict, self.data).copy()
        data["done"], data["cursor"] = str(done), cursor or ""
        self.data = data
