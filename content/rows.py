"""Items as lists show them: labels and names looked up once for the page, nothing left for the template to compute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from accounts.store import profiles_of
from content.enums import Freshness, Status
from content.labels import format_icon, format_label
from content.models import ContentItem
from content.permissions import status_of
from content.rules.review import freshness
from metadata.store import by_id


@dataclass(frozen=True)
class Row:
    content_id: str
    url: str
    title: str
    summary: str
    icon: str
    format: str
    suite: str
    suite_color: str
    concept: str
    status: Status
    work_status: str
    freshness: Freshness | None
    owner: str
    updated_at: datetime
    next_review_at: datetime | None
    work_updated_at: datetime | None
    openable: bool
    favourite: bool = False


def names_of(user_ids: Iterable[str | None]) -> Mapping[str, str]:
    """Display names; one request however many."""
    wanted = [user_id for user_id in user_ids if user_id]
    return {user_id: profile.display_name for user_id, profile in profiles_of(wanted).items()}


def rows_of(
    items: Sequence[ContentItem],
    now: datetime,
    names: Mapping[str, str] | None = None,
    favourites: Iterable[str] = (),
) -> list[Row]:
    if names is None:
        names = names_of(item.owner_user_id for item in items)
    starred = frozenset(favourites)
    return [_row(item, now, names, starred) for item in items]


def _row(item: ContentItem, now: datetime, names: Mapping[str, str], starred: frozenset[str]) -> Row:
    options = by_id()
    suite = options.get(item.product_suite or "")
    concept = options.get(item.product_concept or "")
    status = status_of(item, now)
    return Row(
        content_id=item.content_id,
        url=reverse("content:item", args=[item.content_id]),
        title=item.title,
        summary=_short(item.summary),
        icon=format_icon(item.format),
        format=gettext(format_label(item.format)),
        suite=suite.label if suite else "",
        suite_color=(suite.color or "") if suite else "",
        concept=concept.label if concept else "",
        status=status,
        work_status=item.work_status or "",
        freshness=freshness(item.next_review_at, now) if status is Status.APPROVED else None,
        owner=names.get(item.owner_user_id, gettext("Former colleague")),
        updated_at=item.updated_at,
        next_review_at=item.next_review_at,
        work_updated_at=item.work_updated_at,
        openable=item.file_count == 1 or item.kind == "link",
        favourite=item.content_id in starred,
    )


def _short(text: str, most: int = 160) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + "…"
