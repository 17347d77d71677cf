"""Loaders of the management pages. The whole area is closed to whoever may not manage options: 403, whatever is there."""

from __future__ import annotations

from accounts.permissions import Permission, require
from accounts.person import Person
from core.errors import NotFound
from metadata import store
from metadata.enums import Group
from metadata.models import Job, Option


def managed_group(person: Person, text: str | None) -> Group:
    """The first one unless told which; its options are read anew. Raises Refused, NotFound."""
    require(person, Permission.METADATA_MANAGE)
    if text and text not in set(Group):
        raise NotFound()
    store.forget()
    return Group(text or Group.PRODUCT_SUITE)


def managed_option(person: Person, option_id: str) -> Option:
    """Raises Refused, NotFound."""
    require(person, Permission.METADATA_MANAGE)
    store.forget()
    return store.option_by_id(option_id)


def managed_job(person: Person, job_id: str) -> Job:
    """Raises Refused, NotFound."""
    require(person, Permission.METADATA_MANAGE)
    store.forget()
    return store.job_by_id(f"job:{job_id}")
