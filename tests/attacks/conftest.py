from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from accounts.person import Person
from core.testing import CAST, sign_in
from tests.attacks.shelf import Shelf


@pytest.fixture(scope="module")
def clients(shared_cloud: Callable[[str], Any]) -> dict[str, Client]:
    """By the person's name, and "" for somebody who is not signed in."""
    from accounts import services

    def of(person: Person) -> Client:
        services.ensure_profile(by=person)
        return sign_in(Client(), person)

    return {person.name: of(person) for person in CAST} | {"": Client()}


@pytest.fixture(scope="module")
def shelf(shared_cloud: Callable[[str], Any]) -> Iterator[Shelf]:
    yield Shelf(shared_cloud)
