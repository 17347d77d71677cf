from __future__ import annotations

from enum import StrEnum


class Group(StrEnum):
    """The kinds of options that everything is organised by; a product belongs to a suite."""

    PRODUCT_SUITE = "product_suite"
    PRODUCT = "product"
    PRODUCT_CONCEPT = "product_concept"
    TOPIC_TAG = "topic_tag"
    BADGE = "badge"
