"""Every operation, asked by each role with what its schema allows and with what it does not.

`make test` asks a little of each, always the same; `make fuzz` asks much (`FUZZ` is how often, of each role).
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.conf import settings as django_settings
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from core.api.testing import id_token, settle
from core.testing import CAST
from portal.wsgi import application
from tests.api.document import DOCUMENT, OPERATIONS
from tests.api.stock import NOBODYS, Stock, stocked

FUZZ = int(os.environ.get("FUZZ", "0"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
NEVER_DONE = {"attachFile", "signParts"}
"""What needs a file that was sent to S3: see content/tests/test_api_writes.py."""


@pytest.fixture(scope="module")
def schema() -> Any:
    made = schemathesis.openapi.from_dict(DOCUMENT)
    made.app = application
    return made


@pytest.fixture(scope="module")
def stock(shared_cloud: Callable[[str], Any]) -> Iterator[Stock]:
    before = django_settings.COGNITO_USER_POOL_ID
    yield stocked(shared_cloud)
    django_settings.COGNITO_USER_POOL_ID = before


@pytest.mark.usefixtures("api_keys")
@pytest.mark.parametrize("name", OPERATIONS)
def test_it_answers_as_documented(stock: Stock, schema: Any, name: str) -> None:
    operation = schema[OPERATIONS[name].path][OPERATIONS[name].method]
    for person in CAST:
        settle(person)
    try:
        _ask(stock, operation, GenerationMode.POSITIVE, (FUZZ or 1) * len(CAST))
        _ask(stock, operation, GenerationMode.NEGATIVE, FUZZ * len(CAST) or 2)
    finally:
        stock.keeper.put_back()


@pytest.mark.skipif(not FUZZ, reason="a few questions need not lead everywhere")
def test_every_operation_on_what_there_is_was_done_by_somebody(stock: Stock) -> None:
    within_reach = {name for name, one in OPERATIONS.items() if set(one.path_names) <= set(stock.values)}
    undone = {name for name in within_reach if not stock.answered[name] & {200, 201, 202, 204}}
    assert undone == NEVER_DONE


def _ask(stock: Stock, operation: Any, mode: GenerationMode, times: int) -> None:
    """Each of the cast in turn."""
    people = itertools.cycle(CAST)

    @settings(
        max_examples=times,
        derandomize=not FUZZ,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
    def ask(case: Any, data: st.DataObject) -> None:
        if mode is GenerationMode.POSITIVE:
            _lead_somewhere(case, stock, data)
        case.headers = dict(case.headers or {}) | {"Authorization": f"Bearer {id_token(next(people))}"}
        answer = case.call(headers={"Accept-Encoding": "identity"})
        stock.answered[case.operation.definition.raw["operationId"]].add(answer.status_code)
        is_wrong = _has_a_wrong_body(case) and answer.status_code != 413  # too much of it is refused, too
        case.validate_response(answer, checks=CHECKS + [negative_data_rejection] * is_wrong)

    try:
        ask()
    except Unsatisfiable:  # nothing that it takes could be wrong
        assert mode is GenerationMode.NEGATIVE


def _lead_somewhere(case: Any, stock: Stock, data: st.DataObject) -> None:
    """Ids that are there, mostly; and the version that the thing has."""
    for place in (case.path_parameters, case.query, case.body):
        for name in place if isinstance(place, dict) else ():
            if name in stock.values and data.draw(st.integers(0, 7)) < 7:
                place[name] = data.draw(st.sampled_from(stock.values[name]))
            elif name.endswith("_id") and place is case.path_parameters:
                place[name] = NOBODYS
    if "If-Match" in (case.headers or {}) and data.draw(st.integers(0, 7)) < 7:
        case.headers["If-Match"] = stock.etag(case.path_parameters or {})


def _has_a_wrong_body(case: Any) -> bool:
    """Of parameters that are wrong some are right on their way: a number in an address is a text there."""
    body = case.meta.components.get(ParameterLocation.BODY) if case.meta else None
    return bool(body and body.mode.is_negative)
