"""The way to a thing's numbers, from the pages of those who look after it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext

from core.offers import offers_on
from core.pages import Action


@offers_on("content")
def of_item(content_id: str) -> Action:
    return _numbers("item", content_id)


@offers_on("course")
def of_course(course_id: str) -> Action:
    return _numbers("course", course_id)


@offers_on("path")
def of_path(path_id: str) -> Action:
    return _numbers("path", path_id)


def _numbers(kind: str, thing_id: str) -> Action:
    return Action(gettext("Numbers"), reverse(f"analytics:{kind}", args=[thing_id]), "chart-column")
