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
from metadata.enums import Group
from metadata.labels import shown_label
from metadata.store import options_of, resolve

Choices = list[tuple[str, Any]]


def option_choices(group: Group, keep: set[str] | None = None, empty: str | None = None) -> Choices:
    """Options that can be chosen; archived ones only where they already are."""
    options = [o for o in options_of(group) if not o.archived_at or o.option_id in (keep or set())]
    choices: Choices = [(option.option_id, shown_label(option)) for option in options]
    return [("", empty), *choices] if empty is not None else choices


class OptionField(forms.ChoiceField):
    """An option that was merged while the form was open is taken for the one that stands in its place."""

    def to_python(self, value: Any) -> str:
        return resolve(super().to_python(value))


class OptionsField(forms.MultipleChoiceField):
    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(map(resolve, super().to_python(value))))


_BEFORE_REVIEW = {"summary", "link_url", "body", "product_suite"}


class ItemForm(forms.Form):
    """All that people write into a version; `kind` decides which of body, address and files it has."""

    stale = False

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
    product_suite = OptionField(label=_("Suite"), required=False)
    product = OptionField(label=_("Product"), required=False)
    product_concept = OptionField(
        label=_("Moment"), required=False, help_text=_("When in a deal or a renewal is it needed?")
    )
    tags = OptionsField(label=_("Tags"), required=False, widget=forms.CheckboxSelectMultiple)
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
    seen_rev = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: Kind, first_version: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in ("product_suite", "product", "product_concept"):
            self.initial[name] = resolve(self.initial.get(name) or "")
        self.initial["tags"] = list(dict.fromkeys(map(resolve, self.initial.get("tags") or ())))
        kept = {str(value) for value in self.initial.values() if isinstance(value, str)}
        kept |= set(self.initial["tags"])
        for name, group, empty in (
            ("product_suite", Group.PRODUCT_SUITE, _("Choose a suite")),
            ("product", Group.PRODUCT, _("Any product")),
            ("product_concept", Group.PRODUCT_CONCEPT, _("Any moment")),
        ):
            self.fields[name].choices = option_choices(group, kept, str(empty))  # type: ignore[attr-defined]
        self.fields["tags"].choices = option_choices(Group.TOPIC_TAG, kept)  # type: ignore[attr-defined]
        for name, wanted in (("body", Kind.ARTICLE), ("link_url", Kind.LINK)):
            if kind is not wanted:
                del self.fields[name]
        for name in _BEFORE_REVIEW.intersection(self.fields):
            self.fields[name].before_review = True  # type: ignore[attr-defined]
        if first_version:
            del self.fields["change_note"], self.fields["minor_change"]

    def compared_with(self, rev: int) -> None:
        """What was saved meanwhile stands beside the form now: to save it again is a decision."""
        data = cast(QueryDict, self.data).copy()
        data["seen_rev"] = str(rev)
        self.data = data

    def to_fields(self) -> Fields:
        data = self.cleaned_data
        return Fields(
            title=data["title"],
            summary=data["summary"],
            body=data.get("body", ""),
            link_url=data.get("link_url", ""),
            product_suite=data["product_suite"] or None,
            product=data["product"] or None,
            product_concept=data["product_concept"] or None,
            tags=tuple(data["tags"]),
            change_note=data.get("change_note", ""),
            minor_change=data.get("minor_change", False),
        )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DeprecateForm(ReasonForm):
    replacement_id = forms.CharField(
        label=_("Replaced by"),
        required=False,
        max_length=500,
        help_text=_("The address of the item to use instead, as copied from your browser. Readers are sent there."),
    )

    def clean_replacement_id(self) -> str:
        """A pasted address is as good as an id."""
        text = str(self.cleaned_data["replacement_id"]).strip()
        return text.split("/content/")[-1].split("?")[0].strip("/") if "/content/" in text else text


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


class HandOverForm(forms.Form):
    """`cursor` and `done` say how far it has come, when there is more than one request can move."""

    email = forms.CharField(
        label=_("New owner"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("The e-mail address of a Contributor, an Approver or an Admin."),
    )
    cursor = forms.CharField(required=False, widget=forms.HiddenInput)
    done = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean_done(self) -> int:
        return self.cleaned_data["done"] or 0

    def go_on(self, done: int, cursor: str | None) -> None:
        data = cast(QueryDict, self.data).copy()
        data["done"], data["cursor"] = str(done), cursor or ""
        self.data = data
