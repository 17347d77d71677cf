"""What people write in Markdown becomes HTML that can do no harm to the page around it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import markup


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[here](javascript:alert(1))",
        "[here](<JaVaScRiPt&colon;alert(1)>)",
        "[here](data:text/html,<script>alert(1)</script>)",
        "<a href='\tjava\nscript:alert(1)'>here</a>",
        "<svg><a xlink:href='javascript:alert(1)'>here</a></svg>",
        "<iframe src='https://elsewhere.test'></iframe><object data='x'></object><form action='x'></form>",
        "<p style='position:fixed' hx-get='/x' data-copy-link class='toast'>here</p>",
        "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    ],
)
def test_nothing_that_acts_comes_through(text: str) -> None:
    html = markup.render(text).casefold()
    assert not re.search(r"<(script|iframe|object|form|svg)|<[^>]*( on|style|hx-|data|class|script:|xlink)", html)


def test_a_text_cannot_take_the_id_of_a_part_of_the_page() -> None:
    html = markup.render('<div id="toasts">Here</div>\n\n# Main\n')
    assert re.findall(r'id="([^"]+)"', html) == ["text-toasts", "text-main"]


def test_links_within_texts_lead_to_the_ids_as_they_are_rendered() -> None:
    text = "## What it costs\n\n[here](#what-it-costs) [there](/content/01abc/#why) [out](https://x.test/#why) [#](#)"
    assert re.findall(r'href="([^"]+)"', markup.render(text)) == [
        "#text-what-it-costs",
        "/content/01abc/#text-why",
        "https://x.test/#why",
        "#",
    ]
    assert [heading.anchor for heading in markup.headings(text)] == ["text-what-it-costs"]


def test_of_inputs_only_the_boxes_of_task_lists_remain() -> None:
    assert 'type="checkbox"' in markup.render("- [x] Done")
    html = markup.render('<input type="password"><input type="image" src="x"><input type="checkbox">')
    assert re.findall(r'type="(\w+)"', html) == ["checkbox"]


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("see https://x.org/a?b=1&c=2.", ["https://x.org/a?b=1&c=2"]),
        ("(see http://y.org/a_(b)).", ["http://y.org/a_(b)"]),
        ("https://x.org/?q=&amp;x", ["https://x.org/?q=&amp;x"]),
        ("HTTPS://X.ORG and http://x.org:8000/ü!", ["HTTPS://X.ORG", "http://x.org:8000/ü"]),
        ("“https://x.org”", ["https://x.org"]),
        ("javascript:alert(1) data:x ftp://x.org x.org http:// https://?x http://[x", []),
        ("https://x.org/\u202egpj.exe", ["https://x.org/"]),
    ],
)
def test_addresses_in_a_plain_text_can_be_followed(text: str, addresses: list[str]) -> None:
    assert [unescape(one) for one in re.findall(r'href="([^"]*)"', markup.linked(text))] == addresses


@given(
    st.text()
    | st.lists(st.sampled_from(["http://", "x.org", "(", ")", ".", "<", '"', "&", "&amp;", " ", "\n"])).map("".join)
)
def test_a_plain_text_is_shown_letter_for_letter(text: str) -> None:
    html = markup.linked(text)
    assert unescape(re.sub(r"</?a[^>]*>", "", html)) == text
    assert set(re.findall(r"<(\w+)", html)) <= {"a"}
