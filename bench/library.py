"""Fills the tables and the index with a believable library of any size, in batches and past the services."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from accounts.models import Profile
from accounts.person import SYSTEM
from bench import words
from content.documents import document_of
from content.models import ContentItem, ContentVersion, StoredFile
from core import clock
from core.index import index
from core.testing import CARL, RITA, VERA
from metadata.enums import Group
from metadata.services import ensure_option
from metadata.store import labels

COLLEAGUES = 40
_AT_ONCE = 500
_ARTICLE, _DECK = 0, 1
_FORMATS = ("article", "deck", "pdf", "document", "video", "link", "sheet")


@dataclass(frozen=True)
class Options:
    suites: dict[str, str]
    products: dict[str, str]
    moments: Sequence[str]
    tags: Sequence[str]
    rare_tag: str


def item_id(number: int) -> str:
    return f"bench-{number:06d}"


def owner_id(number: int) -> str:
    return CARL.user_id if number % 100 == 83 else colleague_id(number % COLLEAGUES)


def colleague_id(number: int) -> str:
    return f"sub-colleague-{number:02d}"


def make_options() -> Options:
    suites: dict[str, str] = {}
    products: dict[str, str] = {}
    for (suite, names), hue in zip(words.SUITES.items(), words.HUES, strict=True):
        suites[suite] = ensure_option(group=Group.PRODUCT_SUITE, label=suite, color=hue, by=SYSTEM)
        for name in names:
            products[name] = ensure_option(group=Group.PRODUCT, label=name, parent_id=suites[suite], by=SYSTEM)
    return Options(
        suites,
        products,
        [ensure_option(group=Group.PRODUCT_CONCEPT, label=label, by=SYSTEM) for label in words.MOMENTS],
        [ensure_option(group=Group.TOPIC_TAG, label=label, by=SYSTEM) for label in words.TAGS],
        ensure_option(group=Group.TOPIC_TAG, label=words.RARE_TAG, by=SYSTEM),
    )


def make_people(colleagues: int = COLLEAGUES) -> None:
    """Colleagues who own items, and those of the cast whom the pages are measured for."""
    now = clock.now()
    shelf = [item_id(number) for number in range(2, 32)]
    with Profile.batch_write() as batch:
        for number in range(colleagues):
            name = words.person(Random(number))
            batch.save(Profile(colleague_id(number), display_name=name, rev=1, created_at=now, updated_at=now))
        for person in (VERA, CARL, RITA):
            profile = Profile(person.user_id, display_name=person.name, rev=1, created_at=now, updated_at=now)
            profile.favourites, profile.recent = shelf[:12], shelf[12:]
            batch.save(profile)


def fill(options: Options, first: int, beyond: int) -> None:
    """Items with the numbers from `first` to just before `beyond`."""
    for start in range(first, beyond, _AT_ONCE):
        made = [_made(options, number) for number in range(start, min(start + _AT_ONCE, beyond))]
        with ContentItem.batch_write() as batch:
            for item, _ in made:
                batch.save(item)
        with ContentVersion.batch_write() as batch:
            for _, versions in made:
                for version in versions:
                    batch.save(version)
        known = labels()
        index().put([document_of(item, versions[-1], known) for item, versions in made])


def _made(options: Options, number: int) -> tuple[ContentItem, list[ContentVersion]]:
    random = Random(number)
    shown = _shown(options, number, random)
    when = clock.now() - timedelta(hours=1, minutes=number)
    status = _status(number)
    latest = 6 if number in (_ARTICLE, _DECK) else 1
    versions = [
        _version(number, count, status if count == latest else "Approved", shown) for count in range(1, latest + 1)
    ]
    is_file = shown["kind"] == "file"
    item = ContentItem(
        item_id(number),
        status=status,
        live_version=latest if status in ("Approved", "Deprecated", "Expired") else None,
        last_version=latest,
        ever_approved=status not in ("Draft", "InReview"),
        owner_user_id=owner_id(number),
        format=_FORMATS[number % len(_FORMATS)],
        file_count=1 if is_file else 0,
        file_size=2_400_000 if is_file else 0,
        next_review_at=when + timedelta(days=90),
        review_month=f"{when + timedelta(days=90):%Y-%m}",
        approved_at=when,
        approved_by=RITA.user_id,
        created_at=when,
        updated_at=when,
        rev=latest,
        **shown,
    )
    if item.live_version is None:
        item.work_version, item.work_status, item.work_updated_at = latest, status, when
    return item, versions


def _shown(options: Options, number: int, random: Random) -> dict[str, Any]:
    """What the item repeats of its shown version."""
    suite = random.choice(list(words.SUITES))
    product = random.choice(words.SUITES[suite])
    tags = random.sample(list(options.tags), 3)
    kind = _FORMATS[number % len(_FORMATS)]
    return {
        "kind": kind if kind in ("article", "link") else "file",
        "title": words.title(random, product),
        "summary": words.summary(random),
        "product_suite": options.suites[suite],
        "product": options.products[product],
        "product_concept": random.choice(options.moments),
        "tags": [*tags, options.rare_tag] if number in (5, 9, 15) else tags,
    }


def _status(number: int) -> str:
    by_rest = {83: "Draft", 86: "Draft", 89: "InReview", 93: "Deprecated", 97: "Expired"}
    return by_rest.get(number % 100, "Approved")


def _file(number: int, count: int) -> StoredFile:
    name = "material.pdf"
    return StoredFile(
        file_id="f1",
        name=name,
        mime="application/pdf",
        group="pdf",
        size=2_400_000,
        key=f"content/{item_id(number)}/{count}/{name}",
        etag='"0"',
    )


def _version(number: int, count: int, status: str, shown: dict[str, Any]) -> ContentVersion:
    random = Random(number * 100 + count)
    when = clock.now() - timedelta(hours=1, minutes=number)
    kind = shown["kind"]
    return ContentVersion(
        item_id(number),
        count,
        status=status,
        body=words.article(random) if kind == "article" else "",
        link_url="https://example.com/material" if kind == "link" else "",
        files=[_file(number, count)] if kind == "file" else [],
        change_note="Brought up to date",
        author_user_id=owner_id(number),
        decided_by=RITA.user_id,
        decided_at=when,
        content_hash="0" * 64,
        created_at=when,
        updated_at=when,
        rev=1,
        **shown,
    )
