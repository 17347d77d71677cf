"""Every component in every state, in both themes, for whoever builds a page. Local only."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import clock
from core.pages import Action
from core.picker import Choice, Found, PickField, PickingForm, PickSeveralField
from core.templatetags.interface import hue, initials

_CHOICES = [("advance", "Advance"), ("engage", "Engage"), ("raise", "Raise"), ("steward", "Steward")]


class Sample(SimpleNamespace):
    def __hash__(self) -> int:  # type: ignore[override]
        return id(self)  # what is shown of it is remembered by it


class SampleSource:
    """A handful to choose from, with nobody to ask for more."""

    url = ""

    def found(self, text: str, most: int) -> Found:
        return Found([Choice(value, label, "Platform", hue(label)) for value, label in _CHOICES])

    def named(self, values: Sequence[str], kept: Collection[str]) -> Mapping[str, Choice]:
        return {choice.value: choice for choice in self.found("", 0).choices if choice.value in values}


class SampleForm(PickingForm):
    title = forms.CharField(help_text="As a person would ask for it.", max_length=160)
    summary = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), required=False)
    suite = forms.ChoiceField(choices=[("", "Choose a suite"), *_CHOICES])
    owner = PickField(source=SampleSource(), empty="Nobody", required=False)
    tags = PickSeveralField(source=SampleSource(), hint="Choose tags", required=False)
    go_live = forms.DateTimeField(
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}), required=False, help_text="In your time zone."
    )
    minor = forms.BooleanField(label="Minor change", required=False, help_text="Nobody is notified.")
    notify = forms.BooleanField(label="Tell me when it is approved", required=False)
    locked = forms.CharField(label="Version", disabled=True, initial="3", required=False)


def _rows() -> list[Sample]:
    facts = (
        ("Pricing objections: price is too high", "deck", "presentation", "Advance", "sky", "Approved", "verified"),
        ("Renewal in 60 days: talk track and e-mail sequence", "article", "book-open", "Engage", "teal", "Approved", "due_soon"),
        ("Security questionnaire, answered", "pdf", "file-text", "Raise", "coral", "Approved", "unverified"),
        ("Demo of the giving form, five minutes", "video", "clapperboard", "Raise", "coral", "InReview", ""),
        ("Battle card: the spreadsheet as a competitor", "sheet", "file-spreadsheet", "Steward", "violet", "Draft", ""),
        ("Price list before the spring", "pdf", "file-text", "Advance", "sky", "Deprecated", ""),
        ("Webinar invitation of last year", "link", "link", "Engage", "teal", "Expired", ""),
        ("Launch kit for the autumn release", "archive", "file-archive", "Advance", "sky", "Scheduled", ""),
    )  # fmt: skip
    people = ("Maya Lindqvist", "Carl Osei", "Rita Moreno")
    return [
        Sample(
            content_id=str(number), url="#", title=title, format=kind, icon=icon, suite=suite, hue=colour,
            status=status, freshness=fresh, concept="Discovery", owner_name=people[number % 3],
            owner_hue=hue(people[number % 3]), owner_initials=initials(people[number % 3]),
            quick=Action("Download", "#", "download") if number % 2 == 0 else None,
            summary="What to say, what to show and what to send, in the order in which a first call usually goes.",
        )
        for number, (title, kind, icon, suite, colour, status, fresh) in enumerate(facts)
    ]  # fmt: skip


def _facets() -> list[Sample]:
    def facet(name: str, title: str, *choices: tuple[str, int]) -> Sample:
        found = [Sample(value=label, label=label, count=count, checked=label == "Advance") for label, count in choices]
        return Sample(name=name, title=title, choices=found, checked=[one for one in found if one.checked])

    return [
        facet("suite", "Suite", ("Advance", 24), ("Engage", 17), ("Raise", 12), ("Steward", 8)),
        facet("type", "Type", ("Deck", 19), ("PDF", 14), ("Video", 6)),
        facet("status", "Status", ("Approved", 51), ("In review", 4)),
        facet("tag", "Tag", ("Discovery", 9), ("Renewal", 5)),
    ]


def _history() -> list[Sample]:
    now = clock.now()
    return [
        Sample(who="Rita Moreno", what="approved version 3", when=now - timedelta(hours=2), why="", tone="success", icon="circle-check"),
        Sample(who="Rita Moreno", what="requested changes", when=now - timedelta(days=1), why="Page 4 still shows the old price.", tone="warning", icon="message-square"),
        Sample(who="Carl Osei", what="submitted version 2", when=now - timedelta(days=3), why="", tone="", icon="send"),
    ]  # fmt: skip


def _actions() -> list[Action]:
    return [
        Action("Approve", "#", "circle-check", "primary"),
        Action("Request changes", "#", "message-square"),
        Action("Copy link", "#", "link", "quiet"),
        Action("Delete", "#", "trash-2", "danger"),
        Action("Approve", "#", "circle-check", refused_because="You wrote this version, so someone else approves it."),
    ]


def context() -> dict[str, Any]:
    wrong = SampleForm({"title": "", "go_live": "soon"})
    wrong.is_valid()
    return {
        "form": SampleForm(initial={"owner": "engage", "tags": ["raise", "steward"], "notify": True}),
        "wrong": wrong,
        "rows": _rows(),
        "facets": _facets(),
        "entries": _history(),
        "actions": _actions(),
        "now": clock.now(),
        "later": clock.now() + timedelta(days=3),
        "themes": ("light", "dark"),
        "tones": ("info", "success", "warning", "caution", "error"),
        "statuses": ("Draft", "InReview", "Approved", "Scheduled", "Deprecated", "Expired"),
        "freshnesses": ("verified", "due_soon", "unverified"),
        "hues": ("sky", "teal", "lime", "gold", "coral", "rose", "violet", "slate"),
        "drawings": ("sign_in", "empty_library", "empty_search", "nothing_to_review", "error", "lost_page"),
        "crumbs": (Sample(label="Library", url="#"), Sample(label="Advance", url="#"), Sample(label="Pricing", url="")),
        "tabs": (Sample(label="Preview", url="#", current=True, count=None), Sample(label="Versions", url="#", current=False, count=3)),
        "steps": (Sample(label="Files", state="done"), Sample(label="Facts", state="current"), Sample(label="Review", state="next")),
        "options": (Sample(label="Rows", url="#", icon="list", current=True), Sample(label="Cards", url="#", icon="layout-grid", current=False)),
        "chips": (Sample(group="Suite", label="Advance", url="#"), Sample(group="Type", label="Deck", url="#")),
        "files": (
            Sample(state="sending", name="Pricing deck.pptx", note="42% of 18 MB, 20 seconds left", percent=42),
            Sample(state="failed", name="Demo.mp4", note="The connection was cut. What was sent is kept.", percent=70),
            Sample(state="done", name="One pager.pdf", note="1.2 MB", percent=100),
        ),
    }  # fmt: skip


@require_safe
@login_not_required
def styleguide(request: HttpRequest) -> HttpResponse:
    return render(request, f"styleguide/{'page' if 'page' in request.GET else 'index'}.html", context())
