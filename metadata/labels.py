"""The words by which people know groups and options."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_lazy

from metadata.enums import Group
from metadata.models import Option

TITLES = {
    Group.PRODUCT_SUITE: gettext_lazy("Suites"),
    Group.PRODUCT: gettext_lazy("Products"),
    Group.PRODUCT_CONCEPT: gettext_lazy("Moments"),
    Group.TOPIC_TAG: gettext_lazy("Tags"),
    Group.BADGE: gettext_lazy("Badges"),
}
NEW = {
    Group.PRODUCT_SUITE: gettext_lazy("New suite"),
    Group.PRODUCT: gettext_lazy("New product"),
    Group.PRODUCT_CONCEPT: gettext_lazy("New moment"),
    Group.TOPIC_TAG: gettext_lazy("New tag"),
    Group.BADGE: gettext_lazy("New badge"),
}
CREATE = {
    Group.PRODUCT_SUITE: gettext_lazy("Create suite"),
    Group.PRODUCT: gettext_lazy("Create product"),
    Group.PRODUCT_CONCEPT: gettext_lazy("Create moment"),
    Group.TOPIC_TAG: gettext_lazy("Create tag"),
    Group.BADGE: gettext_lazy("Create badge"),
}
ABOUT = {
    Group.PRODUCT_SUITE: gettext_lazy("The families that you sell. Each has a colour of its own."),
    Group.PRODUCT: gettext_lazy("What a customer buys, under its suite."),
    Group.PRODUCT_CONCEPT: gettext_lazy("When in a deal or a renewal something is needed."),
    Group.TOPIC_TAG: gettext_lazy("The words that people look things up by."),
    Group.BADGE: gettext_lazy("What people earn by learning."),
}


def shown_label(option: Option) -> str:
    return gettext("%s (archived)") % option.label if option.archived_at else str(option.label)
