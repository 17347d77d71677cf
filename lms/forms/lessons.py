"""The form in which a lesson is written; its kind decides what it asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.picker import PickField, PickingForm
from core.saving import EditingForm
from lms.enums import LessonType
from lms.models import Lesson
from lms.rules.lessons import MOST_BODY, MOST_DESCRIPTION, MOST_TITLE
from lms.services import lessons

MOST_NOTE, MOST_URL = 1_000, 2_000
_OF_KIND = {
    LessonType.TEXT: {"body"},
    LessonType.DOCUMENT: {"content_id", "note"},
    LessonType.LINK: {"url", "note"},
    LessonType.VIDEO: set(),
    LessonType.QUIZ: set(),
}
"""The fields that stand in a lesson's `content`. Videos and quizzes have editors of their own for theirs."""


def content_fields(kind: LessonType) -> frozenset[str]:
    return frozenset(_OF_KIND[kind])


class LessonForm(PickingForm, EditingForm):
    title = forms.CharField(label=_("Title"), max_length=MOST_TITLE)
    description = forms.CharField(
        label=_("Summary"),
        required=False,
        max_length=MOST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Shown in the outline."),
    )
    body = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        max_length=MOST_BODY,
        widget=forms.Textarea(attrs={"rows": 20, "class": "mono"}),
        help_text=_("Markdown: # for headings, - for lists, **bold**, [text](address), | for tables."),
    )
    content_id = PickField(
        label=_("Item of the library"), required=False, empty=_("None yet"), hint=_("Title or address of an item")
    )
    url = forms.CharField(
        label=_("Web address"),
        required=False,
        max_length=MOST_URL,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        help_text=_("It opens in a new tab, outside the portal."),
    )
    note = forms.CharField(
        label=_("What to look for"),
        required=False,
        max_length=MOST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    required = forms.BooleanField(
        label=_("Required"), required=False, help_text=_("A course is complete when all required lessons are done.")
    )
    minutes = forms.IntegerField(
        label=_("Duration in minutes"),
        required=False,
        min_value=1,
        max_value=24 * 60,
        help_text=_("Leave it empty to have it computed from what the lesson holds."),
    )
    seen_rev = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: LessonType, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in {"body", "content_id", "url", "note"} - _OF_KIND[kind]:
            del self.fields[name]

    def to_fields(self, before: dict[str, Any] | None = None) -> lessons.Fields:
        """What the content holds besides, for example a video's place, stays as it was."""
        data = self.cleaned_data
        content = dict(before or {}) | {name: data[name] for name in _OF_KIND[self.kind]}
        return lessons.Fields(
            title=data["title"],
            description=data["description"],
            required=data["required"],
            duration_seconds=60 * (data["minutes"] or 0),
            content=content,
        )


def initial_of(lesson: Lesson) -> dict[str, Any]:
    """Minutes are rounded up: a duration below one is one."""
    fields = lessons.fields_of(lesson)
    own = {"title": fields.title, "description": fields.description, "required": fields.required}
    minutes = -(-fields.duration_seconds // 60) or None
    return {**lesson.content, **own, "minutes": minutes, "seen_rev": lesson.text_rev}


class PlaceForm(forms.Form):
    """Where a lesson was dropped: before another one of that section, or at its end."""

    lesson = forms.CharField(max_length=64)
    section = forms.CharField(max_length=64)
    before = forms.CharField(max_length=64, required=False)
