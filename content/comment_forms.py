"""What is written beside an item. How much fits is said by the service, so that no browser cuts off what was pasted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.saving import EditingForm


class CommentForm(forms.Form):
    """On a page there are several: one for a new thread, and one in each."""

    text = forms.CharField(label=_("Comment"), strip=False, error_messages={"required": _("Write something first.")})
    parent_id = forms.CharField(required=False)


class CommentEditForm(EditingForm):
    text = forms.CharField(
        label=_("Comment"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write something first.")},
    )
    seen_rev = forms.IntegerField(widget=forms.HiddenInput)


class RemoveCommentForm(forms.Form):
    """`reason` is for an Admin to say, about what is not her `own`."""

    reason = forms.CharField(
        label=_("Why is it removed?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept in the audit log."),
        error_messages={"required": _("Say why: the audit log keeps it.")},
    )

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = not own
