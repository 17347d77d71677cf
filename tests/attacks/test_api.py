"""Every operation of the API's own document, asked with what opens pages: an Admin's session opens none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.test import Client

from core.testing import ANA, sign_in
from portal.api import api

_METHODS = ("get", "post", "put", "patch", "delete")
OPEN_TO_EVERYBODY = {"verifyCertificate"}
"""Ids of the operations that want no token: each must be meant so."""


def _operations() -> Iterator[tuple[str, str, str]]:
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method in _METHODS:
            if method in methods:
                yield methods[method]["operationId"], method, re.sub(r"{\w+}", "topic_tag", path)


def test_a_session_opens_no_operation(shared_cloud: object) -> None:
    client = sign_in(Client(), ANA)
    answered = {
        name: getattr(client, method)(address, content_type="application/json").status_code
        for name, method, address in _operations()
    }
    assert len(answered) > 4
    assert {name for name, status in answered.items() if status != 401} == OPEN_TO_EVERYBODY


def test_operations_have_names_of_their_own() -> None:
    names = [name for name, _, _ in _operations()]
    assert len(names) == len(set(names))
