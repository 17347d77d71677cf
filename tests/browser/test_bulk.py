"""Many items at once: ticked in the library, previewed, changed, with and without scripts."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.conftest import PageAs


def test_drafts_that_are_ticked_are_submitted_and_the_rest_says_why(page_as: PageAs) -> None:
    author = page_as("contributor")
    steps.written(author, "Bulk one")
    bare = steps.begin(author, "article", "Bulk two, still bare")
    author.goto("/content/?owner=me&status=Draft&q=Bulk")
    _tick(author, "Bulk one", "Bulk two, still bare")
    expect(author).to_have_url("/content/?owner=me&status=Draft&q=Bulk")
    author.get_by_label("What to do").select_option("submit")
    steps.press(author, "Go on")
    steps.press(author, "Preview")
    expect(author.get_by_role("main")).to_contain_text("1 row would be changed")
    expect(author.get_by_role("main")).to_contain_text("Write the article.")
    steps.press(author, "Change 1 row")
    expect(author.get_by_role("main")).to_contain_text("1 row was changed")
    author.goto(bare)
    expect(author.get_by_role("main")).to_contain_text("Draft")


def _tick(page: Page, *titles: str) -> None:
    for title in titles:
        page.get_by_label(f"Choose {title}", exact=True).check()
