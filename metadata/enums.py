from __future__ import annotations

from enum import StrEnum


class Group(StrEnum):
    """The kinds of options that everything is organised by; a product belongs to a suite."""

    PRODUCT_SUITE = "product_suite"
    PRODUCT = "product"
    PRODUCT_CONCEPT = "product_concept"
    TOPIC_TAG = "topic_tag"
    BADGE = "badge"


class Hue(StrEnum):
    """The quiet colours of the design tokens, and all that an option's colour can be."""

    SKY = "sky"
    TEAL = "teal"
    LIME = "lime"
    GOLD = "gold"
    CORAL = "coral"
    ROSE = "rose"
    VIOLET = "violet"
    SLATE = "slate"


class JobKind(StrEnum):
    """What those who refer to an option must follow after its own write."""

    MERGE = "merge"
    RENAME = "rename"
