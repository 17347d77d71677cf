"""What a parcel says of its course's own page, as the service of courses takes it: labels become options."""

from __future__ import annotations

from dataclasses import dataclass, field

from accounts.person import SYSTEM, Person
from lms import store
from lms.enums import Difficulty
from lms.exchange.parcel import Parcel
from lms.services import courses
from metadata.enums import Group
from metadata.services import ensure_option


@dataclass
class How:
    """`options` fills with the ids of the labels that were met, so that each is asked for once."""

    owner: Person
    publish: bool = False
    options: dict[tuple[Group, str], str] = field(default_factory=dict)


def fields_for(parcel: Parcel, how: How) -> courses.Fields:
    suite = _option(how, Group.PRODUCT_SUITE, parcel.product_suite)
    return courses.Fields(
        title=parcel.title,
        description=parcel.description,
        outcomes=parcel.outcomes,
        product_suite=suite,
        product=_option(how, Group.PRODUCT, parcel.product, suite),
        product_concept=_option(how, Group.PRODUCT_CONCEPT, parcel.product_concept),
        tags=tuple(tag for label in parcel.tags if (tag := _option(how, Group.TOPIC_TAG, label))),
        badge=_option(how, Group.BADGE, parcel.badge),
        difficulty_level=parcel.difficulty_level or Difficulty.BEGINNER.value,
        duration_override=parcel.duration_override,
        prerequisite_ids=tuple(one for one in parcel.prerequisite_ids if store.find_course(one)),
        related_item_ids=parcel.related_item_ids,
        self_marking=parcel.self_marking,
        certificate=parcel.certificate,
        validity_months=parcel.validity_months,
        renewal_window_days=parcel.renewal_window_days,
    )


def _option(how: How, group: Group, label: str, parent_id: str | None = None) -> str | None:
    if label and (group, label) not in how.options:
        how.options[group, label] = ensure_option(group=group, label=label, parent_id=parent_id, by=SYSTEM)
    return how.options.get((group, label))
