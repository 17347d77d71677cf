from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules import RoleAge, display_name, email_is_allowed, put_first, role_age


@pytest.mark.parametrize(
    ("email", "allowed"),
    [
        ("ana@gravyty.com", True),
        ("Ana@GRAVYTY.com ", True),
        ("ana@gravyty.com.evil.example", False),
        ('"ana@gravyty.com"@evil.example', False),
        ("ana@sub.gravyty.com", False),
        ("ana@evil.example@gravyty.com", False),
        ("@gravyty.com", False),
        ("gravyty.com", False),
        ("", False),
    ],
)
def test_only_addresses_of_our_domains_sign_in(email, allowed):
    assert email_is_allowed(email, ["gravyty.com"]) is allowed


def test_without_domains_nobody_signs_in():
    assert not email_is_allowed("ana@gravyty.com", [])


@pytest.mark.parametrize(
    ("age", "expected"),
    [(0, "fresh"), (299, "fresh"), (300, "due"), (899, "due"), (900, "too_old"), (10**9, "too_old")],
)
def test_role_is_believed_for_five_minutes_and_borne_for_fifteen(age, expected):
    assert role_age(1000, 1000 + age) is RoleAge(expected)


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"name": "  Ana   Lopez "}, "Ana Lopez"),
        ({"given_name": "Ana", "family_name": "Lopez"}, "Ana Lopez"),
        ({"email": "ana.lopez@gravyty.com"}, "Ana Lopez"),
        ({"name": "", "email": ""}, "Somebody"),
    ],
)
def test_display_name_is_what_cognito_says_or_something_readable(claims, name):
    assert display_name(claims) == name


@given(st.sampled_from("abc"), st.lists(st.sampled_from("abcdef"), unique=True), st.integers(1, 5))
def test_put_first_keeps_each_once_newest_first_and_within_bounds(item, items, at_most):
    result = put_first(item, items, at_most=at_most)

    assert result[0] == item
    assert len(set(result)) == len(result) <= at_most
    assert [one for one in items if one in result[1:]] == result[1:]
