"""What people write in Markdown becomes HTML that can do no harm to the page around it."""

from __future__ import annotations

import re

import pytest

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
