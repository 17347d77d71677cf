"""Asking beside an item, and an answer to it, without leaving its page."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.conftest import PageAs


def at_the_comments(page: Page, item: str) -> None:
    page.goto(item)
    page.get_by_role("heading", name="Comments").scroll_into_view_if_needed()
    expect(page.locator("#talk")).to_be_visible()


def test_a_question_is_asked_answered_and_settled_on_the_items_page(page_as: PageAs) -> None:
    author, reviewer, reader = page_as("contributor"), page_as("approver"), page_as("ae")
    item = steps.approved(author, reviewer, "Asked about")
    at_the_comments(reader, item)
    reader.locator("#talk-post").click()
    expect(reader.locator("#talk").get_by_text("Write something first.")).to_be_visible()
    reader.locator("#talk-text").fill("Is this price still valid for Canada?\nhttps://example.com/prices")
    reader.locator("#talk-post").click()
    expect(reader.locator(".comment").get_by_role("link", name="https://example.com/prices")).to_be_visible()
    expect(reader.locator("#toasts").get_by_text("Posted")).to_be_visible()
    assert reader.url.endswith(item)

    at_the_comments(author, item)
    author.locator("details.reply summary").click()
    author.get_by_label("Your answer").fill("Until the end of March.")
    author.locator("details.reply button").click()
    expect(author.locator(".replies").get_by_text("Until the end of March.")).to_be_visible()
    author.get_by_role("button", name="Resolve", exact=True).click()
    expect(author.locator(".thread > details > summary")).to_contain_text("Is this price still valid for Canada?")

    at_the_comments(reader, item)
    expect(reader.locator(".thread > details > summary")).to_contain_text("Resolved")
    reader.locator(".thread > details > summary").click()
    expect(reader.get_by_text("Until the end of March.")).to_be_visible()
