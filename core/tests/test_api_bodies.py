"""Bodies that are refused before any route sees them, each with the sentence that says why."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from core.api.bodies import MAX_BYTES, MAX_DEPTH, StrictParser, parsed
from core.api.errors import NotJson, TooLarge
from core.errors import Invalid

BAD = {
    "not JSON": (b"{title: 1}", "not JSON"),
    "nothing": (b"", "not JSON"),
    "two values": (b"{} {}", "not JSON"),
    "not UTF-8": (b'{"title": "\xff"}', "UTF-8"),
    "a field twice": (b'{"title": 1, "title": 2}', "twice"),
    "a field twice, further in": (b'{"a": [{"b": 1, "\\u0062": 2}]}', "twice"),
    "a lone surrogate": (b'{"title": "\\ud800"}', "surrogate"),
    "a lone surrogate as a name": (b'{"\\udc00": 1}', "surrogate"),
    "a NUL": (b'{"title": "a\\u0000b"}', "NUL"),
    "NaN": (b'{"a": NaN}', "NaN"),
    "more than a number holds": (b'{"a": 1e999}', "too large"),
    "too deep": (b"[" * (MAX_DEPTH + 2) + b"]" * (MAX_DEPTH + 2), "nested"),
    "far too deep": (b"[" * 100_000 + b"]" * 100_000, "nested"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_body_is_refused_with_its_reason(name):
    raw, reason = BAD[name]
    with pytest.raises(Invalid, match=reason):
        parsed(raw)


def test_a_long_number_is_refused_and_not_counted_out():
    with pytest.raises(Invalid, match="not JSON"):
        parsed(b"1" * 10_000)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3),
    max_leaves=10,
)


@given(_VALUES)
def test_every_good_body_is_read_as_it_was_meant(value):
    import json

    if "\\u0000" not in json.dumps(value):
        assert parsed(json.dumps(value).encode()) == value


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])
def test_anything_but_json_is_refused_by_its_name(kind):
    with pytest.raises(NotJson):
        StrictParser().parse_body(RequestFactory().post("/v1/x", b"{}", content_type=kind))


def test_a_body_is_refused_by_its_announced_size():
    request = RequestFactory().post("/v1/x", b"{}", content_type="application/json")
    request.META["CONTENT_LENGTH"] = str(MAX_BYTES + 1)
    with pytest.raises(TooLarge):
        StrictParser().parse_body(request)
