"""Items as lists show them: labels and names looked up once for the page, nothing left for the template to compute."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from accounts.store import names_of
from content.enums import Freshness, Status
from content.labels import format_icon, format_label
from content.models import ContentItem
from content.permissions import status_of
from content.rules.review import freshness
from core.pages import Action
from core.templatetags.interface import hue, initials
from metadata.models import Option
from metadata.store import by_id

_OPEN, _DOWNLOAD = "Open link", "Download"


@dataclass(frozen=True)
class Row:
    """`quick` is the one thing that can be done without opening the item; `choosable`: together with others, too."""

    content_id: str
    url: str
    title: str
    summary: str
    icon: str
    format: str
    suite: str
    hue: str
    concept: str
    status: str
    work_status: str
    freshness: Freshness | None
    owner_name: str
    owner_hue: str
    owner_initials: str
    updated_at: datetime
    work_updated_at: datetime | None
    quick: Action | None
    choosable: bool = False


def rows_of(
    items: Sequence[ContentItem],
    now: datetime,
    names: Mapping[str, str] | None = None,
) -> list[Row]:
    if names is None:
        names = names_of(item.owner_user_id for item in items)
    options = by_id()
    return [_row(item, now, names, options) for item in items]


def _row(item: ContentItem, now: datetime, names: Mapping[str, str], options: Mapping[str, Option]) -> Row:
    suite = options.get(item.product_suite or "")
    concept = options.get(item.product_concept or "")
    status = status_of(item, now)
    owner = names.get(item.owner_user_id) or gettext("Former colleague")
    url = _address(item.content_id)
    return Row(
        content_id=item.content_id,
        url=url,
        title=item.title,
        summary=_short(item.summary),
        icon=format_icon(item.format),
        format=gettext(format_label(item.format)),
        suite=suite.label if suite else "",
        hue=(suite.color if suite else None) or "slate",
        concept=concept.label if concept else "",
        status=status,
        work_status=item.work_status or "",
        freshness=freshness(item.next_review_at, now) if status is Status.APPROVED else None,
        owner_name=owner,
        owner_hue=hue(owner),
        owner_initials=initials(owner),
        updated_at=item.updated_at,
        work_updated_at=item.work_updated_at,
        quick=_quick(item, url),
    )


@functools.lru_cache(maxsize=2000)
def _address(content_id: str) -> str:
    return reverse("content:item", args=[content_id])


def _quick(item: ContentItem, url: str) -> Action | None:
    if item.live_version and (item.kind == "link" or item.file_count):
        label, icon = (_OPEN, "external-link") if item.kind == "link" else (_DOWNLOAD, "download")
        return Action(gettext(label), f"{url}open/", icon)
    return None


def _short(text: str, most: int = 160) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + "…"
