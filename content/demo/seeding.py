"""Brings the demo library about, through the library's own services and as the people of the demo."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from accounts import services as people
from accounts.directory import person_by_email
from accounts.person import SYSTEM, Person
from accounts.store import audit_of_target
from content import store
from content.demo import stories, talks
from content.demo.library import Asset, Company, assets, company, content_id
from content.demo.stage import OptionIds, Stage
from content.permissions import status_of
from core import clock
from core.errors import NotFound
from core.events import held_back
from metadata.enums import Group
from metadata.services import ensure_option

PEOPLE = ("ae", "csm", "contributor", "approver", "admin")
DOMAIN = "gravyty.com"


@dataclass(frozen=True)
class Seeded:
    """`steps` were taken now; none when the item was complete already."""

    asset: Asset
    steps: int


def demo_people() -> dict[str, Person]:
    """Raises NotFound when one of them cannot sign in here."""
    return {name: person_by_email(f"{name}@{DOMAIN}") for name in PEOPLE}


def seed(cast: Mapping[str, Person]) -> Iterator[Seeded]:
    """Item by item, so that the caller can show how far it is."""
    for person in cast.values():
        people.ensure_profile(by=person)
    options = _ensure_options(company())
    now = clock.now()
    with tempfile.TemporaryDirectory(prefix="demo-files-") as folder:
        for asset in assets():
            yield Seeded(asset, _play(Stage(asset, cast, options, Path(folder), now)))
    talks.seed(cast, now)
    for name, person in cast.items():
        _give_habits(name, person, options)


def _ensure_options(firm: Company) -> OptionIds:
    made: dict[tuple[Group, str], str] = {}
    for order, suite in enumerate(firm.suites, start=1):
        suite_id = ensure_option(
            group=Group.PRODUCT_SUITE, label=suite.name, color=suite.hue, sort_order=order, by=SYSTEM
        )
        made[Group.PRODUCT_SUITE, suite.name] = suite_id
        for place, product in enumerate(suite.products, start=1):
            made[Group.PRODUCT, product] = ensure_option(
                group=Group.PRODUCT, label=product, parent_id=suite_id, sort_order=order * 10 + place, by=SYSTEM
            )
    for group, labels in ((Group.PRODUCT_CONCEPT, firm.concepts), (Group.TOPIC_TAG, firm.tags)):
        for order, label in enumerate(labels, start=1):
            made[group, label] = ensure_option(group=group, label=label, sort_order=order, by=SYSTEM)
    return made


def _play(stage: Stage) -> int:
    """Takes the steps that its story still lacks, each at its moment."""
    steps = stories.steps_of(stage.asset)
    done = stories.steps_done(steps, _actions(stage.asset.content_id))
    times = stories.moments(steps, stage.asset, stage.now)
    with held_back():  # an item is indexed once, when its story has been told
        for step, moment in list(zip(steps, times, strict=True))[done:]:
            with clock.at(moment):
                step.act(stage)
    return len(steps) - done


def _actions(item_id: str) -> list[str]:
    """What was done to the item that is there now, oldest first."""
    try:
        store.item_by_id(item_id, fresh=True)
    except NotFound:
        return []
    entries = audit_of_target(f"content:{item_id}", limit=100).items
    return [entry.action for entry in reversed(entries)]


def _give_habits(name: str, person: Person, options: OptionIds) -> None:
    """Only to somebody who has none yet: what she chose herself stays."""
    habits = company().people.get(name)
    profile = people.ensure_profile(by=person)
    if habits is None or profile.favourites or profile.recent:
        return
    people.set_preferences(by=person, product_ids=[options[Group.PRODUCT, product] for product in habits.products])
    for slug in reversed(habits.favourites):
        people.toggle_favourite(by=person, content_id=content_id(slug), on=True)
    for slug in reversed(habits.opened):
        people.remember_opened(by=person, content_id=content_id(slug))


def census(now: datetime) -> list[tuple[str, int]]:
    """How many of the demo items are in each of the states that people see."""
    found = store.items_by_ids([asset.content_id for asset in assets()])
    return sorted(Counter(status_of(item, now).value for item in found).items())
