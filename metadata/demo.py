"""What the demo company's options have been through: a nest of tags, a pair that was merged, and one that is retired."""

from __future__ import annotations

from accounts.person import SYSTEM, Person
from metadata import store
from metadata.enums import Group, Hue
from metadata.services import ensure_option, merging, retiring

BADGES = (
    ("Second call", Hue.SKY),
    ("Price talk", Hue.GOLD),
    ("Renewal", Hue.TEAL),
    ("Security desk", Hue.SLATE),
)
_ABOVE, _BELOW = "Competitors", ("Switching to us", "Losing to nobody")
_LAST = 90
_TWIN, _OLD = "Competition", "Autumn webinar"


def seed(admin: Person) -> None:
    """Adds what is missing; whatever people made of it since stays."""
    for order, (label, hue) in enumerate(BADGES, start=1):
        ensure_option(group=Group.BADGE, label=label, color=hue, sort_order=order, by=SYSTEM)
    known = {option.label: option.option_id for option in store.all_of(Group.TOPIC_TAG)}
    above = known.get(_ABOVE) or _tag(_ABOVE)
    for label in _BELOW:
        if label not in known:
            _tag(label, above)
    if _TWIN not in known:
        merging.merge(source_id=_tag(_TWIN), target_id=above, by=admin)
    if _OLD not in known:
        retiring.archive(option_id=_tag(_OLD), by=admin)


def _tag(label: str, above: str | None = None) -> str:
    return ensure_option(group=Group.TOPIC_TAG, label=label, parent_id=above, sort_order=_LAST, by=SYSTEM)
