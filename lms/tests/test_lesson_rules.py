from __future__ import annotations

import pytest

from lms.enums import LessonType
from lms.rules import lessons as rules


@pytest.mark.parametrize(
    ("url", "fit"),
    [
        ("https://example.org/renewals?step=2#top", True),
        ("HTTP://example.org", True),
        ("https://[2001:db8::1]:8443/", True),
        ("https://例え.jp/ü?q=ä b", True),
        ("", False),
        ("example.org", False),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://[::1", False),
        ("https://:443/", False),
        ("https://example.org/\nX-Other: header", False),
        ("https://example.org/\0", False),
    ],
)
def test_a_link_leads_where_browsers_can_be_sent(url: str, fit: bool) -> None:
    assert rules.is_web_address(url) is fit
    assert bool(rules.missing(LessonType.LINK, {"url": url})) is not fit
